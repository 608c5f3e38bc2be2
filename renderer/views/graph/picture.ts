// From the edges of an answer to what is drawn: nodes, groups and edges within a budget. What does not fit is folded into nodes that
// carry its sum; nothing is left out. Pure: the sums of what is drawn are those of the rows that came in (a test holds it).

import type { Row } from "../../../shared/rows.ts";
import type { Grouping } from "../../model/view.ts";

/** What is known of an address; pinned ones (selected, noted, with a status) are never folded. */
export type Host = {
  readonly nic: boolean;
  readonly name: string;
  readonly isPublic: boolean;
  readonly country: string | null;
  readonly countryName: string | null;
  readonly network: string | null;
  readonly subnet: string | null;
  readonly pinned: boolean;
};

export type Sums = {
  readonly tuples: number;
  readonly allowed: number;
  readonly denied: number;
  readonly bytesSent: number;
  readonly bytesReceived: number;
};

export type Node = {
  readonly id: string;
  readonly kind: "nic" | "address" | "country" | "others";
  readonly label: string;
  readonly group: string;
  /** Addresses it stands for; one for a single address. */
  readonly members: readonly string[];
  readonly bytes: number;
  readonly tuples: number;
};

export type Edge = Sums & {
  readonly source: number;
  readonly target: number;
  /** Source and destination where it stands for one edge; else null. */
  readonly one: { readonly src: string; readonly dst: string } | null;
  /** Edges of the answer it stands for. */
  readonly edges: number;
};

export type Group = {
  readonly id: string;
  readonly title: string;
  readonly internet: boolean;
  readonly addresses: number;
};

export type Picture = {
  readonly nodes: readonly Node[];
  readonly edges: readonly Edge[];
  readonly groups: readonly Group[];
  readonly endpoints: number;
};

/** Nodes to draw: in the Internet's box, and in each other group. */
export type Budget = { readonly internet: number; readonly inside: number };

const INTERNET = "Internet";
const OTHERS = "Other addresses";

/** `weights`: of the rows' endpoints. */
export function pictureOf(
  rows: readonly Row[],
  weights: Weights,
  hostOf: (ip: string) => Host,
  grouping: Grouping,
  budget: Budget,
): Picture {
  const hosts = new Map([...weights.keys()].map((ip) => [ip, hostOf(ip)])); // each is looked at many times
  const host = (ip: string): Host => hosts.get(ip) ?? hostOf(ip);
  const byGroup = new Map<string, string[]>();
  for (const ip of weights.keys()) {
    const group = groupOf(host(ip), grouping);
    const list = byGroup.get(group);
    if (list) list.push(ip);
    else byGroup.set(group, [ip]);
  }
  const nodes: Node[] = [];
  const nodeOf = new Map<string, number>();
  const groups: Group[] = [];
  for (const [group, ips] of [...byGroup].sort(([a], [b]) => order(a) - order(b) || (a < b ? -1 : 1))) {
    const internet = group === INTERNET;
    groups.push({ id: group, title: group, internet, addresses: ips.length });
    for (const node of nodesOf(group, ips, host, weights, internet ? budget.internet : budget.inside)) {
      for (const ip of node.members) nodeOf.set(ip, nodes.length);
      nodes.push(node);
    }
  }
  return { nodes, edges: edgesOf(rows, nodeOf, nodes.length), groups, endpoints: weights.size };
}

function order(group: string): number {
  return group === INTERNET ? 0 : group === OTHERS ? 2 : 1;
}

function groupOf(host: Host, grouping: Grouping): string {
  if (grouping === "none") return "";
  if (host.isPublic) return INTERNET;
  if (grouping === "country") return "Inside";
  if (host.network === null) return OTHERS;
  return host.subnet === null ? host.network : `${host.network} ▸ ${host.subnet}`;
}

type Weight = { bytes: number; tuples: number };
export type Weights = ReadonlyMap<string, Readonly<Weight>>;

/** What each endpoint of the rows sent and received; what it sent itself counts once. */
export function weightsOf(rows: readonly Row[]): Weights {
  const weights = new Map<string, Weight>();
  const add = (ip: string, bytes: number, tuples: number): void => {
    const weight = weights.get(ip);
    if (weight) {
      weight.bytes += bytes;
      weight.tuples += tuples;
    } else weights.set(ip, { bytes, tuples });
  };
  for (const row of rows) {
    const [src, dst] = [String(row.srcIp), String(row.dstIp)];
    const bytes = num(row.bytesSent) + num(row.bytesReceived);
    add(src, bytes, num(row.tuples));
    if (dst !== src) add(dst, bytes, num(row.tuples));
  }
  return weights;
}

