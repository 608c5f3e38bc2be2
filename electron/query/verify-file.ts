// The whole file against `CASE.sha256` beside it, where *save a copy* has written one: also bytes that no answer shows.

import { createHash } from "node:crypto";
import { closeSync, existsSync, openSync, readFileSync, readSync, statSync } from "node:fs";
import { basename } from "node:path";
import type { Verification } from "../../shared/contract.ts";
import type { Found } from "./verifying.ts";

const WINDOW = 4 * 1024 * 1024;

export function checkFile(casePath: string, found: Found): Verification["fileHash"] {
  const beside = `${casePath}.sha256`;
  const wanted = sumIn(beside, basename(casePath));
  if (wanted === null) return "none";
  if (wanted === hashOf(casePath)) return "same";
  found(
    "file",
    `The file is not the one of which ${basename(beside)} beside it was made: bytes of it were changed since, by damage or on purpose (a note, evidence).`,
  );
  return "differs";
}

/** The SHA-256 of that name as `sha256sum` writes it (a name with a line feed or backslash is escaped); null where there is none. */
function sumIn(path: string, name: string): string | null {
  if (!existsSync(path) || !statSync(path).isFile() || statSync(path).size > 1 << 16) return null;
  for (const line of readFileSync(path, "utf8").split(/\r?\n/)) {
    const [, escaped, sum, named = ""] = /^(\\?)([0-9a-fA-F]{64}) [ *](.+)$/.exec(line) ?? [];
    const plain = escaped ? named.replace(/\\([nr\\])/g, (_, c) => ({ n: "\n", r: "\r" })[c as string] ?? "\\") : named;
    if (sum !== undefined && plain === name) return sum.toLowerCase();
  }
  return null;
}

function hashOf(path: string): string {
  const sum = createHash("sha256");
  const window = Buffer.alloc(WINDOW);
  const fd = openSync(path, "r");
  try {
    for (let read = readSync(fd, window); read > 0; read = readSync(fd, window)) sum.update(window.subarray(0, read));
    return sum.digest("hex");
  } finally {
    closeSync(fd);
  }
}
