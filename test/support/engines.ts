// Real engines on a case: both processes as a window has them. They stop when the test file ends.

import { closeSync, openSync, readSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, expect } from "vitest";
import { type Engine, startEngine } from "../../electron/engine/engine.ts";
import { type Failure, failureOf } from "../../shared/failure.ts";
import { launch } from "./launch.ts";

const started: Engine[] = [];
afterAll(() => Promise.all(started.splice(0).map((engine) => engine.stop())));

export function engineOn(caseFile: string): Engine {
  const engine = startEngine({ launch: launch(caseFile) });
  started.push(engine);
  return engine;
}

export async function failed(call: Promise<unknown>): Promise<Failure> {
  return await call.then(() => expect.fail("it was answered"), failureOf);
}

/** The case is one self-contained file (byte 18 of the header). */
export function isSealed(caseFile: string): boolean {
  const byte = Buffer.alloc(1);
  const fd = openSync(caseFile, "r");
  readSync(fd, byte, 0, 1, 18);
  closeSync(fd);
  return byte[0] === 1;
}

export async function until(isSo: () => boolean): Promise<void> {
  for (let tries = 0; tries < 400 && !isSo(); tries++) await wait(25);
  expect(isSo()).toBe(true);
}
