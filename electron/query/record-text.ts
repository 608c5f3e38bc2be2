// A record's original bytes as text: from the evidence in the case, or, where it is not embedded, re-read and compared first.

import { hash } from "node:crypto";
import { closeSync, existsSync, openSync, readSync } from "node:fs";
import { join } from "node:path";
import type { Params, Result } from "../../shared/contract.ts";
import { AppError } from "../../shared/failure.ts";
import { listSources, readEvidence } from "../store/read.ts";
import type { Catalog } from "./catalog.ts";
import { recordFinder } from "./record-offsets.ts";

const WINDOW = 65536;

export function recordText(catalog: Catalog, place: Params<"record.text">): Result<"record.text"> {
  const member = [...catalog.members.values()].find(
    (each) => each.source === place.source && each.path === place.member,
  );
  if (!member || member.sha256 === null)
    throw new AppError("not-found", `There is no member ${place.member} of ${place.source} in the case.`);
  const found = recordFinder(catalog.db)(member.id, place.record);
  if (!found) throw new AppError("not-found", `${place.member} has no record ${place.record}.`);
  const offset = found.run.offset[found.row] as number;
  const length = found.run.bytes[found.row] as number;
  const from = Math.min(place.from, length);
  const bytes =
    readEvidence(catalog.db, member, offset + from, Math.min(WINDOW, length - from)) ??
    fromDisk(catalog, member, offset + from, Math.min(WINDOW, length - from));
  return {
    member: place.member,
    sha256: Buffer.from(member.sha256).toString("hex"),
    offset,
    length,
    text: Buffer.from(bytes).toString("utf8"),
    from,
    mark: null,
  };
}

/** Only plain files lie on disk as they were read. */
function fromDisk(
  catalog: Catalog,
  member: { source: string; sourceId: number; path: string; bytes: number; sha256: Uint8Array | null },
  at: number,
  length: number,
): Uint8Array {
  const source = listSources(catalog.db).find(({ id }) => id === member.sourceId);
  const path = source?.kind === "folder" ? join(member.source, member.path) : member.source;
  if (source?.kind === "zip" || source?.kind === "gzip" || !existsSync(path))
    throw new AppError(
      "not-found",
      `The evidence of ${member.path} is not embedded in the case, and it cannot be read at ${member.source}.`,
    );
  const bytes = Buffer.alloc(member.bytes);
  const fd = openSync(path, "r");
  const read = readSync(fd, bytes, 0, bytes.length, 0);
  closeSync(fd);
  if (read !== bytes.length || Buffer.compare(hash("sha256", bytes, "buffer"), member.sha256 ?? Buffer.alloc(0)) !== 0)
    throw new AppError("evidence-changed", `${path} is not the file that was added: its SHA-256 differs.`);
  return bytes.subarray(at, at + length);
}