/** Half of the budget for single addresses, the rest for countries; the last for what is left. */
function nodesOf(
  group: string,
  ips: readonly string[],
  host: (ip: string) => Host,
  weights: Weights,
  budget: number,
): readonly Node[] {
  const weight = (ip: string): Readonly<Weight> => weights.get(ip) ?? { bytes: 0, tuples: 0 };
  const sorted = ips
    .map((ip) => ({ ip, host: host(ip), weight: weight(ip) }))
    .sort(
      (a, b) =>
        Number(b.host.pinned) - Number(a.host.pinned) ||
        Number(b.host.nic) - Number(a.host.nic) ||
        b.weight.bytes - a.weight.bytes ||
        b.weight.tuples - a.weight.tuples ||
        (a.ip < b.ip ? -1 : 1),
    )
    .map(({ ip }) => ip);
  const fits = sorted.length <= budget;
  const byCountry = group === INTERNET || group === "";
  const single = fits ? sorted.length : Math.max(1, byCountry ? Math.ceil(budget / 2) : budget - 1);
  const pinned = sorted.filter((ip) => host(ip).pinned).length;
  const alone = sorted.slice(0, Math.max(single, pinned));
  const rest = sorted.slice(alone.length);
  const nodes = alone.map((ip): Node => {
    const { nic, name } = host(ip);
    return { id: ip, kind: nic ? "nic" : "address", label: name, group, members: [ip], ...weight(ip) };
  });
  if (rest.length === 0) return nodes;
  const countries = byCountry ? fold(rest, (ip) => host(ip).country) : [];
  const room = Math.max(0, budget - nodes.length - 1);
  const heaviest = countries
    .map(([country, members]) => ({ country, members, ...sumOf(members, weight) }))
    .sort((a, b) => b.bytes - a.bytes || b.tuples - a.tuples || (a.country < b.country ? -1 : 1))
    .slice(0, room);
  for (const { country, members, bytes, tuples } of heaviest)
    nodes.push({
      id: `${group} ${country}`,
      kind: "country",
      label: host(members[0] ?? "").countryName ?? country,
      group,
      members,
      bytes,
      tuples,
    });
  const taken = new Set(heaviest.flatMap(({ members }) => members));
  const left = rest.filter((ip) => !taken.has(ip));
  if (left.length > 0)
    nodes.push({
      id: `${group} others`,
      kind: "others",
      label: `+${left.length} others`,
      group,
      members: left,
      ...sumOf(left, weight),
    });
  return nodes;
}

function fold(ips: readonly string[], by: (ip: string) => string | null): [string, string[]][] {
  const folded = new Map<string, string[]>();
  for (const ip of ips) {
    const key = by(ip);
    if (key === null) continue;
    const list = folded.get(key);
    if (list) list.push(ip);
    else folded.set(key, [ip]);
  }
  return [...folded];
}

function sumOf(ips: readonly string[], weight: (ip: string) => Readonly<Weight>): Weight {
  const sum = { bytes: 0, tuples: 0 };
  for (const ip of ips) {
    sum.bytes += weight(ip).bytes;
    sum.tuples += weight(ip).tuples;
  }
  return sum;
}

type Summing = { -readonly [Field in keyof Edge]: Edge[Field] };

function edgesOf(rows: readonly Row[], nodeOf: ReadonlyMap<string, number>, nodes: number): readonly Edge[] {
  const edges = new Map<number, Summing>();
  for (const row of rows) {
    const [src, dst] = [String(row.srcIp), String(row.dstIp)];
    const source = nodeOf.get(src) ?? 0;
    const target = nodeOf.get(dst) ?? 0;
    const key = source * nodes + target;
    let edge = edges.get(key);
    if (edge) edge.one = null;
    else {
      const none = { tuples: 0, allowed: 0, denied: 0, bytesSent: 0, bytesReceived: 0 };
      edge = { source, target, one: { src, dst }, edges: 0, ...none };
      edges.set(key, edge);
    }
    edge.edges += 1;
    edge.tuples += num(row.tuples);
    edge.allowed += num(row.allowed);
    edge.denied += num(row.denied);
    edge.bytesSent += num(row.bytesSent);
    edge.bytesReceived += num(row.bytesReceived);
  }
  return [...edges.values()];
}

function num(value: Row[string] | undefined): number {
  return typeof value === "number" ? value : 0;
}
