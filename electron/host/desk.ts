// What a host holds: the windows' sessions and what they share. Both hosts, the desktop window and the loopback server, are a desk
// with wires of their own.

import { readFileSync } from "node:fs";
import type { Wire } from "../../shared/rpc.ts";
import { forkProcess } from "../engine/fork.ts";
import type { Launch } from "../engine/keeper.ts";
import { newEngines } from "./engines.ts";
import { configFolder, sampleFolder } from "./folders.ts";
import { openRecents } from "./recents.ts";
import { newSample } from "./sample.ts";
import { type Pick, type Session, type Shared, startSession } from "./session.ts";
import { openSettings } from "./settings.ts";
import { newUploads, type Uploads } from "./uploads.ts";

export type DeskOptions = {
  readonly host: "window" | "loopback";
  /** How the processes of a case's engine are started. */
  readonly launch?: (casePath: string) => Launch;
  readonly configFolder?: string;
  readonly sampleFolder?: string;
  /** How long an engine outlives the last window on its case. */
  readonly lingerMs?: number;
};

export type Desk = {
  /** Serves a window until its session is ended. */
  session(wire: Wire, pick?: Pick): Session;
  readonly uploads: Uploads;
  /** Ends every session and engine. */
  close(): Promise<void>;
};

export function openDesk(options: DeskOptions): Desk {
  const launch = options.launch ?? forkProcess;
  const version = programVersion();
  const shared: Shared = {
    about: { version, node: process.versions.node, host: options.host },
    engines: newEngines(launch, options.lingerMs ?? 0),
    recents: openRecents(options.configFolder ?? configFolder()),
    sample: newSample(options.sampleFolder ?? sampleFolder(), version, launch),
    settings: openSettings(options.configFolder ?? configFolder()),
    uploads: newUploads(),
  };
  const sessions = new Set<Session>();
  return {
    uploads: shared.uploads,
    session(wire, pick) {
      const session = startSession(wire, shared, pick ?? null);
      const one: Session = {
        ...session,
        end() {
          session.end();
          sessions.delete(one);
        },
      };
      sessions.add(one);
      return one;
    },
    async close() {
      for (const session of sessions) session.end();
      await shared.engines.stop();
      shared.uploads.dropAll();
    },
  };
}

export function programVersion(): string {
  const text = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
  return (JSON.parse(text) as { readonly version: string }).version; // the program's own file
}
