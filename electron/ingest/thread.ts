// An ingest thread: reads the units it is given, one after another. It may be ahead of the writer by CREDITS parts.

import { parentPort, workerData } from "node:worker_threads";
import { AppError, type Failure, failureOf } from "../../shared/failure.ts";
import type { UnitPart } from "../segment/part.ts";
import { takeKernelModule } from "./kernel.ts";
import { readUnit, type Unit } from "./read-unit.ts";

export type ToThread = { readonly kind: "unit"; readonly unit: Unit } | { readonly kind: "written" };
export type FromThread =
  | { readonly kind: "part"; readonly part: UnitPart }
  | { readonly kind: "failed"; readonly unit: number; readonly failure: Failure };

/** Parts handed over and not yet written. */
const CREDITS = 4;

if (parentPort === null) throw new Error("an ingest thread runs as a worker");
const port = parentPort;
takeKernelModule(workerData as WebAssembly.Module); // as pool.ts gives it
let waiting = 0;
let resume: (() => void) | null = null;

async function deliver(part: UnitPart): Promise<void> {
  const transfer: ArrayBuffer[] = [];
  const take = (bytes: ArrayBufferView): void => {
    // Only what owns its memory whole may move.
    if (bytes.buffer instanceof ArrayBuffer && bytes.byteLength === bytes.buffer.byteLength)
      transfer.push(bytes.buffer);
  };
  for (const segment of part.segments) for (const bytes of Object.values(segment.parts)) take(bytes);
  for (const chunk of part.evidence) take(chunk.bytes);
  for (const column of Object.values(part.records)) if (typeof column !== "number") take(column);
  port.postMessage({ kind: "part", part } satisfies FromThread, transfer);
  waiting++;
  if (waiting >= CREDITS) {
    await new Promise<void>((go) => {
      resume = go;
    });
  }
}

let queue = Promise.resolve();
port.on("message", (message: ToThread) => {
  if (message.kind === "written") {
    waiting--;
    resume?.();
    resume = null;
    return;
  }
  const { unit } = message;
  queue = queue.then(async () => {
    try {
      await readUnit(unit, deliver);
    } catch (thrown) {
      const text = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
      const failure = thrown instanceof AppError ? failureOf(thrown) : failureOf(`ingest thread: ${text}`);
      port.postMessage({ kind: "failed", unit: unit.unit, failure } satisfies FromThread);
    }
  });
});
