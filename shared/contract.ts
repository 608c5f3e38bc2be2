// Everything a face can ask and hear: each line a name, a lane (who answers), parameters and answer.
// Values are JSON only; a message is at most MESSAGE_BYTES; lists come in pages; announcements say "changed", not what.

import { z } from "zod";
import { bins, bys } from "./rows.ts";
import { Scope } from "./scope.ts";

z.config({ jitless: true }); // the page's content security policy allows no eval

export const MESSAGE_BYTES = 8 * 1024 * 1024;
export const PAGE_ROWS = 10_000;

/** host: the process that owns the window or socket. read: `look`. write: `work`. */
export type Lane = "host" | "read" | "write";

type Call<L extends Lane, P extends z.ZodType, R extends z.ZodType> = {
  readonly lane: L;
  readonly params: P;
  readonly result: R;
};
function host<P extends z.ZodType, R extends z.ZodType>(params: P, result: R): Call<"host", P, R> {
  return { lane: "host", params, result };
}
function read<P extends z.ZodType, R extends z.ZodType>(params: P, result: R): Call<"read", P, R> {
  return { lane: "read", params, result };
}
function write<P extends z.ZodType, R extends z.ZodType>(params: P, result: R): Call<"write", P, R> {
  return { lane: "write", params, result };
}

const count = z.int().nonnegative();
const nothing = z.object({});

/** What became of a source (CLI contract). `interrupted`: adding it has not ended; add it again to go on. */
export const sourceStatuses = ["complete", "partial", "unchanged", "refused", "interrupted"] as const;

export const SourceAccount = z.object({
  path: z.string(),
  kind: z.enum(["folder", "json", "gzip", "zip", "unknown"]),
  /** Of the file as it lies on disk; for a folder, of its members' "sha256 path" lines. Null where nothing was read. */
  sha256: z.string().nullable(),
  bytes: count,
  members: count,
  records: count,
  duplicateRecords: count,
  tuples: count,
  rejects: count,
  status: z.enum(sourceStatuses),
  /** One sentence; null when complete. */
  reason: z.string().nullable(),
});
export type SourceAccount = z.infer<typeof SourceAccount>;

export const IngestAccount = z.object({
  case: z.string(),
  sources: z.array(SourceAccount),
  added: z.object({ records: count, duplicateRecords: count, tuples: count, rejects: count }),
  /** From the first byte read to every as-logged answer available. */
  elapsedMs: z.number(),
  /** After that: derived columns and digests. This version settles no flows. */
  settleMs: z.number(),
});
export type IngestAccount = z.infer<typeof IngestAccount>;

export const CaseInfo = z.object({
  format: z.int(),
  sources: count,
  members: count,
  records: count,
  duplicateRecords: count,
  tuples: count,
  rejects: count,
  firstTime: z.int().nullable(),
  lastTime: z.int().nullable(),
  nics: count,
  endpoints: count,
  conversations: count,
  flows: count.nullable(),
  /** Plain sums as logged, each side. Rounded only where `sumsRounded`. */
  packetsSent: z.number(),
  bytesSent: z.number(),
  packetsReceived: z.number(),
  bytesReceived: z.number(),
  sumsRounded: z.boolean(),
  allowed: count,
  denied: count,
  embedded: z.boolean(),
  fileBytes: count,
  logicalDigest: z.string(),
  sourceList: z.array(SourceAccount.extend({ id: z.int() })),
});
export type CaseInfo = z.infer<typeof CaseInfo>;

const Cell = z.union([z.string(), z.number(), z.null(), z.array(z.string())]);

export const Question = z.object({
  by: z.enum(bys),
  scope: Scope,
  sort: z.object({ field: z.string(), order: z.enum(["asc", "desc"]) }).nullable(),
  /** Rows wanted in all; 0 = every one. What lies beyond is told in `leftOut`. */
  limit: count,
  /** Rows already received of this answer. */
  after: count,
  /** Timeline only; null = picked from the range. */
  bin: z.enum(Object.keys(bins) as [keyof typeof bins, ...(keyof typeof bins)[]]).nullable(),
});
export type Question = z.infer<typeof Question>;

export const Answer = z.object({
  rows: z.array(z.record(z.string(), Cell)).max(PAGE_ROWS),
  /** Ask again with this as `after`; null at the end. */
  next: count.nullable(),
  /** Rows beyond `limit`: how many, and their sums. */
  leftOut: z.record(z.string(), z.number()),
  /** Sentences about the answer that a reader must not miss, e.g. rounded sums. */
  remarks: z.array(z.string()),
});
export type Answer = z.infer<typeof Answer>;

export const Verification = z.object({
  case: z.string(),
  ok: z.boolean(),
  evidence: z.enum(["verified", "not embedded", "damaged", "none"]),
  derived: z.enum(["verified", "rebuilt", "damaged"]),
  members: count,
  records: count,
  tuples: count,
  logicalDigest: z.string(),
  /** One sentence each, naming the place; at most 100, then a sentence with how many more. */
  findings: z.array(z.string()),
});
export type Verification = z.infer<typeof Verification>;

const ProcessState = z.object({
  state: z.enum(["not started", "starting", "running", "restarting", "stopped"]),
  pid: z.int().nullable(),
  restarts: count,
  residentBytes: count,
});

/** A stretch of a record's original text, from the embedded evidence or re-read from the evidence itself. */
const RecordText = z.object({
  member: z.string(),
  sha256: z.string(),
  offset: count,
  length: count,
  /** At most 64 KiB of the record, from `from` (bytes within the record), as UTF-8. */
  text: z.string(),
  from: count,
});

export const calls = {
  "engine.state": host(nothing, z.object({ look: ProcessState, work: ProcessState })),

  "case.info": read(nothing, CaseInfo),
  "case.verify": read(nothing, Verification),
  "query.rows": read(Question, Answer),
  "record.text": read(z.object({ source: z.string(), member: z.string(), record: count, from: count }), RecordText),

  "source.add": write(
    z.object({ paths: z.array(z.string()).min(1), embed: z.boolean(), jobs: z.int().min(1).max(64) }),
    IngestAccount,
  ),
  "source.undo": write(
    z.object({ source: z.string() }),
    z.object({ tuples: count, records: count, addAgain: z.array(z.string()) }),
  ),
  "case.rebuild": write(nothing, Verification),
} as const;

/** Progress of adding evidence, a few times a second. */
export const Progress = z.object({
  source: z.string(),
  member: z.string(),
  members: count,
  membersOf: count,
  bytes: count,
  bytesOf: count,
  tuples: count,
  rejects: count,
  stage: z.enum(["reading", "deriving"]),
});
export type Progress = z.infer<typeof Progress>;

export const events = {
  "ingest.progress": Progress,
  "case.changed": z.object({ revision: count }),
  "engine.restarted": z.object({ process: z.enum(["look", "work"]), reason: z.string() }),
} as const;

export type Calls = typeof calls;
export type CallName = keyof Calls;
export type CallOf<L extends Lane> = { [C in CallName]: Calls[C]["lane"] extends L ? C : never }[CallName];
export type Params<C extends CallName> = z.infer<Calls[C]["params"]>;
export type Result<C extends CallName> = z.infer<Calls[C]["result"]>;
export type EventName = keyof typeof events;
export type Payload<E extends EventName> = z.infer<(typeof events)[E]>;
