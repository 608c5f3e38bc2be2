// What the graph draws adds up to the rows it was given, however it is grouped, folded, hidden or compared; and layout is a function of
// its input.

import fc from "fast-check";
import { expect, test } from "vitest";
import { FIRST_LOOK } from "../../renderer/model/graph-look.ts";
import { groupings } from "../../renderer/model/view.ts";
import { layout } from "../../renderer/views/graph/layout.ts";
import type { Node, Picture } from "../../renderer/views/graph/parts.ts";
import { pictureOf } from "../../renderer/views/graph/picture.ts";
import { type Host, standingOf } from "../../renderer/views/graph/standing.ts";
import { NOTHING_STEADY, steadied } from "../../renderer/views/graph/steady.ts";
import { type Sums, sumFields } from "../../renderer/views/graph/sums.ts";
import { weightsOf } from "../../renderer/views/graph/weights.ts";
import type { Row } from "../../shared/rows.ts";

const ip = fc.integer({ min: 1, max: 40 }).map((n) => `10.0.0.${n}`);
const row = fc.record({
  srcIp: ip,
  dstIp: ip,
  tuples: fc.nat(1000),
  allowed: fc.nat(1000),
  denied: fc.nat(1000),
  flows: fc.nat(1000),
  packetsSent: fc.nat(1e6),
  bytesSent: fc.nat(1e9),
  packetsReceived: fc.nat(1e6),
  bytesReceived: fc.nat(1e9),
});
/** An answer has one row for two ends. */
const answer = fc.uniqueArray(row, { maxLength: 80, selector: ({ srcIp, dstIp }) => `${srcIp} ${dstIp}` });

const n = (address: string): number => Number(address.split(".").at(-1));

/** A third of the addresses are public; every seventh is pinned; networks have subnets. */
function host(address: string): Host {
  const i = n(address);
  const isPublic = i % 3 === 0;
  return {
    nic: i % 5 === 0,
    name: address,
    isPublic,
    country: isPublic ? (["AU", "US", null][i % 4 === 3 ? 2 : i % 2] as string | null) : null,
    countryName: null,
    asn: isPublic && i % 2 === 0 ? "64499" : null,
    tag: isPublic && i % 9 === 0 ? "Storage" : null,
    network: isPublic || i % 2 === 0 ? null : "vnet-hub",
    subnet: i % 4 === 1 ? "snet-a" : i % 4 === 3 ? "snet-b" : null,
    pinned: i % 7 === 0,
  };
}

const ids = [
  ...Array.from({ length: 40 }, (_, i) => `10.0.0.${i + 1}`),
  "Internet",
  "Internet/AU",
  "Internet/+",
  "vnet-hub/snet-a",
];
const look = fc.record({
  collapsed: fc.subarray(["Internet", "vnet-hub", "vnet-hub/snet-a", "by hand/mine"], { maxLength: 2 }),
  alone: fc.subarray(ids, { maxLength: 4 }),
  hidden: fc.subarray(ids, { maxLength: 3 }),
  only: fc.oneof(fc.constant([]), fc.subarray(ids, { minLength: 1, maxLength: 20 })),
  groups: fc.oneof(fc.constant([]), fc.constant([{ name: "mine", members: ["10.0.0.3", "10.0.0.4"] }])),
  measure: fc.constantFrom("bytes", "tuples", "flows", "packets" as const),
});

const total = (all: readonly Sums[]): Sums =>
  Object.fromEntries(sumFields.map((field) => [field, all.reduce((sum, each) => sum + each[field], 0)])) as never;

test("edges drawn and edges hidden sum to the rows of both ranges; each address stands in one node", () => {
  fc.assert(
    fc.property(
      answer,
      fc.option(answer, { nil: null }),
      fc.constantFrom(...groupings),
      look,
      fc.integer({ min: 1, max: 30 }),
      (now, before, grouping, arranged, budget) => {
        const rows = { now: now as Row[], before: before as Row[] | null };
        const picture = pictureOf(
          rows,
          weightsOf(rows.now, rows.before),
          host,
          { grouping, look: arranged },
          {
            internet: budget,
            inside: budget,
          },
        );
        expect(total([...picture.edges, picture.aside.sums])).toEqual(total(now));
        if (before !== null)
          expect(total([...picture.edges.flatMap((edge) => edge.before ?? []), picture.aside.before])).toEqual(
            total(before),
          );
        const pairs = new Set([...now, ...(before ?? [])].map(({ srcIp, dstIp }) => `${srcIp} ${dstIp}`));
        expect(picture.edges.reduce((sum, edge) => sum + edge.edges, picture.aside.edges)).toBe(pairs.size);
        const all = [...picture.nodes, ...picture.aside.nodes];
        const addresses = new Set([...now, ...(before ?? [])].flatMap(({ srcIp, dstIp }) => [srcIp, dstIp]));
        expect(all.flatMap((node) => node.members).toSorted()).toEqual([...addresses].toSorted());
        for (const node of all)
          expect(total([node])).toEqual(
            total(now.filter(({ srcIp, dstIp }) => node.members.includes(srcIp) || node.members.includes(dstIp))),
          );
        for (const { source, target, one } of picture.edges)
          if (one) {
            expect(picture.nodes[source]!.members).toContain(one.src);
            expect(picture.nodes[target]!.members).toContain(one.dst);
          }
      },
    ),
    { numRuns: 250 },
  );
});

