// Everything a face can ask and hear: each line a name, a lane (who answers), parameters and answer.
// All of it in one file, longer than others: what may be asked is read as one list. Values are JSON only; a message is at most MESSAGE_BYTES (rpc.ts); lists come in pages; announcements say "changed", not what.

import { BESIDE_ROWS, besides } from "./beside.ts";
import { Growth, GrowthQuestion } from "./growth.ts";
import { Notebook, Operation } from "./notebook.ts";
import { PIVOT_COLUMNS, PIVOT_ROWS, pivotMeasures } from "./pivot.ts";
import { bins, bys, groupable } from "./rows.ts";
import { z } from "./schema.ts";
import { Scope } from "./scope.ts";

export const PAGE_ROWS = 10_000;

/** host: the process that owns the window or socket. read: `look`. write: `work`. sql: `sql`. */
export type Lane = "host" | "read" | "write" | "sql";

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

function sql<P extends z.ZodType, R extends z.ZodType>(params: P, result: R): Call<"sql", P, R> {
  return { lane: "sql", params, result };
}

const count = z.int().nonnegative();
const nothing = z.object({});

/**
 * Everything that was read (shared/account.ts): records read = records + duplicateRecords + rejectedRecords, tuples read = tuples +
 * duplicateTuples + rejectedTuples. Rejects are rejected records, rejected tuples, and stretches inside a record.
 */
const account = {
  records: count,
  duplicateRecords: count,
  tuples: count,
  rejects: count,
  rejectedRecords: count,
  rejectedTuples: count,
  duplicateTuples: count,
  recordsRead: count,
  tuplesRead: count,
};

/** Members that are later downloads of a blob which the case holds already, by what they are to it (see `members`). */
const Copies = z.object({ same: count, extension: count, earlier: count, altered: count });

/** What became of a source (CLI contract). `interrupted`: adding it has not ended; add it again to go on. */
export const sourceStatuses = ["complete", "partial", "unchanged", "refused", "interrupted"] as const;

export const SourceAccount = z.object({
  path: z.string(),
  kind: z.enum(["folder", "json", "gzip", "zip", "tar", "tar.gz", "unknown"]),
  /** Of the file as it lies on disk; for a folder, of its members' "sha256 path" lines. Null where nothing was read. */
  sha256: z.string().nullable(),
  bytes: count,
  members: count,
  ...account,
  /** Members whose path says something else than their records. */
  remarks: count,
  copies: Copies,
  status: z.enum(sourceStatuses),
  /** One sentence; null when complete. */
  reason: z.string().nullable(),
});
export type SourceAccount = z.infer<typeof SourceAccount>;

export const IngestAccount = z.object({
  case: z.string(),
  sources: z.array(SourceAccount),
  added: z.object({ records: count, duplicateRecords: count, tuples: count, rejects: count }),
  /** Of all sources together: everything that was read. */
  account: z.object(account),
  /** From the first byte read to every as-logged answer available. */
  elapsedMs: z.number(),
  /** After that: derived columns, settled flows and digests. */
  settleMs: z.number(),
});
export type IngestAccount = z.infer<typeof IngestAccount>;

/** What a case that was recovered from a damaged one lost: one sentence a thing, at most 1,000, then how many more. */
export const Loss = z.object({
  from: z.string(),
  time: z.int(),
  lost: z.array(z.string()),
});
export type Loss = z.infer<typeof Loss>;

export const Recovery = z.object({
  case: z.string(),
  from: z.string(),
  sources: count,
  members: count,
  /** Members read anew from their embedded bytes, whose SHA-256 is right; the others were taken over column by column. */
  readAnew: count,
  records: count,
  tuples: count,
  /** As far as is known how many there were. */
  lostTuples: count,
  notes: count,
  lostNotes: count,
  lost: Loss.shape.lost,
});
export type Recovery = z.infer<typeof Recovery>;

export const CaseInfo = z.object({
  format: z.int(),
  sources: count,
  members: count,
  ...account,
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
  /** Null unless the case was recovered from a damaged one. */
  recovered: Loss.nullable(),
  sourceList: z.array(SourceAccount.extend({ id: z.int() })),
});
export type CaseInfo = z.infer<typeof CaseInfo>;

const Cell = z.union([z.string(), z.number(), z.null(), z.array(z.string())]);

const Sort = z.object({ field: z.string(), order: z.enum(["asc", "desc"]) });

