// From the edges of an answer to what is drawn: nodes, groups and edges within a budget. What does not fit is folded into nodes that
// carry its sum; what was hidden is summed beside. Pure: what is drawn and what is hidden add up to the rows that came in (a test holds
// it), also for an earlier range that is compared.

import type { Row } from "../../../shared/rows.ts";
import type { GraphLook, GraphMeasure } from "../../model/graph-look.ts";
import { finish } from "../../model/steps.ts";
import { edgeSteps } from "./edges.ts";
import type { Arrangement, Budget, Group, Node, Picture, Rows } from "./parts.ts";
import { type Host, handGroupsOf, INTERNET, orderOf, type Standing, standingOf } from "./standing.ts";
import { addRow, addSums, less, measured, noSums, type Summing } from "./sums.ts";
import type { Weight, Weights } from "./weights.ts";

type Leaf = { readonly standing: Standing; readonly ips: string[] };
type Known = { readonly host: Host; readonly standing: Standing };

export function pictureOf(
  rows: Rows,
  weights: Weights,
  hostOf: (ip: string) => Host,
  arrangement: Arrangement,
  budget: Budget,
): Picture {
  return finish(pictureSteps(rows, weights, hostOf, arrangement, budget));
}

/** Addresses or rows between two places to rest at. */
const STRETCH = 500;

/** The same, a stretch of addresses or rows at a time. */
export function* pictureSteps(
  rows: Rows,
  weights: Weights,
  hostOf: (ip: string) => Host,
  { grouping, look }: Arrangement,
  budget: Budget,
): Generator<void, Picture> {
  const byHand = handGroupsOf(look.groups);
  const known = new Map<string, Known>();
  const zones = new Map<string, Map<string, Leaf>>();
  let met = 0;
  for (const ip of weights.keys()) {
    if (++met % STRETCH === 0) yield;
    const host = hostOf(ip);
    const standing = standingOf(host, grouping, byHand.get(ip));
    known.set(ip, { host, standing });
    const leaves = zones.get(standing.zone) ?? new Map<string, Leaf>();
    zones.set(standing.zone, leaves);
    const id = standing.inner ?? standing.zone;
    const leaf = leaves.get(id);
    if (leaf) leaf.ips.push(ip);
    else leaves.set(id, { standing, ips: [ip] });
  }
  const nodes: Node[] = [];
  const groups: Group[] = [];
  const fold = folder(known, weights, look, rows.before !== null);
  for (const [zone, leaves] of [...zones].sort(([a], [b]) => orderOf(a) - orderOf(b) || (a < b ? -1 : 1))) {
    const all = [...leaves].sort(([a], [b]) => (a < b ? -1 : 1));
    const [, { standing }] = all[0] as (typeof all)[number]; // a zone is made with its first leaf
    const addresses = all.reduce((sum, [, { ips }]) => sum + ips.length, 0);
    const internet = zone === INTERNET;
    groups.push({ id: zone, title: standing.zoneTitle, internet, addresses, zone: null });
    if (look.collapsed.includes(zone)) {
      const members = all.flatMap(([, { ips }]) => ips);
      nodes.push(fold.node(zone, "group", standing.zoneTitle, zone, members));
      continue;
    }
    const each = internet ? budget.internet : Math.max(3, Math.ceil(budget.inside / all.length));
    for (const [id, leaf] of all) {
      if (leaf.standing.inner !== null && look.collapsed.includes(id)) {
        nodes.push(fold.node(id, "group", leaf.standing.innerTitle, zone, leaf.ips));
        continue;
      }
      if (leaf.standing.inner !== null)
        groups.push({ id, title: leaf.standing.innerTitle, internet: false, addresses: leaf.ips.length, zone });
      nodes.push(...(yield* fold.leaf(id, leaf.ips, each)));
    }
  }
  yield;
  const alone = yield* withoutInner(nodes, rows);
  yield;
  return { ...(yield* drawn(alone, rows, look)), groups, endpoints: weights.size };
}

/** An edge between two addresses of one node counts once in its sum, like every other; their weights have it twice. */
function* withoutInner(nodes: readonly Node[], rows: Rows): Generator<void, readonly Node[]> {
  const nodeOf = new Map<string, number>();
  nodes.forEach(({ members }, i) => {
    if (members.length > 1) for (const ip of members) nodeOf.set(ip, i);
  });
  if (nodeOf.size === 0) return nodes;
  const twice = new Map<number, { readonly sums: Summing; before: number }>();
  const innerOf = (row: Row): { readonly sums: Summing; before: number } | null => {
    const at = nodeOf.get(String(row.srcIp));
    if (at === undefined || at !== nodeOf.get(String(row.dstIp)) || row.srcIp === row.dstIp) return null;
    const known = twice.get(at) ?? { sums: noSums(), before: 0 };
    twice.set(at, known);
    return known;
  };
  for (const [i, row] of rows.now.entries()) {
    if (i % STRETCH === 0) yield;
    const inner = innerOf(row);
    if (inner) addRow(inner.sums, row);
  }
  for (const [i, row] of (rows.before ?? []).entries()) {
    if (i % STRETCH === 0) yield;
    const inner = innerOf(row);
    if (inner) inner.before += Number(row.tuples ?? 0);
  }
  return nodes.map((node, i) => {
    const inner = twice.get(i);
    if (!inner) return node;
    const sums = less(node, inner.sums);
    return {
      ...node,
      ...sums,
      bytes: sums.bytesSent + sums.bytesReceived,
      tuplesBefore: node.tuplesBefore - inner.before,
    };
  });
}

