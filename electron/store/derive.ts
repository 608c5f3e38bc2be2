// Derived columns: kept, brought up to date, checked, thrown away. Sources are derived in their order, so that deriving anew
// gives the same bytes; a source that comes or goes leaves those before it untouched.

import {
  addRun,
  type ConversationColumns,
  type ConversationIndex,
  indexSource,
  newIndex,
  type Run,
} from "../analysis/conversation-index.ts";
import {
  decodeConversations,
  decodeEndpoints,
  decodeMap,
  encodeConversations,
  encodeEndpoints,
  encodeMap,
} from "../segment/encode-run.ts";
import { CODEC, sameContent, unpack } from "../segment/frame.ts";
import { checkCopies, deriveCopies, deriveCopiesAnew } from "./copies.ts";
import type { ReadDb, WriteDb } from "./database.ts";
import { listSegments, readPart, type SegmentRow } from "./read.ts";

/** Derives what is missing, one transaction a source. An open source is derived as far as it has come. */
export function deriveMissing(db: WriteDb): void {
  deriveCopies(db);
  const sources = sourcesWithSegments(db);
  const firstMissing = sources.findIndex(({ id, segments }) => !isDerived(db, id, segments));
  if (firstMissing === -1) return;
  const index = newIndex();
  for (const { id } of sources.slice(0, firstMissing)) addRun(index, readRun(db, id));
  for (const { id, segments } of sources.slice(firstMissing)) replaceRun(db, id, segments, runOf(db, index, segments));
}

function replaceRun(db: WriteDb, sourceId: number, segments: readonly SegmentRow[], run: Run): void {
  db.transaction(() => {
    forget(db, sourceId);
    writeRun(db, sourceId, segments, run);
  }).immediate();
}

/** Throws all derived columns away and builds them again; what is killed in the middle of it is not `isAllDerived`. */
export function deriveAnew(db: WriteDb): void {
  deriveCopiesAnew(db);
  db.transaction(() => {
    db.exec("DELETE FROM segment_conversation; DELETE FROM conversation_run; DELETE FROM endpoint_run;");
  }).immediate();
  deriveMissing(db);
}

type SourceSegments = { readonly id: number; readonly segments: readonly SegmentRow[] };

function sourcesWithSegments(db: ReadDb): SourceSegments[] {
  const bySource = new Map<number, SegmentRow[]>();
  for (const segment of listSegments(db)) {
    const list = bySource.get(segment.sourceId);
    if (list) list.push(segment);
    else bySource.set(segment.sourceId, [segment]);
  }
  return [...bySource].sort(([a], [b]) => a - b).map(([id, segments]) => ({ id, segments }));
}

function isDerived(db: ReadDb, sourceId: number, segments: readonly SegmentRow[]): boolean {
  if (db.prepare("SELECT 1 FROM conversation_run WHERE source_id = ?").get(sourceId) === undefined) return false;
  const derived = db
    .prepare("SELECT count(*) FROM segment_conversation JOIN segment ON segment.id = segment_id WHERE source_id = ?")
    .pluck()
    .get(sourceId);
  return derived === segments.length;
}

/** Nothing is missing: no rebuild or undo is in the middle of its work. */
export function isAllDerived(db: ReadDb): boolean {
  return sourcesWithSegments(db).every(({ id, segments }) => isDerived(db, id, segments));
}

function forget(db: WriteDb, sourceId: number): void {
  db.prepare("DELETE FROM segment_conversation WHERE segment_id IN (SELECT id FROM segment WHERE source_id = ?)").run(
    sourceId,
  );
  db.prepare("DELETE FROM conversation_run WHERE source_id = ?").run(sourceId);
  db.prepare("DELETE FROM endpoint_run WHERE source_id = ?").run(sourceId);
}

/** Each segment's key → conversation, and what of it is new. */
function runOf(db: ReadDb, index: ConversationIndex, segments: readonly SegmentRow[]): Run {
  const keys = segments.map(({ id, contexts }) => ({ id, contexts, part: () => unpack(readPart(db, id, "keys")) }));
  return indexSource(
    index,
    keys,
    segments.reduce((sum, { tuples }) => sum + tuples, 0),
  );
}

function writeRun(db: WriteDb, sourceId: number, segments: readonly SegmentRow[], run: Run): void {
  db.prepare("INSERT INTO endpoint_run (source_id, first, endpoints, codec, bytes) VALUES (?, ?, ?, ?, ?)").run(
    sourceId,
    run.firstEndpoint,
    run.v4.length + run.v6.length / 16,
    CODEC,
    encodeEndpoints(run.v4, run.v6),
  );
  db.prepare("INSERT INTO conversation_run (source_id, first, conversations, codec, bytes) VALUES (?, ?, ?, ?, ?)").run(
    sourceId,
    run.firstConversation,
    run.conversations.length,
    CODEC,
    encodeConversations(run.conversations),
  );
  const insert = db.prepare("INSERT INTO segment_conversation (segment_id, codec, bytes) VALUES (?, ?, ?)");
  segments.forEach((segment, i) => {
    insert.run(segment.id, CODEC, encodeMap(run.maps[i] as Uint32Array));
  });
}

