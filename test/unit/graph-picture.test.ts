// What the graph draws adds up to the rows it was given, however small the budget; and layout is a function of its input.

import fc from "fast-check";
import { expect, test } from "vitest";
import { layout } from "../../renderer/views/graph/layout.ts";
import { type Host, pictureOf, weightsOf } from "../../renderer/views/graph/picture.ts";
import type { Row } from "../../shared/rows.ts";

const ip = fc.integer({ min: 1, max: 40 }).map((n) => `10.0.0.${n}`);
const edges = fc.array(
  fc.record({
    srcIp: ip,
    dstIp: ip,
    tuples: fc.nat(1000),
    allowed: fc.nat(1000),
    denied: fc.nat(1000),
    bytesSent: fc.nat(1e9),
    bytesReceived: fc.nat(1e9),
  }),
  { maxLength: 80 },
);

/** A third of the addresses are public; every seventh is pinned. */
function host(address: string): Host {
  const n = Number(address.split(".").at(-1));
  const isPublic = n % 3 === 0;
  return {
    nic: n % 5 === 0,
    name: address,
    isPublic,
    country: isPublic ? ["AU", "US", null][n % 2 === 0 ? 0 : n % 4 === 1 ? 1 : 2]! : null,
    countryName: null,
    network: isPublic || n % 2 === 0 ? null : "vnet-hub",
    subnet: null,
    pinned: n % 7 === 0,
  };
}

const fields = ["tuples", "allowed", "denied", "bytesSent", "bytesReceived"] as const;

test("edges drawn sum to the rows, each address stands in exactly one node, pinned ones alone", () => {
  fc.assert(
    fc.property(
      edges,
      fc.constantFrom("network", "country", "none" as const),
      fc.integer({ min: 1, max: 30 }),
      (rows, grouping, budget) => {
        const picture = pictureOf(rows as Row[], weightsOf(rows as Row[]), host, grouping as "network", {
          internet: budget,
          inside: budget,
        });
        for (const field of fields) {
          const sum = (all: readonly Record<(typeof fields)[number], number>[]): number =>
            all.reduce((total, each) => total + each[field], 0);
          expect(sum(picture.edges)).toBe(sum(rows));
        }
        expect(picture.edges.reduce((n, edge) => n + edge.edges, 0)).toBe(rows.length);
        const members = picture.nodes.flatMap((node) => node.members);
        const addresses = new Set(rows.flatMap(({ srcIp, dstIp }) => [srcIp, dstIp]));
        expect(members.toSorted()).toEqual([...addresses].toSorted());
        expect(picture.endpoints).toBe(addresses.size);
        for (const address of addresses)
          if (host(address).pinned) expect(picture.nodes.some((node) => node.id === address)).toBe(true);
        for (const { source, target, one } of picture.edges) {
          expect(picture.nodes[source]).toBeDefined();
          expect(picture.nodes[target]).toBeDefined();
          if (one) expect(picture.nodes[source]!.members).toContain(one.src);
        }
      },
    ),
    { numRuns: 300 },
  );
});

test("the same input is laid out the same, what has a place keeps it, and all stand in their rooms", () => {
  const count = 12;
  const start = new Float32Array(count * 2).fill(Number.NaN);
  start.set([50, 60], 4);
  const fixed = new Uint8Array(count);
  fixed[2] = 1;
  const rooms = new Float32Array(
    Array.from({ length: count }, (_, i) => (i % 2 ? [0, 0, 100, 100] : [200, 0, 300, 100])).flat(),
  );
  rooms.set([0, 0, 100, 100], 8);
  const links = new Uint32Array([0, 1, 1, 2, 2, 3, 4, 5, 6, 7]);
  const once = layout({ start, fixed, rooms, links });
  expect(layout({ start, fixed, rooms, links })).toEqual(once);
  expect([once[4], once[5]]).toEqual([50, 60]);
  for (let i = 0; i < count; i++) {
    expect(once[i * 2]).toBeGreaterThanOrEqual(rooms[i * 4]!);
    expect(once[i * 2]).toBeLessThanOrEqual(rooms[i * 4 + 2]!);
    expect(once[i * 2 + 1]).toBeLessThanOrEqual(rooms[i * 4 + 3]!);
  }
});