/** Without what is hidden, or is not among the only ones. */
function* drawn(
  nodes: readonly Node[],
  rows: Rows,
  look: Pick<GraphLook, "hidden" | "only">,
): Generator<void, Pick<Picture, "nodes" | "edges" | "aside">> {
  const [hidden, only] = [new Set(look.hidden), new Set(look.only)];
  const isShown = (node: Node): boolean =>
    !hidden.has(node.id) && !hidden.has(node.group) && (only.size === 0 || only.has(node.id) || only.has(node.group));
  const shown = nodes.filter(isShown);
  const { edges, aside } = yield* edgeSteps(rows, shown);
  return { nodes: shown, edges, aside: { nodes: nodes.filter((node) => !isShown(node)), ...aside } };
}

/** `rank`: who is held first, then NICs. */
type Weighed = {
  readonly ip: string;
  readonly held: boolean;
  readonly rank: number;
  readonly weight: number;
  readonly tuples: number;
};

type Folder = {
  node(id: string, kind: Node["kind"], label: string, group: string, members: readonly string[]): Node;
  leaf(id: string, ips: readonly string[], budget: number): Generator<void, readonly Node[]>;
};

function folder(
  known: ReadonlyMap<string, Known>,
  weights: Weights,
  look: Arrangement["look"],
  isCompared: boolean,
): Folder {
  const [alone, only, hidden] = [new Set(look.alone), new Set(look.only), new Set(look.hidden)];

  function node(id: string, kind: Node["kind"], label: string, group: string, members: readonly string[]): Node {
    const sums: Summing = noSums();
    let tuplesBefore = 0;
    for (const ip of members) {
      const weight = weights.get(ip);
      if (!weight) continue;
      addSums(sums, weight.sums);
      tuplesBefore += weight.tuplesBefore;
    }
    return { id, kind, label, group, members, ...sums, bytes: sums.bytesSent + sums.bytesReceived, tuplesBefore };
  }

  function single(ip: string, group: string): Node {
    const host = known.get(ip)?.host;
    return node(ip, host?.nic ? "nic" : "address", host?.name ?? ip, group, [ip]);
  }

  /** Drawn alone whatever the budget: who is pinned, was asked for, or was hidden by its own name (to be told as itself). */
  function isHeld(ip: string, each: Known | undefined): boolean {
    return (
      each?.host.pinned === true ||
      alone.has(ip) ||
      only.has(ip) ||
      hidden.has(ip) ||
      (each !== undefined && each.standing.fold !== null && alone.has(each.standing.fold))
    );
  }

  function* leaf(id: string, ips: readonly string[], budget: number): Generator<void, readonly Node[]> {
    const allHeld = alone.has(`${id}/+`);
    const sorted: Weighed[] = [];
    for (const [i, ip] of ips.entries()) {
      if (i % STRETCH === STRETCH - 1) yield;
      const each = known.get(ip);
      const weight = weights.get(ip);
      const held = allHeld || isHeld(ip, each);
      sorted.push({
        ip,
        held,
        rank: (held ? 2 : 0) + (each?.host.nic === true ? 1 : 0),
        weight: weightOf(weight, look.measure, isCompared),
        tuples: weight?.sums.tuples ?? 0,
      });
    }
    yield;
    sorted.sort((a, b) => b.rank - a.rank || b.weight - a.weight || b.tuples - a.tuples || (a.ip < b.ip ? -1 : 1));
    yield;
    const folds = new Map<string, string[]>();
    const held = sorted.filter((each) => each.held).length;
    const fits = sorted.length <= budget;
    // half of the budget for single addresses where the rest can be folded by what they have in common
    const byFold = sorted.some(({ ip }) => known.get(ip)?.standing.fold !== null);
    const room = fits ? sorted.length : Math.max(1, byFold ? Math.ceil(budget / 2) : budget - 1);
    const many = Math.max(room, held);
    const nodes = sorted.slice(0, many).map(({ ip }) => single(ip, id));
    yield;
    const rest = sorted.slice(many).map(({ ip }) => ip);
    if (rest.length === 0) return nodes;
    for (const ip of rest) {
      const key = known.get(ip)?.standing.fold ?? null;
      if (key === null) continue;
      const list = folds.get(key);
      if (list) list.push(ip);
      else folds.set(key, [ip]);
    }
    yield;
    const heaviest = [...folds]
      .map(([key, members]) => {
        const title = known.get(members[0] as string)?.standing.foldTitle ?? key; // a fold has a member
        return members.length === 1 ? single(members[0] as string, id) : node(key, "group", title, id, members);
      })
      .sort(
        (a, b) =>
          measured(b, look.measure) - measured(a, look.measure) || b.tuples - a.tuples || (a.id < b.id ? -1 : 1),
      )
      .slice(0, Math.max(0, budget - nodes.length - 1));
    yield;
    const taken = new Set(heaviest.flatMap(({ members }) => members));
    const left = rest.filter((ip) => !taken.has(ip));
    nodes.push(...heaviest);
    if (left.length > 0) nodes.push(node(`${id}/+`, "others", `+${left.length} others`, id, left));
    return nodes;
  }

  return { node, leaf };
}

/** A host that is gone weighs as much as it did. */
function weightOf(weight: Weight | undefined, measure: GraphMeasure, isCompared: boolean): number {
  if (!weight) return 0;
  return measured(weight.sums, measure) || (isCompared ? weight.tuplesBefore : 0);
}
