// Whose address is whose, and when: from the direction of tuples, for a log does not say it.

import { decodeKeys, decodeWhen } from "../segment/encode.ts";
import type { ReadDb } from "../store/database.ts";
import type { Conversations } from "../store/derive.ts";
import { readPart, type SegmentRow } from "../store/read.ts";
import type { ContextText } from "../store/texts.ts";

/** Tuples of a NIC with an address on the NIC's own side, and from when to when (ms). */
type Own = { tuples: number; firstTime: number; lastTime: number };

export type Owner = Readonly<Own> & { readonly nic: string };
export type OwnAddress = Readonly<Own> & { readonly endpoint: number };

/** `nics` of an endpoint and `addresses` of a NIC, the likeliest first. */
export type Owners = {
  readonly nics: ReadonlyMap<number, readonly Owner[]>;
  readonly addresses: ReadonlyMap<string, readonly OwnAddress[]>;
};

/**
 * The address on a NIC's own side is the source of what it sent (O) and the destination of what reached it (I). An appliance that
 * passes traffic on also logs other hosts' addresses there, so an address belongs to the NIC of whose own-side tuples it makes up
 * the largest share; NICs with less than half of that share only pass it on.
 */
export function findOwners(
  db: ReadDb,
  segments: readonly SegmentRow[],
  contexts: ReadonlyMap<number, ContextText>,
  conversations: Conversations,
): Owners {
  const perNic = ownSides(db, segments, contexts, conversations);
  const claims = new Map<number, { owner: Owner; share: number }[]>();
  for (const [nic, addresses] of perNic) {
    let total = 0;
    for (const { tuples } of addresses.values()) total += tuples;
    for (const [endpoint, own] of addresses)
      listIn(claims, endpoint).push({ owner: { nic, ...own }, share: own.tuples / total });
  }
  const nics = new Map<number, readonly Owner[]>();
  const claimed = new Map<string, { address: OwnAddress; share: number }[]>();
  for (const [endpoint, list] of claims) {
    list.sort((a, b) => b.share - a.share || (a.owner.nic < b.owner.nic ? -1 : 1));
    const most = list[0]?.share ?? 0;
    const likely = list.filter(({ share }) => share * 2 >= most);
    nics.set(
      endpoint,
      likely.map(({ owner }) => owner),
    );
    for (const { owner, share } of likely) {
      const { nic, ...own } = owner;
      listIn(claimed, nic).push({ address: { endpoint, ...own }, share });
    }
  }
  const addresses = new Map<string, readonly OwnAddress[]>();
  for (const [nic, list] of claimed) {
    list.sort((a, b) => b.share - a.share || a.address.endpoint - b.address.endpoint);
    addresses.set(
      nic,
      list.map(({ address }) => address),
    );
  }
  return { nics, addresses };
}

/** The likeliest of those that had the address on their own side between the two times (ms, both included); of none of them, the likeliest. */
export function ownerBetween(owners: readonly Owner[], from: number, to: number): string | null {
  const then = owners.find(({ firstTime, lastTime }) => firstTime <= to && lastTime >= from);
  return (then ?? owners[0])?.nic ?? null;
}

/** By NIC and endpoint. */
function ownSides(
  db: ReadDb,
  segments: readonly SegmentRow[],
  contexts: ReadonlyMap<number, ContextText>,
  conversations: Conversations,
): Map<string, Map<number, Own>> {
  const perNic = new Map<string, Map<number, Own>>();
  const { src, dst } = conversations.columns;
  for (const segment of segments) {
    const { keys } = decodeKeys(readPart(db, segment.id, "keys"));
    const { key, time } = decodeWhen(readPart(db, segment.id, "when"));
    const tuples = new Uint32Array(keys.length);
    const first = new Float64Array(keys.length).fill(Number.POSITIVE_INFINITY);
    const last = new Float64Array(keys.length);
    for (let i = 0; i < key.length; i++) {
      const [k, t] = [key[i] as number, time[i] as number];
      tuples[k] = (tuples[k] as number) + 1;
      if (t < (first[k] as number)) first[k] = t;
      if (t > (last[k] as number)) last[k] = t;
    }
    const map = conversations.mapOf(segment.id);
    for (let k = 0; k < keys.length; k++) {
      const nic = contexts.get(segment.contexts[keys.context[k] as number] as number)?.nic ?? null;
      if (nic === null) continue;
      const id = map[k] as number;
      const endpoint = ((keys.flags[k] as number) & 1) === 1 ? (src[id] as number) : (dst[id] as number);
      let own = perNic.get(nic);
      if (!own) {
        own = new Map();
        perNic.set(nic, own);
      }
      const known = own.get(endpoint);
      const here = { tuples: tuples[k] as number, firstTime: first[k] as number, lastTime: last[k] as number };
      if (known) join(known, here);
      else own.set(endpoint, here);
    }
  }
  return perNic;
}

function join(into: Own, other: Own): void {
  into.tuples += other.tuples;
  into.firstTime = Math.min(into.firstTime, other.firstTime);
  into.lastTime = Math.max(into.lastTime, other.lastTime);
}

function listIn<K, V>(lists: Map<K, V[]>, key: K): V[] {
  let list = lists.get(key);
  if (!list) {
    list = [];
    lists.set(key, list);
  }
  return list;
}
