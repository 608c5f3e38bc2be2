// Bytes that can be read at any place: a file, a stretch of one, what was unpacked. Read-only.

import { closeSync, constants, fstatSync, openSync, readSync, statSync } from "node:fs";
import { AppError } from "../../shared/failure.ts";

export type Store = {
  readonly size: number;
  /** Fills `into` from `start` with up to `length` bytes from `at`; says how many, fewer only at the end. */
  read(into: Buffer, start: number, length: number, at: number): number;
};

export type FileStore = Store & {
  readonly fileTime: number;
  /** Whether the file is still as it was when it was opened, and still stands at its path. */
  isUnchanged(): boolean;
  close(): void;
};

/** Up to `length` bytes from `at`, in a buffer of their own. */
export function bytesAt(store: Store, at: number, length: number): Buffer {
  const there = Math.min(length, store.size - at);
  if (!(there > 0)) return Buffer.alloc(0);
  const out = Buffer.allocUnsafe(there);
  return out.subarray(0, store.read(out, 0, out.length, at));
}

/** Small reads that follow one another (headers and heads) share one of this size. */
const AHEAD = 16 * 1024;

/** Throws a plain Error whose message says why it cannot be opened. */
export function openStore(path: string): FileStore {
  // Without waiting: a pipe that stands where a file stood must not keep us.
  const fd = opened(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  const stat = fstatSync(fd);
  if (!stat.isFile()) {
    closeSync(fd);
    throw new Error("it is not a regular file");
  }
  const { size, mtimeMs, ctimeMs, ino } = stat;
  const aheadSize = Math.min(AHEAD, size);
  let ahead: Buffer | null = null;
  let aheadAt = 0;
  let aheadLength = 0;
  let closed = false;

  function read(into: Buffer, start: number, length: number, at: number): number {
    const wanted = Math.min(length, size - at);
    if (wanted <= 0) return 0;
    if (wanted * 4 > aheadSize) return readFully(fd, into, start, wanted, at);
    ahead ??= Buffer.allocUnsafe(aheadSize);
    if (at < aheadAt || at + wanted > aheadAt + aheadLength) {
      aheadAt = at;
      aheadLength = readFully(fd, ahead, 0, Math.min(ahead.length, size - at), at);
    }
    return ahead.copy(into, start, at - aheadAt, Math.min(at - aheadAt + wanted, aheadLength));
  }
  return {
    size,
    fileTime: Math.floor(mtimeMs),
    read,
    isUnchanged: () => {
      if (closed) return false;
      try {
        const now = fstatSync(fd);
        const there = statSync(path, { throwIfNoEntry: false });
        // Whoever sets the time of change back changes the time of that (ctime).
        return now.size === size && now.mtimeMs === mtimeMs && now.ctimeMs === ctimeMs && there?.ino === ino;
      } catch {
        return false; // nobody knows
      }
    },
    close: () => {
      if (!closed) closeSync(fd);
      closed = true;
    },
  };
}

function opened(path: string, flags: number): number {
  try {
    return openSync(path, flags);
  } catch (thrown) {
    throw new Error(whyNotOpened(thrown));
  }
}

const WHY: Readonly<Record<string, string>> = {
  EACCES: "this user may not read it",
  EPERM: "this user may not read it",
  ENAMETOOLONG: "its path is too long for this system",
  ENOENT: "it is not there any more",
  ELOOP: "its links lead in a circle",
};

/** Of this machine at this moment, not of the evidence: nothing may be recorded as refused because of them. */
const EXHAUSTED = /^E(MFILE|NFILE|NOMEM|AGAIN)$/;

/** As a part of a sentence. Throws not-found where it is this machine that cannot open anything now. */
export function whyNotOpened(thrown: unknown): string {
  if (thrown instanceof AppError) throw thrown;
  const code = thrown instanceof Error && "code" in thrown ? String(thrown.code) : "";
  if (EXHAUSTED.test(code))
    throw new AppError("not-found", `This machine cannot open more files now (${code}); add the same evidence again.`);
  return WHY[code] ?? (thrown instanceof Error ? thrown.message : String(thrown));
}

function readFully(fd: number, into: Buffer, start: number, length: number, at: number): number {
  let filled = 0;
  while (filled < length) {
    const count = readSync(fd, into, start + filled, length - filled, at + filled);
    if (count === 0) break;
    filled += count;
  }
  return filled;
}

/** The bytes `at` … `at + length` of another store, counted from 0. */
export function stretchOf(store: Store, at: number, length: number): Store {
  const size = Math.max(0, Math.min(length, store.size - at));
  return {
    size,
    read: (into, start, wanted, from) => store.read(into, start, Math.min(wanted, size - from), at + from),
  };
}

/** In pieces of up to `piece` bytes. */
export function* piecesOf(store: Store, at: number, length: number, piece: number): Generator<Buffer> {
  const end = Math.min(store.size, at + length);
  for (let from = at; from < end; ) {
    const bytes = bytesAt(store, from, Math.min(piece, end - from));
    if (bytes.length === 0) return;
    from += bytes.length;
    yield bytes;
  }
}
