// Whose address is whose, and when: from the direction of tuples, for a log does not say it.

import { EVERYTHING } from "../../shared/scope.ts";
import type { Catalog } from "./catalog.ts";
import { newSums, type Sums } from "./group-sums.ts";
import { inScope } from "./in-scope.ts";
import { scanOf } from "./scan.ts";
import { scanSums } from "./scan-sums.ts";
import { withAllTuples } from "./sums.ts";

/** Tuples of a NIC with an address on the NIC's own side, and from when to when (ms). */
type Own = { tuples: number; firstTime: number; lastTime: number };

type Owner = Readonly<Own> & { readonly nic: string };
type OwnAddress = Readonly<Own> & { readonly endpoint: number };

/** `nics` of an endpoint and `addresses` of a NIC, the likeliest first. */
type Owners = {
  readonly nics: ReadonlyMap<number, readonly Owner[]>;
  readonly addresses: ReadonlyMap<string, readonly OwnAddress[]>;
};

// The same as long as the catalog is.
const found = new WeakMap<Catalog, Owners>();

function ownersIn(catalog: Catalog): Owners {
  const known = found.get(catalog) ?? findOwners(catalog);
  found.set(catalog, known);
  return known;
}

/** NICs that an address belongs to, the likeliest first. */
export function nicsOf(catalog: Catalog, endpoint: number): readonly Owner[] {
  return ownersIn(catalog).nics.get(endpoint) ?? [];
}

/** Endpoints that may belong to a NIC, those of which it has the largest share of its own-side tuples first. */
export function addressesOf(catalog: Catalog, nic: string): readonly OwnAddress[] {
  return ownersIn(catalog).addresses.get(nic) ?? [];
}

/**
 * The address on a NIC's own side is the source of what it sent (O) and the destination of what reached it (I). An appliance that
 * passes traffic on also logs other hosts' addresses there, so an address belongs to the NIC of whose own-side tuples it makes up
 * the largest share; NICs with less than half of that share only pass it on.
 */
function findOwners(catalog: Catalog): Owners {
  const perNic = ownSides(catalog);
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

/** Conversations whose sums are held at a time: those of a large case would take half a gigabyte. */
const STRETCH = 1 << 15;

/** By NIC and endpoint: sums of conversations, each of which has one NIC, and one end on its own side. */
function ownSides(catalog: Catalog): Map<string, Map<number, Own>> {
  const perNic = new Map<string, Map<number, Own>>();
  const scope = inScope(catalog, EVERYTHING);
  const scan = scanOf(catalog, scope);
  const { length } = catalog.conversations.columns;
  const sums = newSums(STRETCH);
  withAllTuples(catalog, scope, scan, (byTuple) => {
    for (let from = 0; from < length; from += STRETCH) {
      sums.length = 0;
      scanSums(catalog, scope, scan, "conversation", byTuple, { from, to: Math.min(length, from + STRETCH) }, sums);
      addSides(catalog, sums, perNic);
    }
  });
  return perNic;
}

function addSides(catalog: Catalog, sums: Sums, perNic: Map<string, Map<number, Own>>): void {
  const { context, src, dst, service } = catalog.conversations.columns;
  for (let i = 0; i < sums.length; i++) {
    const id = sums.id[i] as number;
    const nic = catalog.contexts.get(context[id] as number)?.nic ?? null;
    if (nic === null) continue;
    const isOutbound = (((service[id] as number) >>> 24) & 1) === 1;
    const endpoint = (isOutbound ? src[id] : dst[id]) as number;
    let own = perNic.get(nic);
    if (!own) {
      own = new Map();
      perNic.set(nic, own);
    }
    const here = {
      tuples: sums.tuples[i] as number,
      firstTime: sums.firstTime[i] as number,
      lastTime: sums.lastTime[i] as number,
    };
    const known = own.get(endpoint);
    if (known) join(known, here);
    else own.set(endpoint, here);
  }
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
