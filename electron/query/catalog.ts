// What is the same for every question about one state of a case: segments, texts, conversations, members.

import { randomUUID } from "node:crypto";
import { printIp } from "../../shared/ip.ts";
import { activityOf, type SegmentActivity } from "../analysis/activity.ts";
import { type ActivityReader, keptActivity, keptInPart } from "../store/activity.ts";
import { refuseChangedRows } from "../store/changed-rows.ts";
import type { ReadDb } from "../store/database.ts";
import { type Conversations, isAllDerived, loadConversations, numberingOf } from "../store/derive.ts";
import { property } from "../store/fingerprint.ts";
import { listMembers, listSegments, type MemberRow, type SegmentRow } from "../store/read.ts";
import { isSettled } from "../store/settle.ts";
import { type ContextText, listContexts } from "../store/texts.ts";
import { type Activity, gatherActivity } from "./activity.ts";
import { addressOf } from "./endpoints.ts";
import { inPairOrder, type Pairs, pairsIn } from "./pair-order.ts";
import { type SegmentView, viewSegment } from "./segment-view.ts";
import { withOneSpelling } from "./spellings.ts";
import { BUDGET, viewCache } from "./view-cache.ts";

/** Texts of addresses kept: what a page shows, and more. */
const KEPT_TEXTS = 200_000;

/** The share of the budget that activity may take; the rest is for columns of tuples. */
const ACTIVITY = 0.9;

/** And the share of what activity leaves that rows taken by filters may take. */
const TAKEN = 0.25;

export type Catalog = {
  readonly db: ReadDb;
  /** Names what is in it: the same for the same evidence, another where that is still being added. */
  readonly state: string;
  /** When it was opened (`performance.now()`), and how long it took to make what it keeps. */
  made(): { readonly at: number; readonly tookMs: number };
  /** Whether all that it was made of is there as it was, whatever has come since. */
  isStillSo(): boolean;
  readonly segments: readonly SegmentRow[];
  readonly contexts: ReadonlyMap<number, ContextText>;
  readonly members: ReadonlyMap<number, MemberRow>;
  readonly conversations: Conversations;
  /** Flows are settled (docs/settling.md). */
  readonly isSettled: boolean;
  /** Canonical text of an endpoint. */
  ip(endpoint: number): string;
  /** Which pair of source and destination each conversation is between; those of one pair stand together. */
  pairs(): Pairs;
  /** Null where nothing of it fits in memory. */
  activity(): Activity | null;
  /** Of each conversation: its place in the order of first tuples. */
  ranks(): Uint32Array;
  view(segment: SegmentRow): SegmentView;
  /** Bytes that may be kept of what filters take (taken-rows.ts). */
  roomForRows(): number;
  /** A question begins: what is kept unpacked may change. */
  begin(): void;
};

/** `budget`: bytes of unpacked columns to keep. Throws case-damaged where a row is not as it was written. */
export function openCatalog(db: ReadDb, budget = BUDGET): Catalog {
  return db.transaction(() => catalogOf(db, budget))(); // one state of it, whoever writes
}

function catalogOf(db: ReadDb, budget: number): Catalog {
  refuseChangedRows(db);
  const at = performance.now();
  const numbering = numberingOf(db);
  const contexts = new Map(listContexts(db).map((context) => [context.id, context]));
  const segments = listSegments(db);
  const conversations = inPairOrder(withOneSpelling(loadConversations(db), contexts));
  const settled = isSettled(db);
  const texts = new Map<number, string>();
  let activity: Activity | null | undefined;
  let tookMs = performance.now() - at;
  let ranks: Uint32Array | null = null;
  let pairs: Pairs | null = null;
  const cache = viewCache((segment) => viewSegment(db, segment, contexts, conversations.mapOf, settled), budget);
  return {
    db,
    state: (settled && isAllDerived(db) ? property(db, "fingerprint") : null) ?? randomUUID(),
    made: () => ({ at, tookMs }),
    isStillSo() {
      const there = new Set(listSegments(db).map(({ id }) => id));
      return segments.every(({ id }) => there.has(id)) && numberingOf(db) === numbering;
    },
    segments,
    contexts,
    members: new Map(listMembers(db).map((member) => [member.id, member])),
    conversations,
    isSettled: settled,
    ip(endpoint) {
      const known = texts.get(endpoint);
      if (known !== undefined) return known;
      const text = printIp(addressOf(conversations, endpoint));
      if (texts.size >= KEPT_TEXTS) texts.clear();
      texts.set(endpoint, text);
      return text;
    },
    activity() {
      if (activity === undefined) {
        const begin = performance.now();
        const worked = activityOfTuples((segment) => viewSegment(db, segment, contexts, conversations.mapOf, settled));
        activity = db.transaction(() =>
          gatherActivity(
            segments,
            conversations.columns.length,
            ({ id }) => conversations.mapOf(id),
            settled ? (keptActivity(db) ?? worked) : keptInPart(db, worked),
            budget * ACTIVITY,
          ),
        )();
        cache.shrinkTo((budget - (activity?.bytes ?? 0)) * (1 - TAKEN));
        tookMs += performance.now() - begin;
      }
      return activity;
    },
    pairs() {
      pairs ??= pairsIn(conversations);
      return pairs;
    },
    ranks() {
      ranks ??= rankConversations(segments, conversations);
      return ranks;
    },
    view: cache.of,
    roomForRows: () => (budget - (activity?.bytes ?? 0)) * TAKEN,
    begin: cache.begin,
  };
}

/** The segments of a scope's range, in default order; of these, those that `takes` takes by their number. */
export function* views(
  catalog: Catalog,
  from: number | null,
  to: number | null,
  takes: (segment: number) => boolean = () => true,
): Generator<SegmentView> {
  catalog.begin();
  for (const [number, segment] of catalog.segments.entries()) {
    if (takes(number) && (from === null || segment.lastTime >= from) && (to === null || segment.firstTime < to))
      yield catalog.view(segment);
  }
}

/** Where it is not kept (yet): worked out. What was worked out last is kept, up to so many tuples, for it is asked for twice. */
function activityOfTuples(viewOf: (segment: SegmentRow) => SegmentView): ActivityReader {
  const made = new Map<number, { readonly activity: SegmentActivity | null; readonly hasAdjusted: boolean }>();
  let tuples = 0;
  const of = (segment: SegmentRow): { readonly activity: SegmentActivity | null; readonly hasAdjusted: boolean } => {
    const known = made.get(segment.id);
    if (known) return known;
    const view = viewOf(segment);
    const { flags } = view.keys;
    const activity = activityOf({ flags, ...view.when, marks: view.marks(), ...view.counters() });
    const own = { activity, hasAdjusted: view.hasAdjusted() };
    tuples += segment.tuples;
    if (tuples <= KEPT_TUPLES) made.set(segment.id, own);
    return own;
  };
  return {
    counts(segment) {
      const { activity, hasAdjusted } = of(segment);
      return { counts: activity, hasAdjusted };
    },
    whole: (segment) => of(segment).activity as SegmentActivity, // only asked of one that has it
  };
}

const KEPT_TUPLES = 16_000_000;

/** Keys of a segment stand in the order of their first tuples. */
function rankConversations(segments: readonly SegmentRow[], { columns, mapOf }: Conversations): Uint32Array {
  const ranks = new Uint32Array(columns.length);
  let next = 1;
  for (const { id } of segments)
    for (const conversation of mapOf(id)) if (ranks[conversation] === 0) ranks[conversation] = next++;
  return ranks;
}