export const Question = z.object({
  by: z.enum(bys),
  scope: Scope,
  /** By one field or several, the first one first; equal rows keep the default order. Null: the default order. */
  sort: z.union([Sort, z.array(Sort).min(1).max(8)]).nullable(),
  /** Rows wanted in all; 0 = every one. What lies beyond is told in `leftOut`. */
  limit: count,
  /** Rows already received of this answer. */
  after: count,
  /** What the answer's earlier pages told: refused as `interrupted` where the case is no longer as it was. */
  state: z.string().optional(),
  /** Rows wanted on this page; PAGE_ROWS where it does not say. */
  rows: z.int().min(1).max(PAGE_ROWS).optional(),
  /** Tuples only: with what settling says of each, as a last field `flow`. */
  settled: z.boolean().optional(),
  /** Groups only: by what, the first the outer one. */
  group: z.array(z.enum(groupable)).min(1).max(4).optional(),
  /** Timeline only: a row a NIC and bin, by NIC and then time, with the NIC as a first field `nic`; `part` says which NICs. */
  lanes: z.boolean().optional(),
  /** Timeline only, of all NICs together: counters over the interval since their flow's tuple before. */
  spread: z.boolean().optional(),
  /** Timeline only; null = picked from the range. */
  bin: z.enum(Object.keys(bins) as [keyof typeof bins, ...(keyof typeof bins)[]]).nullable(),
});
export type Question = z.infer<typeof Question>;

export const Answer = z.object({
  rows: z.array(z.record(z.string(), Cell)).max(PAGE_ROWS),
  /** Ask again with this as `after`, and with `state`; null at the end. */
  next: count.nullable(),
  /** Names what the case holds: the same as long as all pages are of one answer. */
  state: z.string(),
  /** Rows of all pages together. */
  length: count.optional(),
  /** Rows beyond `limit`: how many, and their sums. */
  leftOut: z.record(z.string(), z.number()),
  /** Rows for which the filter's conditions on rows do not hold, in the same way; only where it has such. No answer lists them. */
  notHeld: z.record(z.string(), z.number()).optional(),
  /** Sentences about the answer that a reader must not miss, e.g. rounded sums. */
  remarks: z.array(z.string()),
});
export type Answer = z.infer<typeof Answer>;

/** Rows `from` to before `to` of the answer to a question that its page was of (`state` in it): what stands beside them. */
export const BesideQuestion = z.object({
  question: Question,
  from: count,
  to: count,
  want: z.array(z.enum(besides)).min(1),
});
export type BesideQuestion = z.infer<typeof BesideQuestion>;

export const Beside = z.object({
  /** Stretches of time of `width` ms, the first from `from`: UTC, all of the range. Null where activity was not asked for, or there is no time. */
  bins: z.object({ from: z.int(), width: count, count }).nullable(),
  /** In the order of the rows. `tuples`, `denied`: a number a bin. `whole`: its sums without range and filter, sides and counters the same. */
  rows: z
    .array(z.object({ tuples: z.array(count), denied: z.array(count), whole: z.record(z.string(), z.number()) }))
    .max(BESIDE_ROWS),
});
export type Beside = z.infer<typeof Beside>;

/** Null: no tuple there. "n/m": tuples, but nothing measured, as of denied traffic. */
const PivotCell = z.union([z.number(), z.null(), z.literal("n/m")]);
const pivotKey = z.union([z.string(), z.number(), z.null()]);

/** Tuples in scope by one to three fields downwards and one across. The rest beyond the limits is one row and one column. */
export const PivotQuestion = z.object({
  scope: Scope,
  rows: z.array(z.enum(groupable)).min(1).max(3),
  column: z.enum(groupable).nullable(),
  measure: z.enum(pivotMeasures),
  /** Rows by their total, or by what they have in one column (`at`: its key), or by their names. Equal ones by their first tuple. */
  order: z.object({
    by: z.enum(["total", "column", "name"]),
    at: pivotKey.optional(),
    order: z.enum(["asc", "desc"]),
  }),
  mostRows: z.int().min(1).max(PIVOT_ROWS),
  mostColumns: z.int().min(1).max(PIVOT_COLUMNS),
});
export type PivotQuestion = z.infer<typeof PivotQuestion>;

/** `cells` stand under `columns`; `others`: all columns beyond them. */
const pivotSums = { cells: z.array(PivotCell), others: PivotCell, total: PivotCell };
export const PivotAnswer = z.object({
  columns: z.array(pivotKey),
  rows: z.array(z.object({ keys: z.array(pivotKey), ...pivotSums })),
  /** How many rows and columns are not listed, and the rows' sums. */
  otherColumns: count,
  otherRows: z.object({ count, ...pivotSums }),
  totals: z.object(pivotSums),
  remarks: z.array(z.string()),
});
export type PivotAnswer = z.infer<typeof PivotAnswer>;

