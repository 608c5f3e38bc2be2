// A path as somebody gave it → the case it names, and whether it can be written. Whether it *is* a case, its engine says.

import { accessSync, constants, existsSync, realpathSync, statSync } from "node:fs";
import { basename, dirname, isAbsolute, join } from "node:path";
import type { OpenCase } from "../../shared/contract.ts";
import { AppError } from "../../shared/failure.ts";

/** Links followed, as the file system spells it. Throws bad-request, not-found. */
export function existingCase(path: string): string {
  refuseRelative(path);
  try {
    return realpathSync.native(path);
  } catch {
    throw new AppError("not-found", `There is no case at ${path}.`);
  }
}

/** Where a new case is to be. Throws bad-request, not-found. */
export function newCase(path: string): string {
  refuseRelative(path);
  if (existsSync(path))
    throw new AppError("bad-request", `${path} is there already; a new case needs a name of its own.`);
  try {
    return join(realpathSync.native(dirname(path)), basename(path));
  } catch {
    throw new AppError("not-found", `There is no folder at ${dirname(path)}.`);
  }
}

export function openCase(path: string): OpenCase {
  return { path, name: basename(path).replace(/\.tidemark$/i, ""), readOnly: whyReadOnly(path) };
}

/** A file marked read-only counts as such, also for a user who could write it all the same. */
function whyReadOnly(path: string): string | null {
  const folder = dirname(path);
  if ((statSync(path).mode & 0o222) === 0) return `${path} is marked read-only.`;
  if (!isWritable(path)) return `This user may not write ${path}.`;
  if (!isWritable(folder)) return `This user may not write in ${folder}, where a case being changed keeps its lock.`;
  return null;
}

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

function refuseRelative(path: string): void {
  if (!isAbsolute(path)) throw new AppError("bad-request", `"${path}" is not a whole path; it begins at no root.`);
}
