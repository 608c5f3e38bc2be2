// An empty case: a file of its own before any evidence, so that there is something to add to and to write notes in.

import { existsSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { AppError } from "../../shared/failure.ts";
import { openForWriting } from "../store/case-file.ts";
import { keepFingerprint } from "../store/fingerprint.ts";

/** Throws bad-request where the file exists. */
export function createCase(path: string): void {
  const folder = dirname(path);
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    throw new AppError("not-found", `There is no folder ${folder} to make a case in.`);
  if (existsSync(path)) throw inTheWay(path);
  const open = openForWriting(path);
  try {
    if (!open.created) throw inTheWay(path);
    keepFingerprint(open.db);
  } finally {
    open.close();
  }
}

function inTheWay(path: string): AppError {
  return new AppError("bad-request", `${path} is there already; nothing was changed.`);
}
