// A copy of a case as one sealed file, made from a snapshot: works beside a writer and where the case cannot be written.

import { createHash } from "node:crypto";
import { closeSync, fsyncSync, openSync, readSync } from "node:fs";
import { AppError } from "../../shared/failure.ts";
import { openForReading } from "./case-file.ts";
import { translated } from "./database.ts";

export type Copied = { readonly bytes: number; readonly sha256: string };

const WINDOW = 4 * 1024 * 1024;

/** `to` must not be there; what is there of it when this throws is the caller's to remove. It is on disk when this returns. */
export function copyCase(path: string, to: string): Copied {
  const db = openForReading(path);
  try {
    db.prepare("VACUUM INTO ?").run(to);
  } catch (thrown) {
    const told = translated(path, thrown);
    throw told instanceof AppError && told.kind === "case-damaged" ? told : translated(to, thrown);
  } finally {
    db.close();
  }
  const fd = openSync(to, "r+");
  try {
    fsyncSync(fd);
    const sum = createHash("sha256");
    const window = Buffer.alloc(WINDOW);
    let bytes = 0;
    for (let read = readSync(fd, window); read > 0; read = readSync(fd, window)) {
      sum.update(window.subarray(0, read));
      bytes += read;
    }
    return { bytes, sha256: sum.digest("hex") };
  } finally {
    closeSync(fd);
  }
}
