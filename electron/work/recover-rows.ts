// Sources and members of a damaged case as far as their rows can be read. What a damaged row says is kept, and marked as damaged.

import { unpack } from "../segment/frame.ts";
import type { ReadDb } from "../store/database.ts";
import { type Salvaged, type SalvagedTable, salvageFrame, salvageTable } from "../store/salvage.ts";

export type MemberLeft = {
  readonly id: number;
  readonly whole: boolean;
  readonly path: string;
  readonly bytes: number;
  readonly sha256: Uint8Array | null;
  readonly fileBytes: number;
  readonly fileTime: number;
  readonly fileSha256: Uint8Array | null;
  readonly evidenceAt: number | null;
  /** What its row counts; 0 where the row is damaged. */
  readonly tuples: number;
  readonly rejects: number;
  readonly status: "complete" | "partial" | "refused";
  readonly reason: string | null;
};

export type SourceLeft = {
  readonly id: number;
  readonly path: string;
  readonly kind: string;
  readonly sha256: Uint8Array | null;
  readonly bytes: number;
  readonly embedded: boolean;
  readonly addedTime: number;
  readonly state: string;
  readonly status: string;
  readonly reason: string | null;
  /** What is wrong with its own row; null where nothing is. */
  readonly damage: string | null;
  readonly members: MemberLeft[];
};

const DAMAGED = "(damaged) ";

/** A text of a row: marked where the row is not as it was written. */
export function textOf(value: unknown, whole: boolean): string | null {
  if (typeof value !== "string") return whole && value === null ? null : "(lost)";
  return whole ? value : DAMAGED + value;
}

export function numberOf(value: unknown): number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0 ? value : 0;
}

function bytesOf(value: unknown): Uint8Array | null {
  return value instanceof Uint8Array ? value : null;
}

/** Sources in their order with their members in theirs; open members were never to be seen. */
export function survey(db: ReadDb, lose: (sentence: string) => void): SourceLeft[] {
  const sources = sourcesLeft(salvageTable(db, "source"));
  const folders = salvageTable(db, "folder");
  const paths = new Map(folders.rows.map(({ id, row, whole }) => [id, textOf(row.path, whole) ?? ""]));
  for (const id of [...folders.missing, ...folders.rows.flatMap(({ id, whole }) => (whole ? [] : id))])
    lose(`The row of folder ${id} is damaged: the paths of the files in it begin with "(lost)" or "(damaged)".`);
  const members = salvageTable(db, "member");
  let last = sources[0];
  const all = [...members.rows, ...members.missing.map((id): Salvaged => ({ id, whole: false, row: {} }))];
  for (const { id, whole, row } of all.sort((a, b) => a.id - b.id)) {
    if (row.state === "open") continue;
    const own = sources.find((source) => source.id === row.source_id) ?? last;
    if (own === undefined) {
      lose(`Member ${id} is lost with every source.`);
      continue;
    }
    last = own;
    const folder = whole ? (paths.get(numberOf(row.folder_id)) ?? "(lost)/") : "";
    const path = row.name === undefined ? `(lost) member ${id}` : folder + textOf(row.name, whole);
    if (!whole) lose(`The row of member ${id} is damaged: what it said of ${path} may be wrong.`);
    own.members.push({
      id,
      whole,
      path,
      bytes: numberOf(row.bytes),
      sha256: bytesOf(row.sha256),
      fileBytes: numberOf(row.file_bytes),
      fileTime: numberOf(row.file_time),
      fileSha256: bytesOf(row.file_sha256),
      evidenceAt: typeof row.evidence_at === "number" ? row.evidence_at : null,
      tuples: whole ? numberOf(row.tuples) : 0,
      rejects: whole ? numberOf(row.rejects) : 0,
      status: row.status === "complete" || row.status === "refused" ? row.status : "partial",
      reason: typeof row.reason === "string" ? textOf(row.reason, whole) : null,
    });
  }
  return sources;
}

function sourcesLeft({ rows, missing }: SalvagedTable): SourceLeft[] {
  const lost = missing.map((id): Salvaged => ({ id, whole: false, row: { path: `(lost) source ${id}` } }));
  return [...rows, ...lost]
    .sort((a, b) => a.id - b.id)
    .map(({ id, whole, row }) => ({
      id,
      path: textOf(row.path, whole) ?? "(lost)",
      kind: typeof row.kind === "string" && /^(folder|json|gzip|zip|tar)$/.test(row.kind) ? row.kind : "folder",
      sha256: whole ? bytesOf(row.sha256) : null,
      bytes: numberOf(row.bytes),
      embedded: row.embedded !== 0,
      addedTime: numberOf(row.added_time),
      state: row.state === "open" && whole ? "open" : "whole",
      status: whole && typeof row.status === "string" ? row.status : "partial",
      reason: typeof row.reason === "string" ? textOf(row.reason, whole) : null,
      damage: whole ? null : `The row of source ${id} is damaged: its path reads "${textOf(row.path, true)}".`,
      members: [],
    }));
}

/** The bytes of a member out of a source's evidence stream, a chunk at a time; ends early where a chunk cannot be had. */
export function evidenceLeft(db: ReadDb, sourceId: number): (member: MemberLeft) => Generator<Uint8Array> {
  const chunks = salvageTable(db, "evidence")
    .rows.filter(({ row }) => row.source_id === sourceId)
    .map(({ id, row }) => ({ id, at: numberOf(row.at), length: numberOf(row.length) }))
    .sort((a, b) => a.at - b.at);
  let last: { readonly id: number; readonly bytes: Uint8Array } = { id: -1, bytes: new Uint8Array(0) };

  return function* ({ evidenceAt, bytes }) {
    if (evidenceAt === null) return;
    const end = evidenceAt + bytes;
    for (const { id, at, length } of chunks.slice(firstAt(chunks, evidenceAt))) {
      if (at >= end) return;
      if (at + length <= evidenceAt) continue;
      if (last.id !== id) {
        const frame = salvageFrame(db, "evidence", id);
        if (frame === null) return;
        last = { id, bytes: unpack(frame) };
      }
      yield last.bytes.subarray(Math.max(0, evidenceAt - at), end - at);
    }
  };
}

/** Position of the last chunk that begins at or before `at`. */
function firstAt(chunks: readonly { readonly at: number }[], at: number): number {
  let [low, high] = [0, chunks.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((chunks[middle]?.at ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  return Math.max(0, low - 1);
}