function readRun(db: ReadDb, sourceId: number): Pick<Run, "v4" | "v6" | "conversations"> {
  const endpoints = db
    .prepare("SELECT bytes FROM endpoint_run WHERE source_id = ?")
    .pluck()
    .get(sourceId) as Uint8Array;
  const conversations = db
    .prepare("SELECT bytes FROM conversation_run WHERE source_id = ?")
    .pluck()
    .get(sourceId) as Uint8Array;
  return { ...decodeEndpoints(endpoints), conversations: decodeConversations(conversations) };
}

/** Names how conversations are numbered where that is kept. A source that only grew by what was known keeps its numbers. */
export function numberingOf(db: ReadDb): string {
  const runs = db
    .prepare("SELECT source_id, first, conversations FROM conversation_run ORDER BY source_id")
    .raw()
    .all();
  return JSON.stringify(runs);
}

/** Endpoints from `first` on: IPv4 addresses ascending, then IPv6 ones, 16 bytes each. */
export type AddressRun = { readonly first: number; readonly v4: Uint32Array; readonly v6: Uint8Array };

/** All endpoints and conversations, and each segment's key → conversation: as kept, or worked out where it is not kept (yet). */
export type Conversations = {
  readonly endpoints: number;
  readonly columns: ConversationColumns;
  /** Addresses of the endpoints, of one run after another: no object each. */
  readonly runs: readonly AddressRun[];
  mapOf(segmentId: number): Uint32Array;
};

export function loadConversations(db: ReadDb): Conversations {
  const worked = new Map<number, Uint32Array>();
  const sources = sourcesWithSegments(db);
  const runs: Pick<Run, "v4" | "v6" | "conversations">[] = [];
  const firstMissing = sources.findIndex(({ id, segments }) => !isDerived(db, id, segments));
  for (const { id } of firstMissing === -1 ? sources : sources.slice(0, firstMissing)) runs.push(readRun(db, id));
  if (firstMissing !== -1) {
    const index = newIndex(); // only to number what is new: looking everything up takes longer than reading it
    for (const run of runs) addRun(index, run);
    for (const { segments } of sources.slice(firstMissing)) {
      const made = runOf(db, index, segments);
      segments.forEach((segment, i) => {
        worked.set(segment.id, made.maps[i] as Uint32Array);
      });
      runs.push(made);
    }
  }
  let endpoints = 0;
  const addresses = runs.map(({ v4, v6 }): AddressRun => {
    const first = endpoints;
    endpoints += v4.length + v6.length / 16;
    return { first, v4, v6 };
  });
  const statement = db.prepare("SELECT bytes FROM segment_conversation WHERE segment_id = ?").pluck();
  return {
    endpoints,
    columns: joined(runs.map(({ conversations }) => conversations)),
    runs: addresses,
    mapOf: (segmentId) => worked.get(segmentId) ?? decodeMap(statement.get(segmentId) as Uint8Array),
  };
}

/** Runs follow one another, so their columns do. */
function joined(runs: readonly ConversationColumns[]): ConversationColumns {
  const length = runs.reduce((sum, run) => sum + run.length, 0);
  const column = (name: "context" | "src" | "dst" | "service"): Uint32Array => {
    const all = new Uint32Array(length);
    let at = 0;
    for (const run of runs) {
      all.set(run[name], at);
      at += run.length;
    }
    return all;
  };
  return { length, context: column("context"), src: column("src"), dst: column("dst"), service: column("service") };
}

/** Sentences about derived columns that differ from what the segments give; derives everything once more to find out. */
export function checkDerived(db: ReadDb): string[] {
  const findings = checkCopies(db);
  const index = newIndex();
  const sources = sourcesWithSegments(db);
  for (const { id, segments } of sources) {
    const run = runOf(db, index, segments);
    const endpoints = db.prepare("SELECT first, endpoints AS count, bytes FROM endpoint_run WHERE source_id = ?");
    const conversations = db.prepare(
      "SELECT first, conversations AS count, bytes FROM conversation_run WHERE source_id = ?",
    );
    const { firstEndpoint, v4, v6, firstConversation, conversations: made } = run;
    if (!isRun(endpoints.get(id), firstEndpoint, v4.length + v6.length / 16, encodeEndpoints(v4, v6)))
      findings.push(`The endpoints of source ${id} differ from its segments.`);
    if (!isRun(conversations.get(id), firstConversation, made.length, encodeConversations(made)))
      findings.push(`The conversations of source ${id} differ from its segments.`);
    segments.forEach((segment, i) => {
      const map = db.prepare("SELECT bytes FROM segment_conversation WHERE segment_id = ?").pluck().get(segment.id);
      if (!(map instanceof Uint8Array && sameContent(map, encodeMap(run.maps[i] as Uint32Array))))
        findings.push(`The conversations of segment ${segment.id} differ from its keys.`);
    });
  }
  const segments = sources.reduce((sum, source) => sum + source.segments.length, 0);
  const expected = { endpoint_run: sources.length, conversation_run: sources.length, segment_conversation: segments };
  for (const [table, rows] of Object.entries(expected)) {
    const there = db.prepare(`SELECT count(*) FROM ${table}`).pluck().get() as number;
    if (there !== rows) findings.push(`Table ${table} has ${there} rows, not ${rows}.`);
  }
  return findings;
}

function isRun(row: unknown, first: number, count: number, bytes: Uint8Array): boolean {
  const kept = row as { readonly first: number; readonly count: number; readonly bytes: Uint8Array } | undefined; // as selected
  return kept !== undefined && kept.first === first && kept.count === count && sameContent(kept.bytes, bytes);
}
