// What the columns of damaged members still hold: segments and runs of records that can be unpacked, rejects whose rows are whole.
// Given to the writer as parts of a unit, as reading the evidence would.
// Over 300 lines: segments, runs and rejects of a member are taken over in step, and a loss in one is told of the others.

import { hash } from "node:crypto";
import { recordColumns } from "../ingest/batch-records.ts";
import { type Context, DUPLICATE, type FlowLog, KEPT, type PackedSegment, parts } from "../segment/columns.ts";
import { decodeCounters, decodeKeys, decodePlace, decodePorts, decodeRecords, decodeWhen } from "../segment/encode.ts";
import { withoutRecords } from "../segment/pack.ts";
import type { MemberEntry, MemberRead, UnitPart } from "../segment/part.ts";
import type { ReadDb } from "../store/database.ts";
import { addDigest, hasDigest, newDigestSet } from "../store/digest-set.ts";
import { type Salvaged, salvageFrame, salvageTable } from "../store/salvage.ts";
import { type SourceWriting, writePart } from "../store/write-part.ts";
import { type MemberLeft, numberOf, textOf } from "./recover-rows.ts";

type Lose = (sentence: string) => void;

/** The columns of a source as far as their rows can be read; frames are read when a member needs them. */
export type ColumnsLeft = {
  readonly db: ReadDb;
  readonly segments: readonly Salvaged[];
  /** Segment → part → id of the row that holds it. */
  readonly parts: ReadonlyMap<number, ReadonlyMap<string, number>>;
  readonly runs: readonly Salvaged[];
  readonly rejects: readonly Salvaged[];
  context(id: number): readonly [Context, FlowLog];
};

export function columnsLeft(db: ReadDb, sourceId: number, lose: Lose): ColumnsLeft {
  let left: Omit<ColumnsLeft, "db"> | null = null;
  const all = (): Omit<ColumnsLeft, "db"> => {
    left ??= readColumns(db, sourceId, lose); // only where a member needs it
    return left;
  };
  return {
    db,
    get segments() {
      return all().segments;
    },
    get parts() {
      return all().parts;
    },
    get runs() {
      return all().runs;
    },
    get rejects() {
      return all().rejects;
    },
    context: (id) => all().context(id),
  };
}

function readColumns(db: ReadDb, sourceId: number, lose: Lose): Omit<ColumnsLeft, "db"> {
  const partsOf = new Map<number, Map<string, number>>();
  for (const { id, row } of salvageTable(db, "segment_part").rows) {
    const segment = numberOf(row.segment_id);
    partsOf.set(segment, (partsOf.get(segment) ?? new Map<string, number>()).set(String(row.part), id));
  }
  const own = (table: "segment" | "record_run", what: string): Salvaged[] => {
    const { rows, missing } = salvageTable(db, table);
    for (const { id, whole } of rows) if (!whole) lose(`The row of ${what} ${id} is damaged; it is lost.`);
    for (const id of missing) lose(`The row of ${what} ${id} cannot be read; it is lost.`);
    return rows.filter(({ whole, row }) => whole && row.source_id === sourceId);
  };
  const rejects = salvageTable(db, "reject");
  return {
    segments: own("segment", "segment"),
    parts: partsOf,
    runs: own("record_run", "run of records"),
    rejects: [...rejects.rows, ...rejects.missing.map((id): Salvaged => ({ id, whole: false, row: {} }))],
    context: contextsLeft(db, lose),
  };
}