export const Verification = z.object({
  case: z.string(),
  ok: z.boolean(),
  /** What verifying can find, and what not. */
  detects: z.string(),
  /** The file's bytes against `CASE.sha256` beside it, which *save a copy* writes; `none`: there is none. */
  fileHash: z.enum(["same", "differs", "none"]),
  evidence: z.enum(["verified", "not embedded", "damaged", "none"]),
  derived: z.enum(["verified", "rebuilt", "damaged"]),
  members: count,
  records: count,
  tuples: count,
  logicalDigest: z.string(),
  /** One sentence each, naming the place; at most 100, then a sentence with how many more. */
  findings: z.array(z.string()),
  /** Sentences about what could not be checked. */
  remarks: z.array(z.string()),
  /** What to do about the findings; null where there are none. */
  advice: z.string().nullable(),
  /** Null unless the case was recovered from a damaged one. */
  recovered: Loss.nullable(),
});
export type Verification = z.infer<typeof Verification>;

const ProcessState = z.object({
  state: z.enum(["not started", "starting", "running", "restarting", "stopped"]),
  pid: z.int().nullable(),
  restarts: count,
  residentBytes: count,
});

/** A case a window has open. */
const OpenCase = z.object({
  path: z.string(),
  /** The file's name without its ending. */
  name: z.string(),
  /** Why nothing can be written (one sentence); null where it can. */
  readOnly: z.string().nullable(),
});
export type OpenCase = z.infer<typeof OpenCase>;

const RecentCase = z.object({
  path: z.string(),
  name: z.string(),
  bytes: count,
  openedTime: z.int(),
  /** The file was not there when the list was asked for. */
  missing: z.boolean(),
  tuples: count,
  nics: count,
  firstTime: z.int().nullable(),
  lastTime: z.int().nullable(),
});
export type RecentCase = z.infer<typeof RecentCase>;

/** What a path is wanted for: it decides the dialog's title, which files can be chosen and whether they must exist. */
export const purposes = ["open-case", "new-case", "evidence", "copy", "export", "save"] as const;
export type Purpose = (typeof purposes)[number];

const FolderListing = z.object({
  folder: z.string(),
  /** Null at the root. */
  parent: z.string().nullable(),
  /** Where to begin: home, the folder used last, drives. */
  places: z.array(z.object({ name: z.string(), path: z.string() })),
  entries: z.array(
    z.object({
      name: z.string(),
      path: z.string(),
      kind: z.enum(["folder", "case", "evidence", "other"]),
      bytes: count,
      modifiedTime: z.int(),
    }),
  ),
  /** Entries beyond the 2,000 listed. */
  more: count,
});
export type FolderListing = z.infer<typeof FolderListing>;

/** Everything in scope. The same figures as the sums of any table over the same scope. */
export const Totals = z.object({
  tuples: count,
  allowed: count,
  denied: count,
  /** Flows whose first tuple is in scope; null where flows are not settled. */
  flows: count.nullable(),
  conversations: count,
  edges: count,
  endpoints: count,
  nics: count,
  packetsSent: z.number(),
  bytesSent: z.number(),
  packetsReceived: z.number(),
  bytesReceived: z.number(),
  firstTime: z.int().nullable(),
  lastTime: z.int().nullable(),
});
export type Totals = z.infer<typeof Totals>;

/** What is known of a NIC from its logs. */
/** What a flow log is attached to, by its target's resource id. */
const targetKinds = ["virtual network", "subnet", "network interface", "network security group", "other"] as const;

export const Nic = z.object({
  nic: z.string(),
  /** Addresses it owned, the likeliest first: tuples with the address on the NIC's own side, from when to when. At most 64. */
  addresses: z.array(z.object({ ip: z.string(), tuples: count, firstTime: z.int(), lastTime: z.int() })),
  /** Such addresses that are not listed. */
  moreAddresses: count,
  /** Last part of the resource ids of the targets that logged it, where they say: virtual network, subnet, NIC. */
  network: z.string().nullable(),
  subnet: z.string().nullable(),
  name: z.string().nullable(),
  /** Resource ids (or GUIDs) of its flow logs, of their targets and of its ACLs: each once whatever its spelling, those of most tuples first. */
  flowLogs: z.array(z.string()),
  targets: z.array(z.object({ kind: z.enum(targetKinds), id: z.string() })),
  acls: z.array(z.string()),
  tuples: count,
  firstTime: z.int().nullable(),
  lastTime: z.int().nullable(),
  /** Whole hours (UTC) with records of this NIC, and those between its first and last without: half-open ranges. */
  logged: z.array(z.object({ from: z.int(), to: z.int() })),
  gaps: z.array(z.object({ from: z.int(), to: z.int() })),
});
export type Nic = z.infer<typeof Nic>;

