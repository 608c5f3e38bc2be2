// The case as this process has it open for writing: once, however many want it. Opened by the first, sealed when the last is done.
// Whoever uses it never leaves a transaction open across an `await`, so that the others can write in between.

import { rmSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { AppError } from "../../shared/failure.ts";
import { beginChanges, checkHeader, type OpenCase, openForWriting } from "../store/case-file.ts";
import { translated } from "../store/database.ts";
import { isEmpty } from "../store/read.ts";

export type HeldCase = {
  readonly path: string;
  /** `lingerMs`: how long the case stays open after it, as more may soon be written. */
  use<T>(need: "existing" | "existing or new", run: (open: OpenCase) => Promise<T>, lingerMs?: number): Promise<T>;
  /** Reads it as it stands for as long as `run` takes: a sealed case is not opened for changes meanwhile. */
  read<T>(run: () => Promise<T>): Promise<T>;
  /** Seals it now: the process is about to end. */
  end(): void;
};

/** How long sealing may hold up what comes next, and the end of the process (`look` leaves at the same moment). */
const LINGER_PATIENCE_MS = 100;
const END_PATIENCE_MS = 700;

export function holdCase(path: string): HeldCase {
  let open: OpenCase | null = null;
  let users = 0;
  let lingering: ReturnType<typeof setTimeout> | undefined;
  const readings = new Set<Promise<unknown>>();

  async function use<T>(
    need: "existing" | "existing or new",
    run: (open: OpenCase) => Promise<T>,
    lingerMs = 0,
  ): Promise<T> {
    while (open === null && readings.size > 0) await Promise.allSettled(readings);
    if (open === null && need === "existing") checkHeader(path);
    open ??= openForWriting(path);
    clearTimeout(lingering);
    users++;
    try {
      return await run(open);
    } finally {
      users--;
      if (users === 0 && lingerMs === 0) close();
      else if (users === 0) lingering = setTimeout(close, lingerMs, LINGER_PATIENCE_MS);
    }
  }

  async function read<T>(run: () => Promise<T>): Promise<T> {
    if (open !== null) return await use("existing", run);
    const reading = run();
    readings.add(reading);
    try {
      return await reading;
    } finally {
      readings.delete(reading);
    }
  }

  /** A case that was made for what then came to nothing goes. */
  function close(patienceMs?: number): void {
    clearTimeout(lingering);
    const last = open;
    open = null;
    if (last === null) return;
    let nothing = false;
    try {
      nothing = last.created && isEmpty(last.db);
    } finally {
      last.close(patienceMs);
    }
    if (nothing) for (const suffix of ["", "-wal", "-shm", "-journal"]) rmSync(path + suffix, { force: true });
  }

  return { path, use, read, end: () => close(END_PATIENCE_MS) };
}

const BEGIN_PATIENCE_MS = 60_000;

/** Before the first change. A sealed case cannot be changed in the middle of somebody's reading: waits for its end. */
export async function begin(open: OpenCase): Promise<void> {
  for (let waited = 0; ; waited += 50) {
    try {
      beginChanges(open.db);
      return;
    } catch (thrown) {
      const told = translated(open.path, thrown);
      if (!(told instanceof AppError && told.kind === "busy") || waited >= BEGIN_PATIENCE_MS) throw told;
      await wait(50);
    }
  }
}