/** What a context says, a damaged text marked as such, so that its tuples are not lost with it. */
function contextsLeft(db: ReadDb, lose: Lose): ColumnsLeft["context"] {
  const table = (name: "nic" | "flow_log" | "acl" | "rule" | "context"): Map<number, Salvaged> =>
    new Map(salvageTable(db, name).rows.map((each) => [each.id, each]));
  const [nics, logs, acls, rules, contexts] = [
    table("nic"),
    table("flow_log"),
    table("acl"),
    table("rule"),
    table("context"),
  ];
  const told = new Set<string>();
  const text = (rows: Map<number, Salvaged>, id: unknown, column: string, what: string): string | null => {
    if (id === null) return null;
    const found = rows.get(numberOf(id));
    const value = textOf(found?.row[column], found?.whole ?? false);
    if (!found?.whole && !told.has(`${what} ${String(id)}`)) {
      told.add(`${what} ${String(id)}`);
      lose(`${what} ${String(id)} is damaged; its tuples now say "${value}".`);
    }
    return value;
  };
  return (id) => {
    const context = contexts.get(id);
    if (!context?.whole) {
      if (!told.has(`context ${id}`)) lose(`Context ${id} is lost: its tuples say "(lost)" for NIC, ACL and rule.`);
      told.add(`context ${id}`);
      const lost = { nic: "(lost)", flowLog: 0, acl: "(lost)", rule: "(lost)", encryption: "(lost)" };
      return [lost, { id: "(lost)", guid: null, target: null, format: "vnet" }];
    }
    const { row } = context;
    const log = row.flow_log_id;
    return [
      {
        nic: text(nics, row.nic_id, "mac", "NIC"),
        flowLog: 0,
        acl: text(acls, row.acl_id, "spelling", "ACL"),
        rule: text(rules, row.rule_id, "name", "Rule"),
        encryption: textOf(row.encryption, true),
      },
      {
        id: text(logs, log, "resource", "Flow log"),
        guid: text(logs, log, "guid", "Flow log"),
        target: text(logs, log, "target", "Flow log"),
        format: logs.get(numberOf(log))?.row.format === "nsg" ? "nsg" : "vnet",
      },
    ];
  };
}

/** Tuples and times by record: `member · 2³² + record`, members counted from the group's first. */
type Seen = Map<number, number>;
type Times = { first: number; last: number };

export function writeColumns(w: SourceWriting, group: readonly MemberLeft[], left: ColumnsLeft, lose: Lose): void {
  const base = (group[0] as MemberLeft).id;
  const position = new Map(group.map((member, i) => [member.id, i]));
  const entries = group.map(entryOf);
  const seen: Seen = new Map();
  const times = group.map((): Times => ({ first: Number.POSITIVE_INFINITY, last: Number.NEGATIVE_INFINITY }));
  const segments: PackedSegment[] = [];
  for (const [i, row] of left.segments.entries()) {
    const next = left.segments[i + 1];
    if (numberOf(row.row.first_member_id) > (group.at(-1) as MemberLeft).id) break;
    if (next && numberOf(next.row.first_member_id) < base) continue;
    const segment = segmentLeft(row, left, position, lose);
    if (segment === null) continue;
    count(segment, seen, times);
    segments.push(segment);
  }
  const records = recordsLeft(w, left, group, position, seen, times, lose);
  for (const part of records) writePart(w, partOf({ records: part }), entries);
  for (const segment of segments) writePart(w, partOf({ segments: [segment] }), entries);
  const rejects = left.rejects.filter(({ whole, row }) => whole && position.has(numberOf(row.member_id)));
  const rejected = group.map(() => 0);
  for (const { row } of rejects) {
    const at = position.get(numberOf(row.member_id)) ?? 0;
    rejected[at] = (rejected[at] ?? 0) + 1;
  }
  const uncounted = new Set(group.flatMap(({ id, whole }) => (whole ? [] : id))); // their rows do not say how many there were
  for (const { id, whole, row } of uncounted.size > 0 ? left.rejects : [])
    if (!whole && (row.member_id === undefined || uncounted.has(numberOf(row.member_id))))
      lose(`Reject ${id} is damaged; it is lost.`);
  const tuples = group.map(() => 0);
  for (const [name, n] of seen) tuples[Math.floor(name / 2 ** 32)] = (tuples[Math.floor(name / 2 ** 32)] ?? 0) + n;
  const members = group.map((member, i) => memberRead(member, tuples[i] ?? 0, rejected[i] ?? 0, lose));
  writePart(
    w,
    {
      ...partOf({}),
      last: true,
      members,
      rejects: rejects.map(({ row }) => ({
        member: position.get(numberOf(row.member_id)) ?? 0,
        record: numberOf(row.record),
        tuple: typeof row.tuple === "number" ? row.tuple : null,
        offset: numberOf(row.offset),
        length: numberOf(row.length),
        reason: String(row.reason),
        text: String(row.text),
      })),
    },
    entries,
  );
}

