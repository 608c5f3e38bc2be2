// What is the same for every question about one state of a case: segments, texts, conversations, members.

import { printIp } from "../../shared/ip.ts";
import { refuseChangedRows } from "../store/changed-rows.ts";
import type { ReadDb } from "../store/database.ts";
import { type Conversations, loadConversations } from "../store/derive.ts";
import { listMembers, listSegments, type MemberRow, type SegmentRow } from "../store/read.ts";
import { isSettled } from "../store/settle.ts";
import { type ContextText, listContexts } from "../store/texts.ts";
import { type Pairs, pairConversations } from "./pairs.ts";
import { type SegmentView, viewSegment } from "./segment-view.ts";
import { withOneSpelling } from "./spellings.ts";
import { BUDGET, viewCache } from "./view-cache.ts";

export type Catalog = {
  readonly db: ReadDb;
  readonly segments: readonly SegmentRow[];
  readonly contexts: ReadonlyMap<number, ContextText>;
  readonly members: ReadonlyMap<number, MemberRow>;
  readonly conversations: Conversations;
  /** Flows are settled (docs/settling.md). */
  readonly isSettled: boolean;
  /** Canonical text of an endpoint. */
  ip(endpoint: number): string;
  /** Which pair of source and destination each conversation is between. */
  pairs(): Pairs;
  view(segment: SegmentRow): SegmentView;
  /** A question begins: what is kept unpacked may change. */
  begin(): void;
};

/** `budget`: bytes of unpacked columns to keep. Throws case-damaged where a row is not as it was written. */
export function openCatalog(db: ReadDb, budget = BUDGET): Catalog {
  refuseChangedRows(db);
  const contexts = new Map(listContexts(db).map((context) => [context.id, context]));
  const segments = listSegments(db);
  const conversations = withOneSpelling(loadConversations(db), contexts);
  const settled = isSettled(db);
  const texts: (string | undefined)[] = [];
  let pairs: Pairs | null = null;
  const cache = viewCache((segment) => viewSegment(db, segment, contexts, conversations.mapOf, settled), budget);
  return {
    db,
    segments,
    contexts,
    members: new Map(listMembers(db).map((member) => [member.id, member])),
    conversations,
    isSettled: settled,
    ip(endpoint) {
      texts[endpoint] ??= printIp(conversations.addresses[endpoint] as Uint8Array);
      return texts[endpoint] as string;
    },
    pairs() {
      pairs ??= pairConversations(conversations);
      return pairs;
    },
    view: cache.of,
    begin: cache.begin,
  };
}

/** The segments of a scope's range, in default order. */
export function* views(catalog: Catalog, from: number | null, to: number | null): Generator<SegmentView> {
  catalog.begin();
  for (const segment of catalog.segments) {
    if ((from === null || segment.lastTime >= from) && (to === null || segment.firstTime < to))
      yield catalog.view(segment);
  }
}
