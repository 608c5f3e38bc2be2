// What an ingest thread hands over: a part of a unit of work. A unit is one large member (several parts) or a run of small ones
// (one part), so that parts taken in order of units are the evidence in its order, whatever the number of threads.

import type { Ms } from "../../shared/flow.ts";
import type { FlowLog, PackedSegment, RecordColumns } from "./columns.ts";

/** Unpacked archives that are read at random (archive/stash.ts). Every thread of the process can read them. */
export type StashedBytes = {
  /** Tells those of one source apart. */
  readonly id: number;
  /** An open file without a name that holds the frames; null: they are in memory. */
  readonly fd: number | null;
  readonly memory: readonly Uint8Array[] | null;
  /** Where each frame begins, and where the last one ends. */
  readonly ends: Float64Array;
  /** Bytes of content. */
  readonly size: number;
};

/** Where the bytes of an archive's entry lie, and what has to be done to them. */
export type EntryPlace = {
  /** Null: in the member's file itself. */
  readonly stash: StashedBytes | null;
  readonly at: number;
  readonly length: number;
  readonly deflated: boolean;
  /** What the archive says comes out. */
  readonly declared: { readonly bytes: number; readonly crc32: number | null } | null;
  /** How many times larger the stash is than what was packed. */
  readonly unpackedBy: number;
  /** Size of the member's file when it was listed. */
  readonly fileBytes: number;
  /** What is known to be wrong with it, though it can be read. */
  readonly damage: string | null;
};

/** A file that may hold a flow log, found by enumeration. Opened read-only, never by a path out of an archive. */
export type MemberEntry = {
  /** Inside the source, with `/` (CLI contract). */
  readonly path: string;
  /** Absolute path of the file on disk that holds it. */
  readonly file: string;
  /** Its place in an archive; null for the file itself. */
  readonly entry: EntryPlace | null;
  /** Its first bytes are those of gzip data. */
  readonly gzip: boolean;
  /** Bytes on disk; uncompressed for an archive entry. */
  readonly bytes: number;
  readonly fileTime: Ms;
  /** Why it cannot be read at all, known from enumeration. */
  readonly refused: string | null;
};

/** Of all of a member's records but rejected ones; of very many NICs or flow logs the first. Hours since 1970, by the records' own times. */
export type MemberContent = {
  readonly nics: readonly (string | null)[];
  readonly flowLogs: readonly FlowLog[];
  readonly firstHour: number | null;
  readonly lastHour: number | null;
  /** One NIC (or none), one flow log, one hour. */
  readonly isBlob: boolean;
};

/** What became of a member that has been read to its end. */
export type MemberRead = {
  readonly bytes: number;
  /** Of the uncompressed content. Null when refused before it was read. */
  readonly sha256: Uint8Array | null;
  /** Of the file on disk where that is not the content (gzip); else null. */
  readonly fileSha256: Uint8Array | null;
  /** Where its content begins in the unit's evidence stream; null when not embedded. */
  readonly evidenceAt: number | null;
  readonly status: "complete" | "partial" | "refused";
  readonly reason: string | null;
  /** Null where it holds no record. */
  readonly content: MemberContent | null;
};

/** Members are counted from the unit's first. */
export type RejectedText = {
  readonly member: number;
  readonly record: number;
  /** Null: the record itself. */
  readonly tuple: number | null;
  /** Bytes, in the uncompressed member. */
  readonly offset: number;
  readonly length: number;
  readonly reason: string;
  readonly text: string;
};

/** Original bytes, one compressed frame; `at` counts in the unit's evidence stream. */
export type EvidenceChunk = { readonly at: number; readonly length: number; readonly bytes: Uint8Array };

export const EVIDENCE_CHUNK = 4 * 1024 * 1024;

export type UnitPart = {
  readonly unit: number;
  /** The unit's last part: `members` then tells of every member of it. */
  readonly last: boolean;
  readonly members: readonly MemberRead[];
  readonly segments: readonly PackedSegment[];
  /** `firstTime` and `lastTime` are of each record's tuples, infinite where it has none. */
  readonly records: RecordColumns & { readonly firstTime: Float64Array; readonly lastTime: Float64Array };
  readonly rejects: readonly RejectedText[];
  readonly evidence: readonly EvidenceChunk[];
  /** Uncompressed bytes read since the part before. */
  readonly bytesRead: number;
};