function entryOf({ path, fileBytes, fileTime }: MemberLeft): MemberEntry {
  return { path, file: path, entry: null, gzip: false, bytes: fileBytes, fileTime, refused: null };
}

function partOf(some: Partial<Pick<UnitPart, "records" | "segments">>): UnitPart {
  const none = recordColumns(0);
  none.length = 0;
  return {
    unit: 0,
    last: false,
    members: [],
    segments: [],
    records: none,
    rejects: [],
    evidence: [],
    bytesRead: 0,
    ...some,
  };
}

/** The rows of a segment that belong to the group; null where it is damaged, or has none. Members count from the group's first. */
function segmentLeft(
  { id, row }: Salvaged,
  left: ColumnsLeft,
  position: ReadonlyMap<number, number>,
  lose: Lose,
): PackedSegment | null {
  const frames = new Map(
    parts.map((part) => [part, salvageFrame(left.db, "segment_part", left.parts.get(id)?.get(part) ?? 0)]),
  );
  const of = (part: (typeof parts)[number]): Uint8Array => {
    const frame = frames.get(part);
    if (!frame) throw new RangeError(`its ${part} are damaged`);
    return frame;
  };
  try {
    decodeKeys(of("keys"));
    const { length } = decodeWhen(of("when"));
    decodePorts(of("ports"), length);
    decodeCounters(of("counters"), length);
    const place = decodePlace(of("place"), length);
    const firstMember = numberOf(row.first_member_id);
    const first = position.get(firstMember + (place.member[0] as number));
    const ids = new Uint32Array((row.contexts as Uint8Array).slice().buffer);
    const texts = Array.from(ids, (context) => left.context(context));
    const whole: PackedSegment = {
      tuples: length,
      firstTime: numberOf(row.first_time),
      lastTime: numberOf(row.last_time),
      contexts: texts.map(([context], i) => ({ ...context, flowLog: i })),
      flowLogs: texts.map(([, flowLog]) => flowLog),
      otherStates: typeof row.other_states === "string" ? (JSON.parse(row.other_states) as string[]) : [],
      firstMember,
      lastMember: firstMember + (place.member[length - 1] as number),
      parts: {
        keys: of("keys"),
        when: of("when"),
        ports: of("ports"),
        counters: of("counters"),
        place: of("place"),
      },
    };
    const own = withoutRecords(whole, (member) => !position.has(member));
    if (own === null) return null;
    const shift = (position.get(own.firstMember) ?? first ?? 0) - own.firstMember;
    return { ...own, firstMember: own.firstMember + shift, lastMember: own.lastMember + shift };
  } catch (thrown) {
    const why = thrown instanceof Error ? thrown.message.replace(/\.$/, "") : String(thrown);
    lose(`Segment ${id} with ${numberOf(row.tuples)} tuples is lost: ${why}.`);
    return null;
  }
}

function count(segment: PackedSegment, seen: Seen, times: Times[]): void {
  const { length, time } = decodeWhen(segment.parts.when);
  const { member, record } = decodePlace(segment.parts.place, length);
  for (let i = 0; i < length; i++) {
    const at = segment.firstMember + (member[i] as number);
    const name = at * 2 ** 32 + (record[i] as number);
    seen.set(name, (seen.get(name) ?? 0) + 1);
    const own = times[at];
    if (!own) continue;
    own.first = Math.min(own.first, time[i] as number);
    own.last = Math.max(own.last, time[i] as number);
  }
}

type Records = UnitPart["records"];

