// What the logs tell of each NIC: its addresses, where the targets of its flow logs say it stands, and the hours it is silent in.

import type { Nic } from "../../shared/contract.ts";
import { HOUR } from "../segment/columns.ts";
import { recordFinder } from "../store/record-finder.ts";
import { type Catalog, views } from "./catalog.ts";
import { addressesOf } from "./owners.ts";
import type { SegmentView } from "./segment-view.ts";

/** An appliance may pass on thousands of addresses that no other NIC owns. */
const MOST_ADDRESSES = 64;

/** What is gathered of a NIC. `hours`: of records that hold tuples of it, by the records' own times. */
type Seen = {
  tuples: number;
  firstTime: number;
  lastTime: number;
  readonly hours: Set<number>;
  /** Tuples by context id: which flow log logged it most. */
  readonly contexts: Map<number, number>;
};

/**
 * In order of their addresses (MAC). Gaps go by the times of records, for the first record of an hour holds the last tuples of the
 * hour before; where a record has no time, by those of its tuples.
 */
export function listNics(catalog: Catalog): readonly Nic[] {
  const known = listed.get(catalog);
  if (known) return known;
  const seen = new Map<string, Seen>();
  const timeOf = recordTimes(catalog);
  for (const view of views(catalog, null, null)) addSegment(seen, view, timeOf);
  const nics = [...seen]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([nic, each]): Nic => {
      const contexts = [...each.contexts].sort(([a, x], [b, y]) => y - x || a - b);
      const logs = contexts.flatMap(([id]) => catalog.contexts.get(id) ?? []);
      const targets = distinct(logs.map(({ target }) => target));
      const own = addressesOf(catalog, nic);
      return {
        nic,
        addresses: own.slice(0, MOST_ADDRESSES).map(({ endpoint, ...rest }) => ({ ip: catalog.ip(endpoint), ...rest })),
        moreAddresses: Math.max(0, own.length - MOST_ADDRESSES),
        ...standingOf(targets),
        flowLogs: distinct(logs.map(({ flowLog, guid }) => flowLog ?? guid)),
        targets: targets.map((id) => ({ kind: kindOf(id), id })),
        acls: distinct(logs.map(({ acl }) => acl)),
        tuples: each.tuples,
        firstTime: each.firstTime,
        lastTime: each.lastTime,
        ...stretchesOf(each.hours),
      };
    });
  listed.set(catalog, nics);
  return nics;
}

// Every tuple is looked at for this list, and it stays the same as long as the catalog does.
const listed = new WeakMap<Catalog, readonly Nic[]>();

function addSegment(seen: Map<string, Seen>, view: SegmentView, timeOf: RecordTime): void {
  const { key, time } = view.when;
  const { member, record } = view.place();
  const { context } = view.keys;
  const { contexts, firstMemberId } = view.segment;
  const nics = Array.from(contexts, (_, c) => seenOf(seen, view, c));
  let before = -1;
  for (let i = 0; i < key.length; i++) {
    const c = context[key[i] as number] as number;
    const nic = nics[c];
    if (!nic) continue;
    const t = time[i] as number;
    nic.tuples++;
    if (t < nic.firstTime) nic.firstTime = t;
    if (t > nic.lastTime) nic.lastTime = t;
    const id = contexts[c] as number;
    nic.contexts.set(id, (nic.contexts.get(id) ?? 0) + 1);
    const isSame = i > 0 && before === c && member[i] === member[i - 1] && record[i] === record[i - 1];
    before = c;
    if (isSame) continue;
    const logged = timeOf(firstMemberId + (member[i] as number), record[i] as number);
    nic.hours.add(Math.floor((logged === -1 ? t : logged) / HOUR));
  }
}

function seenOf(seen: Map<string, Seen>, view: SegmentView, context: number): Seen | null {
  const nic = view.texts[context]?.nic ?? null;
  if (nic === null) return null;
  const known = seen.get(nic);
  if (known) return known;
  const fresh = {
    tuples: 0,
    firstTime: Number.POSITIVE_INFINITY,
    lastTime: Number.NEGATIVE_INFINITY,
    hours: new Set<number>(),
    contexts: new Map<number, number>(),
  };
  seen.set(nic, fresh);
  return fresh;
}

/** A record's own time in ms; −1 where it has none. */
type RecordTime = (memberId: number, record: number) => number;

function recordTimes(catalog: Catalog): RecordTime {
  const find = recordFinder(catalog.db);
  return (memberId, record) => {
    const found = find(memberId, record);
    return found ? (found.run.time[found.row] as number) : -1;
  };
}

type Standing = Pick<Nic, "network" | "subnet" | "name">;

/** From resource ids of targets, the first that says so; a GUID or an id of another thing says nothing. Printed as logged. */
function standingOf(targets: readonly string[]): Standing {
  const first = (type: string): string | null => {
    for (const target of targets) {
      const parts = target.split("/");
      const at = parts.findIndex((part) => part.toLowerCase() === type);
      if (at !== -1 && parts[at + 1]) return parts[at + 1] ?? null;
    }
    return null;
  };
  return { network: first("virtualnetworks"), subnet: first("subnets"), name: first("networkinterfaces") };
}

/** Each once, whatever its spelling, as first met. */
function distinct(ids: readonly (string | null)[]): string[] {
  const met = new Map<string, string>();
  for (const id of ids) if (id !== null && !met.has(id.toLowerCase())) met.set(id.toLowerCase(), id);
  return [...met.values()];
}

/** By the last type in a resource id: a subnet's id goes through its network's. */
function kindOf(target: string): Nic["targets"][number]["kind"] {
  const types = target
    .toLowerCase()
    .split("/")
    .filter((part) => part in KINDS);
  return KINDS[types.at(-1) ?? ""] ?? "other";
}

const KINDS: Readonly<Record<string, Nic["targets"][number]["kind"]>> = {
  virtualnetworks: "virtual network",
  subnets: "subnet",
  networkinterfaces: "network interface",
  networksecuritygroups: "network security group",
};

/** Hours that are there, and those between the first and the last that are not, next ones joined: half-open, in ms. */
function stretchesOf(hours: ReadonlySet<number>): Pick<Nic, "logged" | "gaps"> {
  const logged: { from: number; to: number }[] = [];
  const gaps: { from: number; to: number }[] = [];
  for (const hour of [...hours].sort((a, b) => a - b)) {
    const last = logged.at(-1);
    if (last?.to === hour * HOUR) last.to += HOUR;
    else {
      if (last) gaps.push({ from: last.to, to: hour * HOUR });
      logged.push({ from: hour * HOUR, to: (hour + 1) * HOUR });
    }
  }
  return { logged, gaps };
}
