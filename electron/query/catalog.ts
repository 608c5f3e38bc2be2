// What is the same for every question about one state of a case: segments, texts, conversations, members, whose address is whose.

import { printIp } from "../../shared/ip.ts";
import { decodeKeys, decodeWhen } from "../segment/encode.ts";
import { refuseChangedRows } from "../store/changed-rows.ts";
import type { ReadDb } from "../store/database.ts";
import { type Conversations, loadConversations } from "../store/derive.ts";
import { listMembers, listSegments, type MemberRow, readPart, type SegmentRow } from "../store/read.ts";
import { isSettled } from "../store/settle.ts";
import { type ContextText, listContexts } from "../store/texts.ts";
import { type Pairs, pairConversations } from "./pairs.ts";
import { type SegmentView, viewSegment } from "./segment-view.ts";
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
  /** NICs that an address belongs to, the likeliest first; from direction (CLI contract), see `findOwners`. */
  nics(endpoint: number): readonly string[];
  /** Endpoints that may belong to a NIC, those of which it has the largest share of its own-side tuples first. */
  addresses(nic: string): readonly number[];
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
  const conversations = loadConversations(db);
  const settled = isSettled(db);
  const texts: (string | undefined)[] = [];
  let owners: Owners | null = null;
  const owned = (): Owners => {
    owners ??= findOwners(db, segments, contexts, conversations);
    return owners;
  };
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
    nics(endpoint) {
      return owned().nics.get(endpoint) ?? [];
    },
    addresses(nic) {
      return owned().endpoints.get(nic) ?? [];
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

/** `nics` of an endpoint and `endpoints` of a NIC, the likeliest first. */
type Owners = {
  readonly nics: ReadonlyMap<number, readonly string[]>;
  readonly endpoints: ReadonlyMap<string, readonly number[]>;
};

/**
 * The address on a NIC's own side is the source of what it sent (O) and the destination of what reached it (I). An appliance that
 * passes traffic on also logs other hosts' addresses there, so an address belongs to the NIC of whose own-side tuples it makes up
 * the largest share; NICs with less than half of that share only pass it on.
 */
function findOwners(
  db: ReadDb,
  segments: readonly SegmentRow[],
  contexts: ReadonlyMap<number, ContextText>,
  conversations: Conversations,
): Owners {
  const perNic = new Map<string, Map<number, number>>();
  const { src, dst } = conversations.columns;
  for (const segment of segments) {
    const { keys } = decodeKeys(readPart(db, segment.id, "keys"));
    const tuplesOf = new Uint32Array(keys.length);
    for (const k of decodeWhen(readPart(db, segment.id, "when")).key) tuplesOf[k] = (tuplesOf[k] as number) + 1;
    const map = conversations.mapOf(segment.id);
    for (let k = 0; k < keys.length; k++) {
      const nic = contexts.get(segment.contexts[keys.context[k] as number] as number)?.nic ?? null;
      if (nic === null) continue;
      const id = map[k] as number;
      const own = ((keys.flags[k] as number) & 1) === 1 ? (src[id] as number) : (dst[id] as number);
      let addresses = perNic.get(nic);
      if (!addresses) {
        addresses = new Map();
        perNic.set(nic, addresses);
      }
      addresses.set(own, (addresses.get(own) ?? 0) + (tuplesOf[k] as number));
    }
  }
  const claims = new Map<number, { nic: string; share: number }[]>();
  for (const [nic, addresses] of perNic) {
    let total = 0;
    for (const tuples of addresses.values()) total += tuples;
    for (const [endpoint, tuples] of addresses) {
      const claim = { nic, share: tuples / total };
      const others = claims.get(endpoint);
      if (others) others.push(claim);
      else claims.set(endpoint, [claim]);
    }
  }
  const nics = new Map<number, readonly string[]>();
  const claimed = new Map<string, { endpoint: number; share: number }[]>();
  for (const [endpoint, list] of claims) {
    list.sort((a, b) => b.share - a.share || (a.nic < b.nic ? -1 : 1));
    const most = list[0]?.share ?? 0;
    const likely = list.filter(({ share }) => share * 2 >= most);
    nics.set(
      endpoint,
      likely.map(({ nic }) => nic),
    );
    for (const { nic, share } of likely) {
      const others = claimed.get(nic);
      if (others) others.push({ endpoint, share });
      else claimed.set(nic, [{ endpoint, share }]);
    }
  }
  const endpoints = new Map<string, readonly number[]>();
  for (const [nic, list] of claimed) {
    list.sort((a, b) => b.share - a.share || a.endpoint - b.endpoint);
    endpoints.set(
      nic,
      list.map(({ endpoint }) => endpoint),
    );
  }
  return { nics, endpoints };
}