/** What is known of an address without asking anyone. */
const AddressFacts = z.object({
  ip: z.string(),
  class: z.string(),
  /** ISO 3166-1 alpha-2; null where the database has none or the address is not public. */
  country: z.string().nullable(),
  countryName: z.string().nullable(),
  /** Autonomous system, by number, and service tag; null where nothing is known of either. */
  asn: z.string().nullable(),
  tag: z.string().nullable(),
});
export type AddressFacts = z.infer<typeof AddressFacts>;

/** A stretch of a record's original text, from the embedded evidence or re-read from the evidence itself. */
const RecordText = z.object({
  member: z.string(),
  sha256: z.string(),
  offset: count,
  length: count,
  /** At most 64 KiB of the record, from `from` (bytes within the record), as UTF-8. */
  text: z.string(),
  from: count,
  /** Where the tuple asked for stands: bytes within the record, quotes included; null where none was asked for. */
  mark: z.object({ offset: count, length: count }).nullable(),
});
export type RecordText = z.infer<typeof RecordText>;

/** What can be set for all cases: each a text of its view. */
const SettingName = z.enum(["keys", "panes", "sql", "tables", "trails", "undo"]);
export type SettingName = z.infer<typeof SettingName>;

export const calls = {
  "engine.state": host(nothing, z.object({ look: ProcessState, work: ProcessState })),
  "app.about": host(nothing, z.object({ version: z.string(), node: z.string(), host: z.enum(["window", "loopback"]) })),
  /** A window has at most one case; opening another closes the first for this window. */
  "case.open": host(z.object({ path: z.string() }), OpenCase),
  /** Makes an empty case; refused where the file exists. */
  "case.new": host(z.object({ path: z.string() }), OpenCase),
  "case.close": host(nothing, nothing),
  /** The sample incident, written and read on first use (announces `ingest.progress`). */
  "sample.open": host(nothing, OpenCase),
  "recent.list": host(nothing, z.object({ cases: z.array(RecentCase) })),
  /** Null forgets every missing one. */
  "recent.forget": host(z.object({ path: z.string().nullable() }), nothing),
  /** Native dialogs where there are any (`native`; empty paths = cancelled); else the page shows a chooser over `path.list`. */
  "path.pick": host(
    z.object({ purpose: z.enum(purposes), name: z.string() }),
    z.object({ native: z.boolean(), paths: z.array(z.string()) }),
  ),
  "path.list": host(z.object({ folder: z.string().nullable(), purpose: z.enum(purposes) }), FolderListing),
  /** What the investigator set for all cases, by name: a text that its view prints and parses. Null: not set. */
  "settings.read": host(z.object({ name: SettingName }), z.object({ value: z.string().nullable() })),
  "settings.write": host(
    z.object({
      name: SettingName,
      value: z
        .string()
        .max(1 << 20)
        .nullable(),
    }),
    nothing,
  ),
  /**
   * A file for others (table, picture), piece by piece: `at` bytes are written already, 0 begins it. It is there under its name when
   * the last piece is, whole; nothing is written over that the investigator did not agree to. Base64 for bytes that are no text.
   */
  "file.write": host(
    z.object({
      path: z.string(),
      at: count,
      piece: z.string().max(4 << 20),
      as: z.enum(["text", "base64"]),
      last: z.boolean(),
    }),
    z.object({ bytes: count }),
  ),
  /** Lets go of a file that was begun. */
  "file.drop": host(z.object({ path: z.string() }), nothing),
  /** For `PUT /evidence/<ticket>/<relative path>`; then `source.add` with it. */
  "upload.ticket": host(nothing, z.object({ ticket: z.string() })),

  "case.info": read(nothing, CaseInfo),
  "case.verify": read(nothing, Verification),
  "query.rows": read(Question, Answer),
  "rows.beside": read(BesideQuestion, Beside),
  "query.pivot": read(PivotQuestion, PivotAnswer),
  "scope.totals": read(z.object({ scope: Scope }), Totals),
  "growth.read": read(GrowthQuestion, Growth),
  "nic.list": read(nothing, z.object({ nics: z.array(Nic) })),
  "address.facts": read(
    z.object({ ips: z.array(z.string().max(64)).max(5000) }),
    z.object({
      /** Where countries come from; null where no database is there. */
      source: z.object({ name: z.string(), builtTime: z.int() }).nullable(),
      addresses: z.array(AddressFacts),
    }),
  ),
  "notebook.read": read(nothing, Notebook),
  /** A stretch of a member's original bytes as UTF-8, at most 64 KiB of it, with up to 400 bytes on each side. */
  "evidence.around": read(
    z.object({ source: z.string(), member: z.string(), offset: count, length: count }),
    z.object({
      sha256: z.string(),
      before: z.string(),
      text: z.string(),
      after: z.string(),
      /** Bytes of the stretch beyond `text`. */
      notShown: count,
    }),
  ),
  "record.text": read(
    z.object({
      source: z.string(),
      member: z.string(),
      record: count,
      /** Position within the record, to be marked. */
      tuple: count.nullable(),
      from: count,
    }),
    RecordText,
  ),

  /** One statement that only reads (docs/sql.md). It is ended when it takes longer than the deadline, or is cancelled. */
  "sql.run": sql(
    z.object({
      sql: z.string().max(1 << 20),
      /** Rows already received of it. */
      after: count,
      rows: z.int().min(1).max(PAGE_ROWS),
      deadlineMs: z.int().min(100).max(3_600_000),
    }),
    z.object({
      fields: z.array(z.string()),
      rows: z.array(z.array(z.union([z.string(), z.number(), z.null()]))).max(PAGE_ROWS),
      next: count.nullable(),
    }),
  ),

  "case.create": write(nothing, nothing),
  /** `upload`: a ticket whose files were received; the host turns it into a path. Cancelling keeps whole members. */
  "source.add": write(
    z.object({
      paths: z.array(z.string()),
      upload: z.string().nullable(),
      embed: z.boolean(),
      jobs: z.int().min(1).max(64),
    }),
    IngestAccount,
  ),
  "source.pause": write(z.object({ paused: z.boolean() }), nothing),
  /** Appends to the journal; never waits for an ingest. */
  "notebook.write": write(z.object({ operations: z.array(Operation).min(1).max(1000) }), nothing),
  /** A sealed copy and `<to>.sha256` beside it. */
  "case.copy": write(z.object({ to: z.string() }), z.object({ path: z.string(), bytes: count, sha256: z.string() })),
  /** Original records, tuples, manifest of a scope, into a new folder (or a folder that is empty). */
  "evidence.export": write(
    z.object({ scope: Scope, to: z.string() }),
    z.object({ folder: z.string(), files: count, records: count, tuples: count, bytes: count }),
  ),
  "source.undo": write(
    z.object({ source: z.string() }),
    /**
     * Which it was, by when it was added, and what it brought; how many others of that path, added before it, stay, and when each was added;
     * sources that were read again as they held some of it too; those that left with it and must be added again.
     */
    z.object({
      addedTime: z.int(),
      tuples: count,
      records: count,
      alike: count,
      staying: z.array(z.int()),
      readAgain: z.array(z.string()),
      addAgain: z.array(z.string()),
    }),
  ),
  "case.rebuild": write(nothing, Verification),
  /** What is whole of a damaged case, into this one, which must not be there yet. The damaged file is only read. */
  "case.recover": write(z.object({ from: z.string() }), Recovery),
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

/** Progress of verifying, a few times a second. Bytes: of columns as they lie, of evidence as it was. */
export const VerifyProgress = z.object({
  stage: z.enum(["structure", "rows", "segments", "records", "evidence", "derived"]),
  bytes: count,
  bytesOf: count,
});
export type VerifyProgress = z.infer<typeof VerifyProgress>;

export const events = {
  "ingest.progress": Progress,
  /** Before evidence is read that will hardly fit on the disk: a sentence. */
  "ingest.warned": z.object({ message: z.string() }),
  "verify.progress": VerifyProgress,
  /** Evidence or notebook; ask again. */
  "case.changed": z.object({ revision: count, what: z.enum(["evidence", "notebook"]) }),
  /** A file association or a second start asks this window to open a case. */
  "case.asked": z.object({ path: z.string() }),
  "engine.restarted": z.object({ process: z.enum(["look", "work", "sql"]), reason: z.string() }),
} as const;

export type Calls = typeof calls;
export type CallName = keyof Calls;
export type CallOf<L extends Lane> = { [C in CallName]: Calls[C]["lane"] extends L ? C : never }[CallName];
export type Params<C extends CallName> = z.infer<Calls[C]["params"]>;
export type Result<C extends CallName> = z.infer<Calls[C]["result"]>;
export type Events = typeof events;
export type EventName = keyof Events;
export type Payload<E extends EventName> = z.infer<(typeof events)[E]>;