/** Runs of records of the group, with the tuples that are still there; then one of records known by their tuples alone. */
function recordsLeft(
  w: SourceWriting,
  left: ColumnsLeft,
  group: readonly MemberLeft[],
  position: ReadonlyMap<number, number>,
  seen: Seen,
  times: readonly Times[],
  lose: Lose,
): Records[] {
  const [first, last] = [(group[0] as MemberLeft).id, (group.at(-1) as MemberLeft).id];
  const found: Records[] = [];
  const known = new Set<number>();
  const kept = newDigestSet(1024);
  for (const { id, row } of left.runs) {
    const firstMember = numberOf(row.first_member_id);
    if (firstMember > last || numberOf(row.last_member_id) < first) continue;
    const frame = salvageFrame(left.db, "record_run", id);
    if (frame === null) {
      lose(`Run ${id} of ${numberOf(row.records)} records is lost: where they lie, and which came before.`);
      continue;
    }
    const run = decodeRecords(frame);
    const rows: number[] = [];
    let orphans = 0;
    for (let i = 0; i < run.length; i++) {
      const at = position.get(firstMember + (run.member[i] as number));
      if (at === undefined) continue;
      known.add(at * 2 ** 32 + (run.record[i] as number));
      if (run.flags[i] === KEPT) addDigest(kept, run.digest, i * 16);
      const before = hasDigest(kept, run.digest, i * 16) || hasDigest(w.digests, run.digest, i * 16);
      if (run.flags[i] === DUPLICATE && !before) orphans++;
      rows.push(i);
    }
    if (orphans > 0)
      lose(`${orphans} records of run ${id} came before, in records that are lost: they bring no tuples.`);
    if (rows.length === 0) continue;
    const own = recordColumns(rows.length);
    own.length = rows.length;
    for (const [to, i] of rows.entries()) {
      const at = position.get(firstMember + (run.member[i] as number)) as number;
      own.member[to] = at;
      for (const column of ["record", "offset", "bytes", "time", "flags"] as const)
        own[column][to] = run[column][i] as number;
      own.tuples[to] =
        run.flags[i] === KEPT ? (seen.get(at * 2 ** 32 + (run.record[i] as number)) ?? 0) : (run.tuples[i] as number);
      own.firstTime[to] = times[at]?.first ?? Number.POSITIVE_INFINITY;
      own.lastTime[to] = times[at]?.last ?? Number.NEGATIVE_INFINITY;
      own.digest.set(run.digest.subarray(i * 16, i * 16 + 16), to * 16);
    }
    found.push(own);
  }
  const unknown = [...seen.keys()].filter((name) => !known.has(name)).sort((a, b) => a - b);
  if (unknown.length > 0) found.push(byTuplesAlone(w.sourceId, unknown, seen, times));
  return found;
}

/** Records whose run is lost: they have no offset, and a digest that no other record has. */
function byTuplesAlone(sourceId: number, names: readonly number[], seen: Seen, times: readonly Times[]): Records {
  const own = recordColumns(names.length);
  own.length = names.length;
  for (const [i, name] of names.entries()) {
    const member = Math.floor(name / 2 ** 32);
    own.member[i] = member;
    own.record[i] = name % 2 ** 32;
    own.time[i] = -1;
    own.tuples[i] = seen.get(name) ?? 0;
    own.flags[i] = KEPT;
    own.firstTime[i] = times[member]?.first ?? Number.POSITIVE_INFINITY;
    own.lastTime[i] = times[member]?.last ?? Number.NEGATIVE_INFINITY;
    own.digest.set(hash("sha256", `lost record ${sourceId} ${name}`, "buffer").subarray(0, 16), i * 16);
  }
  return own;
}

/** Its bytes are not embedded any more; its SHA-256 still says what they were. */
function memberRead(member: MemberLeft, tuples: number, rejects: number, lose: Lose): MemberRead {
  const losses = [
    member.evidenceAt === null ? "" : "its original bytes",
    tuples < member.tuples ? `${member.tuples - tuples} of its ${member.tuples} tuples` : "",
    rejects < member.rejects ? `${member.rejects - rejects} of its ${member.rejects} rejects` : "",
  ].filter(Boolean);
  if (losses.length > 0) lose(`${member.path}: ${losses.join(" and ")} are lost.`);
  const { bytes, sha256, fileSha256, status, reason } = member;
  const isDamaged = losses.length > 0 || !member.whole;
  return {
    bytes,
    sha256,
    fileSha256,
    evidenceAt: null,
    status: isDamaged ? "partial" : status,
    reason: isDamaged ? `recovered from a damaged case: ${losses.join(" and ") || "its row"} lost` : reason,
    content: null,
  };
}
