// Rows of an answer added up by the nodes their ends stand in; rows with an end that is not drawn are added up aside.

import type { Row } from "../../../shared/rows.ts";
import type { Edge, Node, Picture, Rows } from "./parts.ts";
import { addRow, encryptionIn, encryptions, noSums, type Summing } from "./sums.ts";

type Making = Summing & {
  readonly source: number;
  readonly target: number;
  one: Edge["one"];
  edges: number;
  readonly encryption: number[];
  readonly before: Summing | null;
};

const NOT_TOLD: number[] = encryptions.map(() => 0); // shared: never added to

type Aside = { edges: number; readonly sums: Summing; readonly before: Summing };

/** Rows between two places to rest at. */
const STRETCH = 500;

export function* edgeSteps(
  rows: Rows,
  nodes: readonly Node[],
): Generator<void, { readonly edges: readonly Edge[]; readonly aside: Omit<Picture["aside"], "nodes"> }> {
  const nodeOf = new Map<string, number>();
  nodes.forEach(({ members }, i) => {
    for (const ip of members) nodeOf.set(ip, i);
  });
  const edges = new Map<number, Making>();
  const pairs = new Set<string>();
  const aside: Aside = { edges: 0, sums: noSums(), before: noSums() };
  const isCompared = rows.before !== null;
  const tellsEncryption = rows.now[0]?.encryption !== undefined;
  const mayRepeat = isCompared || tellsEncryption;

  /** Null: it is not drawn. A pair may have several rows (one an encryption): it is one edge of the answer. */
  function edgeOf(row: Row): Making | null {
    const [src, dst] = [String(row.srcIp), String(row.dstIp)];
    const pair = mayRepeat ? `${src} ${dst}` : "";
    const isNew = !mayRepeat || !pairs.has(pair);
    if (mayRepeat) pairs.add(pair);
    const [source, target] = [nodeOf.get(src), nodeOf.get(dst)];
    if (source === undefined || target === undefined) {
      if (isNew) aside.edges += 1;
      return null;
    }
    const key = source * nodes.length + target;
    const known = edges.get(key);
    if (known) {
      if (!isNew) return known;
      known.one = null;
      known.edges += 1;
      return known;
    }
    const made: Making = {
      source,
      target,
      one: { src, dst },
      edges: 1,
      tuples: 0,
      allowed: 0,
      denied: 0,
      flows: 0,
      packetsSent: 0,
      bytesSent: 0,
      packetsReceived: 0,
      bytesReceived: 0,
      encryption: tellsEncryption ? encryptions.map(() => 0) : NOT_TOLD,
      before: isCompared ? noSums() : null,
    };
    edges.set(key, made);
    return made;
  }

  for (const [i, row] of rows.now.entries()) {
    if (i % STRETCH === STRETCH - 1) yield;
    const edge = edgeOf(row);
    addRow(edge ?? aside.sums, row);
    if (edge === null || row.encryption === undefined) continue;
    const at = encryptions.indexOf(encryptionIn(row.encryption));
    edge.encryption[at] = (edge.encryption[at] ?? 0) + Number(row.tuples ?? 0);
  }
  for (const [i, row] of (rows.before ?? []).entries()) {
    if (i % STRETCH === STRETCH - 1) yield;
    addRow(edgeOf(row)?.before ?? aside.before, row);
  }
  return { edges: [...edges.values()], aside };
}
