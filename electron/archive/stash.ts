// Unpacked archives that must be read at random (a .tar.gz, an archive inside another), while a source is being read. They lie
// compressed in a file beside the case that has lost its name as soon as it was made: it takes about the archive's own size, no
// name of an entry ever reaches the disk, and the system frees it when the process ends, kill -9 included. Where nothing may be
// written they lie in memory, within a bound. What is in a stash can be read by every thread of the process.

import { closeSync, openSync, readSync, rmSync, statfsSync, unlinkSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { pack, unpack } from "../segment/frame.ts";
import type { StashedBytes } from "../segment/part.ts";
import { DISK_SHARE, STASH_MEMORY } from "./limits.ts";
import type { Store } from "./store.ts";

export type Stash = {
  /** Keeps what comes until it ends or `full` says why it does not go on. */
  keep(chunks: AsyncIterable<Buffer>): Promise<{ readonly bytes: StashedBytes; readonly full: string | null }>;
  /** No bytes of it can be read any more. */
  close(): void;
};

/** Bytes of content in a frame. */
const BLOCK = 128 * 1024;

/** Stashes of this process so far, so that each has a number of its own. */
let made = 0;

/** `casePath`: the case beside which it may write; null: in memory. */
export function newStash(casePath: string | null): Stash {
  let fd: number | null = null;
  let written = 0;
  let room = 0;

  /** The file is made when the first bytes come. */
  function begin(path: string): number {
    const file = `${path}-unpacking`;
    rmSync(file, { force: true }); // of a process that was killed between the next two lines
    const opened = openSync(file, "wx+", 0o600);
    unlinkSync(file);
    const { bavail, bsize } = statfsSync(dirname(path));
    room = bavail * bsize * DISK_SHARE;
    return opened;
  }

  async function keep(chunks: AsyncIterable<Buffer>): ReturnType<Stash["keep"]> {
    const memory: Uint8Array[] | null = casePath === null ? [] : null;
    const ends: number[] = [];
    const block = Buffer.allocUnsafe(BLOCK);
    const base = written;
    let filled = 0;
    let size = 0;
    let full: string | null = null;
    if (casePath === null) room = STASH_MEMORY;
    else {
      try {
        fd ??= begin(casePath);
      } catch (thrown) {
        full = `it cannot be unpacked beside the case (${thrown instanceof Error ? thrown.message : String(thrown)})`;
      }
    }

    const flush = (): void => {
      if (filled === 0) return;
      const frame = pack(block.subarray(0, filled));
      if (written + frame.length > room) full = tooLarge(casePath);
      else {
        if (fd === null) memory?.push(frame);
        else full = write(fd, frame, written);
        if (full !== null) return;
        written += frame.length;
        size += filled;
        ends.push(written - base);
      }
      filled = 0;
    };
    for await (const chunk of full === null ? chunks : []) {
      for (let from = 0; from < chunk.length && full === null; ) {
        const count = chunk.copy(block, filled, from, Math.min(chunk.length, from + BLOCK - filled));
        filled += count;
        from += count;
        if (filled === BLOCK) flush();
      }
      if (full !== null) break;
    }
    if (full === null) flush();
    const index = new Float64Array(new SharedArrayBuffer(8 * (ends.length + 1)));
    ends.forEach((end, i) => {
      index[i + 1] = base + end;
    });
    index[0] = base;
    return { bytes: { id: made++, fd, memory, ends: index, size }, full };
  }
  return {
    keep,
    close: () => {
      if (fd !== null) closeSync(fd);
      fd = null;
    },
  };
}

function tooLarge(casePath: string | null): string {
  return casePath === null
    ? "it is too large to be unpacked in memory"
    : `unpacking it needs more than ${DISK_SHARE * 100} % of the free disk beside the case`;
}

function write(fd: number, bytes: Uint8Array, at: number): string | null {
  try {
    for (let done = 0; done < bytes.length; ) done += writeSync(fd, bytes, done, bytes.length - done, at + done);
    return null;
  } catch (thrown) {
    return `there is no room beside the case to unpack it (${thrown instanceof Error ? thrown.message : String(thrown)})`;
  }
}

/** Blocks a thread keeps unpacked: members that lie near each other share them. */
const KEPT = 16;

export function stashedStore({ fd, memory, ends, size }: StashedBytes): Store {
  const kept = new Map<number, Uint8Array>();

  function block(index: number): Uint8Array {
    const known = kept.get(index);
    if (known) {
      kept.delete(index); // and goes to the end: the one used longest ago leaves first
      kept.set(index, known);
      return known;
    }
    const from = ends[index] as number;
    const bytes = unpack(memory?.[index] ?? frameAt(from, (ends[index + 1] as number) - from));
    kept.set(index, bytes);
    if (kept.size > KEPT) kept.delete(kept.keys().next().value ?? -1);
    return bytes;
  }
  function frameAt(at: number, length: number): Buffer {
    const frame = Buffer.allocUnsafe(length);
    const read = fd === null ? 0 : readSync(fd, frame, 0, length, at);
    if (read !== length) throw new RangeError("unpacked bytes are not where they were kept");
    return frame;
  }
  return {
    size,
    read: (into, start, length, at) => {
      const end = Math.min(size, at + length);
      let filled = 0;
      for (let from = at; from < end; ) {
        const bytes = block(Math.floor(from / BLOCK));
        const piece = bytes.subarray(from % BLOCK, Math.min(bytes.length, (from % BLOCK) + end - from));
        into.set(piece, start + filled);
        filled += piece.length;
        from += piece.length;
      }
      return filled;
    },
  };
}