test("pinned addresses are drawn alone, and what does not fit stands in one node that says how many", () => {
  fc.assert(
    fc.property(answer, fc.integer({ min: 1, max: 12 }), (now, budget) => {
      const rows = { now: now as Row[], before: null };
      const picture = pictureOf(
        rows,
        weightsOf(rows.now, null),
        host,
        { grouping: "network", look: FIRST_LOOK },
        {
          internet: budget,
          inside: budget,
        },
      );
      for (const address of new Set(now.flatMap(({ srcIp, dstIp }) => [srcIp, dstIp])))
        if (host(address).pinned) expect(picture.nodes.some(({ id }) => id === address)).toBe(true);
      for (const { kind, label, members } of picture.nodes)
        if (kind === "others") expect(label).toBe(`+${members.length} others`);
    }),
    { numRuns: 100 },
  );
});

function edge(srcIp: string, dstIp: string, more: Record<string, unknown> = {}): Row {
  return { srcIp, dstIp, tuples: 1, allowed: 1, denied: 0, bytesSent: 10, bytesReceived: 5, ...more } as Row;
}

function picture(rows: readonly Row[], arranged: Partial<typeof FIRST_LOOK> = {}, budget = 10): Picture {
  return pictureOf(
    { now: rows, before: null },
    weightsOf(rows, null),
    host,
    { grouping: "network", look: { ...FIRST_LOOK, ...arranged } },
    {
      internet: budget,
      inside: budget,
    },
  );
}

const named = (nodes: readonly Node[]): string => nodes.map(({ id }) => id).join(" ");
const rows = [edge("10.0.0.1", "10.0.0.3"), edge("10.0.0.11", "10.0.0.13"), edge("10.0.0.13", "10.0.0.1")];

test("networks hold their subnets; a subnet drawn as one is a node of its network", () => {
  const whole = picture(rows);
  expect(whole.groups.map(({ id, zone }) => [id, zone])).toEqual([
    ["Internet", null],
    ["vnet-hub", null],
    ["vnet-hub/snet-a", "vnet-hub"],
    ["vnet-hub/snet-b", "vnet-hub"],
  ]);
  const one = picture(rows, { collapsed: ["vnet-hub/snet-a"] });
  expect(one.nodes.find(({ id }) => id === "vnet-hub/snet-a")).toMatchObject({
    kind: "group",
    group: "vnet-hub",
    label: "snet-a",
    members: ["10.0.0.1", "10.0.0.13"],
    tuples: 3,
  });
});

test("a node that is hidden takes its edges aside, and what is left says their sum", () => {
  const { nodes, edges, aside } = picture(rows, { hidden: ["10.0.0.13"] });
  expect(named(nodes)).not.toContain("10.0.0.13");
  expect(edges.length).toBe(1);
  expect([named(aside.nodes), aside.edges, aside.sums.bytesSent]).toEqual(["10.0.0.13", 2, 20]);
});

test("a fold that is opened draws its addresses, however small the budget", () => {
  const many = Array.from({ length: 12 }, (_, i) => edge("10.0.0.1", `10.0.0.${3 * (i + 1)}`));
  const folded = picture(many, {}, 3);
  const fold = folded.nodes.find(({ kind }) => kind === "group" || kind === "others")!;
  const opened = picture(many, { alone: [fold.id] }, 3);
  for (const member of fold.members) expect(opened.nodes.some(({ id }) => id === member)).toBe(true);
});

test("where nothing is known by AS, the country says what is folded", () => {
  expect(standingOf(host("10.0.0.6"), "as", undefined).fold).toBe("Internet/AS64499");
  expect(standingOf({ ...host("10.0.0.6"), asn: null }, "as", undefined).fold).toBe("Internet/AU");
  expect(standingOf(host("10.0.0.18"), "tag", undefined).fold).toBe("Internet/Storage");
});

test("encryption is counted by tuples of the edge, whose rows are one edge", () => {
  const { edges } = picture([
    edge("10.0.0.1", "10.0.0.2", { encryption: "X", tuples: 3 }),
    edge("10.0.0.1", "10.0.0.2", { encryption: "NX_FALLBACK", tuples: 2 }),
    edge("10.0.0.1", "10.0.0.2", { encryption: null, tuples: 1 }),
  ]);
  expect(edges).toHaveLength(1);
  expect(edges[0]).toMatchObject({ edges: 1, tuples: 6, encryption: [3, 0, 2, 0, 1] });
  expect(edges[0]?.one).toEqual({ src: "10.0.0.1", dst: "10.0.0.2" });
});

test("a brush moves nobody in the list, and boxes stay as large as they were", () => {
  const first = picture([edge("10.0.0.3", "10.0.0.9"), edge("10.0.0.15", "10.0.0.1"), edge("10.0.0.13", "10.0.0.1")]);
  const steady = steadied(NOTHING_STEADY, first);
  const then = picture([edge("10.0.0.9", "10.0.0.21", { bytesSent: 1e9 }), edge("10.0.0.15", "10.0.0.21")]);
  const after = steadied(steady, then);
  for (const id of ["10.0.0.9", "10.0.0.15"]) expect(after.slots.get(id)).toBe(steady.slots.get(id));
  expect(new Set(after.slots.values()).size).toBe(after.slots.size);
  expect(after.groups.map(({ id }) => id)).toEqual(steady.groups.map(({ id }) => id));
  for (const [group, count] of steady.counts) expect(after.counts.get(group)).toBeGreaterThanOrEqual(count);
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
