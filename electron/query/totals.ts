// Everything in scope in one row: from the same pass that finds the largest edges and conversations, so that it cannot differ from them.

import type { Result } from "../../shared/contract.ts";
import type { Catalog } from "./catalog.ts";
import { scanOf } from "./scan.ts";
import { type Counts, scanCounts } from "./scan-counts.ts";
import type { InScope } from "./scope-asked.ts";
import { withTuples } from "./sums.ts";

export function scopeTotals(catalog: Catalog, scope: InScope): Result<"scope.totals"> {
  const scan = scanOf(catalog, scope);
  return withTuples(catalog, scope, scan, (byTuple) =>
    totalsOf(catalog, scanCounts(catalog, scope, scan, "conversation", byTuple)),
  );
}

function totalsOf(catalog: Catalog, { tuples: counts, totals }: Counts): Result<"scope.totals"> {
  const { context, src, dst } = catalog.conversations.columns;
  let conversations = 0;
  let edges = 0;
  const endpoints = new Uint8Array(catalog.conversations.endpoints);
  const contexts = new Uint8Array(Math.max(0, ...catalog.contexts.keys()) + 1);
  let before = -1;
  for (let conversation = 0; conversation < counts.length; conversation++) {
    if (counts[conversation] === 0) continue;
    conversations++;
    // Conversations of one pair stand together.
    if (before === -1 || src[before] !== src[conversation] || dst[before] !== dst[conversation]) edges++;
    before = conversation;
    endpoints[src[conversation] as number] = 1;
    endpoints[dst[conversation] as number] = 1;
    contexts[context[conversation] as number] = 1;
  }
  const nics = new Set([...catalog.contexts].flatMap(([id, { nic }]) => (contexts[id] === 1 ? (nic ?? []) : [])));
  const { tuples, denied, flows, firstTime, lastTime, packetsSent, bytesSent, packetsReceived, bytesReceived } = totals;
  return {
    tuples,
    allowed: tuples - denied,
    denied,
    flows: catalog.isSettled ? flows : null,
    conversations,
    edges,
    endpoints: ones(endpoints),
    nics: nics.size,
    packetsSent,
    bytesSent,
    packetsReceived,
    bytesReceived,
    firstTime: tuples > 0 ? firstTime : null,
    lastTime: tuples > 0 ? lastTime : null,
  };
}

function ones(marks: Uint8Array): number {
  let count = 0;
  for (let i = 0; i < marks.length; i++) count += marks[i] as number;
  return count;
}
