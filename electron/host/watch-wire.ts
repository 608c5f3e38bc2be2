// What passes over a window's wire, told to its host: how far an ingest is, and that something was answered. Nothing is changed.

import { Progress } from "../../shared/contract.ts";
import type { Wire } from "../../shared/rpc.ts";

/** `adding`: from 0 to 1 while evidence is added, "unknown" while it is being derived, null once nothing is added any more. */
export type Watcher = { adding(part: number | "unknown" | null): void; answered(): void };

const LONG: readonly unknown[] = ["source.add", "sample.open"];

export function watchWire(wire: Wire, watcher: Watcher): Wire {
  const running = new Set<unknown>();
  return {
    send(message) {
      wire.send(message);
      if (!isObject(message)) return;
      const { id, event, payload } = message;
      if (event === "ingest.progress" && running.size > 0) watcher.adding(partOf(Progress.parse(payload)));
      if (id === undefined) return;
      if (running.delete(id) && running.size === 0) watcher.adding(null);
      watcher.answered();
    },
    onMessage(receive) {
      wire.onMessage((message) => {
        if (isObject(message) && LONG.includes(message.call)) running.add(message.id);
        receive(message);
      });
    },
  };
}

function partOf({ stage, bytes, bytesOf }: Progress): number | "unknown" {
  return stage === "reading" && bytesOf > 0 ? Math.min(1, bytes / bytesOf) : "unknown";
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
