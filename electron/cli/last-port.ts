// The port the app was served at last, kept in the settings folder and taken again where it is free: a browser keeps drafts and
// appearance by address, port included.

import { join } from "node:path";
import { failureOf } from "../../shared/failure.ts";
import { configFolder, readJson, writeJson } from "../host/folders.ts";
import { type Loopback, type LoopbackOptions, startLoopback } from "../loopback/server.ts";

/** At `port`; 0: at the last one, or any that is free. */
export async function serveAgain(options: LoopbackOptions, port: number): Promise<Loopback> {
  if (port !== 0) return await startLoopback({ ...options, port });
  const loopback = await atLastPort(options);
  try {
    if (loopback.port !== lastPort()) writeJson(file(), { port: loopback.port });
  } catch (thrown) {
    if (!(thrown instanceof Error && "code" in thrown)) throw thrown; // a settings folder that cannot be written: a convenience less
  }
  return loopback;
}

async function atLastPort(options: LoopbackOptions): Promise<Loopback> {
  const last = lastPort();
  if (last !== null) {
    try {
      return await startLoopback({ ...options, port: last });
    } catch (thrown) {
      if (failureOf(thrown).kind !== "busy") throw thrown; // another window of the app, or another program
    }
  }
  return await startLoopback(options);
}

function lastPort(): number | null {
  return readJson(file(), (value) => {
    const port = typeof value === "object" && value !== null && "port" in value ? value.port : null;
    return Number.isInteger(port) && Number(port) >= 1024 && Number(port) <= 65_535 ? Number(port) : null;
  });
}

function file(): string {
  return join(configFolder(), "loopback.json");
}
