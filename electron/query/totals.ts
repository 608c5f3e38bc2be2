// Everything in scope in one row: from the same sums by conversation that edges, endpoints and conversations are made of, so that
// it cannot differ from them.

import type { Result } from "../../shared/contract.ts";
import type { Catalog } from "./catalog.ts";
import { sumOf } from "./group.ts";
import type { InScope } from "./scope-asked.ts";
import { sumConversations } from "./sums.ts";

export function scopeTotals(catalog: Catalog, scope: InScope): Result<"scope.totals"> {
  const sums = sumConversations(catalog, scope);
  const { context, src, dst } = catalog.conversations.columns;
  const pairs = catalog.pairs();
  const edges = new Uint8Array(pairs.length);
  const endpoints = new Uint8Array(catalog.conversations.endpoints);
  const contexts = new Set<number>();
  let firstTime = Number.POSITIVE_INFINITY;
  let lastTime = Number.NEGATIVE_INFINITY;
  for (let group = 0; group < sums.length; group++) {
    const conversation = sums.id[group] as number;
    edges[pairs.of[conversation] as number] = 1;
    endpoints[src[conversation] as number] = 1;
    endpoints[dst[conversation] as number] = 1;
    contexts.add(context[conversation] as number);
    firstTime = Math.min(firstTime, sums.firstTime[group] as number);
    lastTime = Math.max(lastTime, sums.lastTime[group] as number);
  }
  const nics = new Set([...contexts].flatMap((id) => catalog.contexts.get(id)?.nic ?? []));
  const tuples = sumOf(sums.tuples, sums.length);
  const denied = sumOf(sums.denied, sums.length);
  return {
    tuples,
    allowed: tuples - denied,
    denied,
    flows: catalog.isSettled ? sumOf(sums.flows, sums.length) : null,
    conversations: sums.length,
    edges: ones(edges),
    endpoints: ones(endpoints),
    nics: nics.size,
    packetsSent: sumOf(sums.packetsSent, sums.length),
    bytesSent: sumOf(sums.bytesSent, sums.length),
    packetsReceived: sumOf(sums.packetsReceived, sums.length),
    bytesReceived: sumOf(sums.bytesReceived, sums.length),
    firstTime: tuples > 0 ? firstTime : null,
    lastTime: tuples > 0 ? lastTime : null,
  };
}

function ones(marks: Uint8Array): number {
  let count = 0;
  for (let i = 0; i < marks.length; i++) count += marks[i] as number;
  return count;
}
