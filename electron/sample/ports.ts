// Source ports: every machine of ours hands out its ephemeral ports in order as flows begin; ports below 50000 are left to
// flows that name theirs. Gives the flows back in the order they began.

import type { Flow } from "./flow.ts";
import { isPrivate } from "./network.ts";
import { between, type Random } from "./random.ts";

export function assignPorts(flows: readonly Flow[], draw: Random): Flow[] {
  const next = new Map<string, number>();
  const inOrder = [...flows].sort((a, b) => a.start - b.start); // stable: equal starts stay as produced
  return inOrder.map((flow) => {
    if (flow.srcPort !== 0) return flow;
    if (!isPrivate(flow.src)) return { ...flow, srcPort: between(draw, 10_240, 65_500) };
    const port = next.get(flow.src) ?? 50_000 + between(draw, 0, 9000);
    const following = port + between(draw, 1, 3);
    next.set(flow.src, following > 65_535 ? 50_000 : following);
    return { ...flow, srcPort: port };
  });
}
