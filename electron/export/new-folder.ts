// A folder that is there whole or not at all: written beside its place under another name, each file new, hashed and on disk, with
// a manifest that `sha256sum -c` reads; renamed when it is done.

import { createHash, type Hash } from "node:crypto";
import {
  closeSync,
  constants,
  existsSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import { dirname, join, resolve } from "node:path";
import { AppError } from "../../shared/failure.ts";
import { isFull, systemCode, whyNotWritten } from "../../shared/system-code.ts";

export type NewFile = {
  /** Bytes written so far. */
  readonly bytes: number;
  write(piece: Uint8Array | string): void;
  close(): void;
};

export type NewFolder = {
  /** `name`: with `/`, of ASCII letters, digits and signs no shell or manifest trips over. */
  file(name: string): NewFile;
  /** Writes the manifest, puts the folder in its place. */
  finish(): { readonly folder: string; readonly files: number; readonly bytes: number };
  /** Takes back all that was written, unless it is finished. */
  discard(): void;
};

export const MANIFEST = "manifest-sha256.txt";

/** `wanted`: a folder that is not there, or is empty. Throws bad-request, not-found or disk-full; every method may. */
export function newFolder(wanted: string): NewFolder {
  const to = resolve(wanted);
  const parent = dirname(to);
  if (!statSync(parent, { throwIfNoEntry: false })?.isDirectory())
    throw new AppError("not-found", `There is no folder ${parent} to write to.`);
  refuseTaken(to);
  const partial = `${to}.partial`;
  if (lstatSync(partial, { throwIfNoEntry: false }))
    throw new AppError("bad-request", `${partial} is there, left by an export that did not end; remove it first.`);
  told(to, () => mkdirSync(partial, { mode: 0o700 }));
  const sums: string[] = [];
  const folders = new Set<string>();
  const open = new Set<number>();
  let bytes = 0;
  let isDone = false;

  function file(name: string): NewFile {
    const folder = dirname(name);
    if (folder !== "." && !folders.has(folder)) {
      told(to, () => mkdirSync(join(partial, folder), { mode: 0o700 }));
      folders.add(folder);
    }
    const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | (constants.O_NOFOLLOW ?? 0);
    const fd = told(to, () => openSync(join(partial, name), flags, 0o600));
    open.add(fd);
    return newFile(fd, to, (sum, length) => {
      open.delete(fd);
      sums.push(`${sum}  ${name}\n`);
      bytes += length;
    });
  }

  function finish(): ReturnType<NewFolder["finish"]> {
    const lines = [...sums].sort((a, b) => (a.slice(66) < b.slice(66) ? -1 : 1));
    const manifest = file(MANIFEST);
    manifest.write(lines.join(""));
    manifest.close();
    for (const folder of folders) syncFolder(join(partial, folder));
    syncFolder(partial);
    refuseTaken(to);
    told(to, () => {
      if (existsSync(to)) rmdirSync(to); // empty, or this throws
      renameSync(partial, to);
    });
    isDone = true;
    syncFolder(parent);
    return { folder: to, files: sums.length, bytes };
  }

  function discard(): void {
    if (isDone) return;
    for (const fd of open) closeSync(fd);
    open.clear();
    rmSync(partial, { recursive: true, force: true, maxRetries: 5 });
  }

  return { file, finish, discard };
}

function refuseTaken(to: string): void {
  const stat = lstatSync(to, { throwIfNoEntry: false });
  if (!stat) return;
  if (!stat.isDirectory()) throw new AppError("bad-request", `${to} is there already; nothing was written.`);
  if (told(to, () => readdirSync(to)).length > 0)
    throw new AppError("bad-request", `The folder ${to} is not empty; nothing was written.`);
}

const BUFFERED = 1 << 20;

function newFile(fd: number, to: string, closed: (sum: string, bytes: number) => void): NewFile {
  const sha: Hash = createHash("sha256");
  let waiting: Uint8Array[] = [];
  let waitingBytes = 0;
  let bytes = 0;

  function flush(): void {
    const all = Buffer.concat(waiting);
    waiting = [];
    waitingBytes = 0;
    sha.update(all);
    told(to, () => {
      for (let at = 0; at < all.length; ) at += writeSync(fd, all, at);
    });
  }

  return {
    get bytes() {
      return bytes;
    },
    write(piece) {
      const all = typeof piece === "string" ? Buffer.from(piece, "utf8") : piece;
      waiting.push(all);
      waitingBytes += all.length;
      bytes += all.length;
      if (waitingBytes >= BUFFERED) flush();
    },
    close() {
      flush();
      told(to, () => fsyncSync(fd));
      closeSync(fd);
      closed(sha.digest("hex"), bytes);
    },
  };
}

/** So that the names are on disk too, where the system can; the files are there in any case. */
function syncFolder(folder: string): void {
  try {
    const fd = openSync(folder, "r");
    fsyncSync(fd);
    closeSync(fd);
  } catch {
    // Windows, and some file systems of memory sticks, have no such thing
  }
}

/** What the system refuses, as a failure of ours. */
function told<T>(to: string, run: () => T): T {
  try {
    return run();
  } catch (thrown) {
    const code = systemCode(thrown);
    if (isFull(code)) throw new AppError("disk-full", `There is no room left to write ${to}.`);
    if (code !== "") throw new AppError("not-found", `${to} cannot be written: ${whyNotWritten(code)}.`);
    throw thrown;
  }
}
