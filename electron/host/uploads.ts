// Evidence that a page sends instead of naming its path: received below `<case>.uploads/<ticket>.<PID>@<host>/`, hashed while received, deleted
// when it has been added, or when the window that sent it is gone.

import { createHash, randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, rmdirSync, rmSync } from "node:fs";
import { type FileHandle, mkdir, open, rm } from "node:fs/promises";
import { hostname } from "node:os";
import { dirname, join, resolve, sep } from "node:path";
import type { Readable } from "node:stream";
import { AppError } from "../../shared/failure.ts";
import { uploadNames } from "./upload-name.ts";

export type Received = { readonly bytes: number; readonly sha256: string };

export type Uploads = {
  /** Throws where no folder can be made beside the case. */
  begin(casePath: string): string;
  /** `encoded`: the relative path as the request has it. Nothing of a file that did not arrive whole is kept. */
  receive(ticket: string, encoded: string, bytes: Readable): Promise<Received>;
  /** Nothing more is received: the paths to add, one for each file or folder that was sent. */
  finish(ticket: string, casePath: string): readonly string[];
  drop(ticket: string): void;
  /** Removes what a host that was killed left beside the case; what another one is receiving stays. */
  sweep(casePath: string): void;
  dropAll(): void;
};

type Spool = { readonly casePath: string; readonly folder: string; open: boolean; arriving: number };

export function newUploads(): Uploads {
  const spools = new Map<string, Spool>();

  function spoolOf(ticket: string): Spool {
    const spool = spools.get(ticket);
    if (spool === undefined || !spool.open)
      throw new AppError("not-found", "This upload is not known here, or is being added already.");
    return spool;
  }

  function drop(ticket: string): void {
    const spool = spools.get(ticket);
    if (spool === undefined) return;
    spool.open = false;
    spools.delete(ticket);
    rmSync(spool.folder, { recursive: true, force: true, maxRetries: 5 });
    removeEmpty(dirname(spool.folder));
  }

  return {
    begin(casePath) {
      const ticket = randomBytes(16).toString("hex");
      const folder = join(`${casePath}.uploads`, `${ticket}.${process.pid}@${hostname()}`);
      try {
        mkdirSync(folder, { recursive: true, mode: 0o700 });
      } catch (thrown) {
        throw translated(thrown, folder);
      }
      spools.set(ticket, { casePath, folder, open: true, arriving: 0 });
      return ticket;
    },
    async receive(ticket, encoded, bytes) {
      const spool = spoolOf(ticket);
      const target = resolve(spool.folder, ...uploadNames(encoded));
      if (!target.startsWith(spool.folder + sep)) throw new AppError("bad-request", "A file cannot be received there.");
      spool.arriving += 1;
      try {
        return await write(target, bytes);
      } finally {
        spool.arriving -= 1;
        if (!spool.open) rmSync(spool.folder, { recursive: true, force: true }); // dropped while it arrived
      }
    },
    finish(ticket, casePath) {
      const spool = spoolOf(ticket);
      if (spool.casePath !== casePath) throw new AppError("bad-request", "This upload belongs to another case.");
      if (spool.arriving > 0) throw new AppError("busy", "Files of this upload are still being received.");
      const names = readdirSync(spool.folder).sort();
      if (names.length === 0) throw new AppError("bad-request", "No file of this upload was received.");
      spool.open = false;
      return names.map((name) => join(spool.folder, name));
    },
    sweep,
    drop,
    dropAll() {
      for (const ticket of [...spools.keys()]) drop(ticket);
    },
  };
}

const OWNED = /^[0-9a-f]{32}\.(\d{1,10})@(.{1,255})$/;

function sweep(casePath: string): void {
  const folder = `${casePath}.uploads`;
  for (const name of existsSync(folder) ? readdirSync(folder) : []) {
    const [, pid, host] = OWNED.exec(name) ?? [];
    if (pid === undefined || host !== hostname() || isRunning(Number(pid))) continue;
    rmSync(join(folder, name), { recursive: true, force: true, maxRetries: 5 });
  }
  removeEmpty(folder);
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (thrown) {
    return !isCode(thrown, "ESRCH"); // EPERM: somebody else's, and there
  }
}

function removeEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch (thrown) {
    if (!isCode(thrown, "ENOTEMPTY", "EEXIST", "ENOENT", "EPERM")) throw thrown; // another upload is in it
  }
}

/** Never over a file that is there. What is left of the bytes where it fails is the caller's to take or leave. */
async function write(target: string, bytes: Readable): Promise<Received> {
  const hash = createHash("sha256");
  let size = 0;
  let file: FileHandle | null = null;
  try {
    await mkdir(dirname(target), { recursive: true, mode: 0o700 });
    file = await open(target, "wx", 0o600);
    for await (const chunk of bytes.iterator({ destroyOnReturn: false })) {
      hash.update(chunk);
      size += chunk.length;
      await file.writeFile(chunk); // goes on where the one before ended
    }
    await file.close();
    return { bytes: size, sha256: hash.digest("hex") };
  } catch (thrown) {
    await file?.close();
    if (file !== null) await rm(target, { force: true });
    throw translated(thrown, target);
  }
}

function translated(thrown: unknown, path: string): unknown {
  if (isCode(thrown, "EEXIST", "EISDIR", "ENOTDIR"))
    return new AppError("bad-request", "A file of this name was received already.");
  if (isCode(thrown, "ENOSPC", "EDQUOT")) return new AppError("disk-full", `There is no room left for ${path}.`);
  if (isCode(thrown, "ERR_STREAM_PREMATURE_CLOSE", "ECONNRESET", "ABORT_ERR"))
    return new AppError("cancelled", "The file did not arrive whole.");
  if (isCode(thrown, "EACCES", "EPERM", "EROFS", "ENOENT", "ENAMETOOLONG"))
    return new AppError("not-found", `${path} cannot be written.`);
  return thrown;
}

function isCode(thrown: unknown, ...codes: readonly string[]): boolean {
  return thrown instanceof Error && "code" in thrown && codes.includes(String(thrown.code));
}
