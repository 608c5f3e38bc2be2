// Numbering addresses and conversations: every key leads to its own, the same each time, whatever comes after.

import fc from "fast-check";
import { expect, test } from "vitest";
import { addRun, indexSource, newIndex, type Run } from "../../electron/analysis/conversation-index.ts";
import { merged } from "../../electron/analysis/sorted-rows.ts";
import { encodeKeys } from "../../electron/segment/encode.ts";
import {
  decodeConversations,
  decodeEndpoints,
  decodeMap,
  encodeConversations,
  encodeEndpoints,
  encodeMap,
} from "../../electron/segment/encode-run.ts";
import { unpack } from "../../electron/segment/frame.ts";

type SegmentKeys = Parameters<typeof encodeKeys>[0] & Parameters<typeof encodeKeys>[1];

/** Numbers segments whose contexts are those of the case. */
function numberSource(index: ReturnType<typeof newIndex>, segments: readonly SegmentKeys[]): Run {
  const contexts = Uint32Array.from({ length: 5 }, (_, i) => i);
  const keys = segments.map((keys, i) => ({ id: i + 1, contexts, part: () => unpack(encodeKeys(keys, keys)) }));
  return indexSource(
    index,
    keys,
    segments.reduce((sum, { length }) => sum + length, 0),
  );
}

const four = fc.oneof(
  fc.constantFrom(0, 1, 2 ** 31, 2 ** 32 - 1),
  fc.nat(40),
  fc.integer({ min: 0, max: 2 ** 32 - 1 }),
);
const six = fc
  .oneof(fc.nat(5), fc.nat(255))
  .map((n) => (n === 0 ? new Array<number>(16).fill(0) : [0x20, 1, ...new Array<number>(12).fill(0), n, n]));

/** A segment's dictionary: distinct addresses in order, distinct keys in any order. */
const segment: fc.Arbitrary<SegmentKeys> = fc
  .record({
    v4: fc.uniqueArray(four, { maxLength: 12 }),
    v6: fc.uniqueArray(six, { maxLength: 5, selector: String }),
    keys: fc.array(
      fc.tuple(
        fc.nat(),
        fc.nat(),
        fc.constantFrom(0, 53, 443, 65535),
        fc.constantFrom(0, 6, 17, 255),
        fc.nat(3),
        fc.nat(4),
      ),
      { minLength: 1, maxLength: 30 },
    ),
  })
  .filter(({ v4, v6 }) => v4.length + v6.length > 0)
  .map(({ v4, v6, keys }) => {
    const addresses = v4.length + v6.length;
    const distinct = [
      ...new Map(
        keys.map(([s, d, ...rest]) => [s % addresses, d % addresses, ...rest]).map((key) => [String(key), key]),
      ).values(),
    ];
    const column = (i: number): number[] => distinct.map((key) => key[i]!);
    return {
      v4: Uint32Array.from(v4).sort(),
      v6: Uint8Array.from(v6.sort((a, b) => a[14]! - b[14]!).flat()),
      length: distinct.length,
      src: Uint32Array.from(column(0)),
      dst: Uint32Array.from(column(1)),
      dstPort: Uint16Array.from(column(2)),
      protocol: Uint8Array.from(column(3)),
      flags: Uint8Array.from(column(4)),
      context: Uint32Array.from(column(5)),
    };
  });
const sources = fc.array(fc.array(segment, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 3 });

const addressesOf = ({ v4, v6 }: { v4: Uint32Array; v6: Uint8Array }): string[] => [
  ...Array.from(v4, String),
  ...Array.from({ length: v6.length / 16 }, (_, i) => [...v6.subarray(i * 16, i * 16 + 16)].join(":")),
];
const bytesOf = (run: Run): Uint8Array[] => [
  encodeEndpoints(run.v4, run.v6),
  encodeConversations(run.conversations),
  ...run.maps.map(encodeMap),
];
const build = (all: readonly (readonly SegmentKeys[])[]): Run[] => {
  const index = newIndex();
  return all.map((segments) => numberSource(index, segments));
};

test("every key of every segment leads to its own conversation, and equal keys to one", () => {
  fc.assert(
    fc.property(sources, (all) => {
      const index = newIndex();
      const runs = all.map((segments) => numberSource(index, segments));
      const endpoints = runs.flatMap(addressesOf);
      const column = (name: "context" | "src" | "dst" | "service"): number[] =>
        runs.flatMap(({ conversations }) => [...conversations[name]]);
      const [context, src, dst, services] = [column("context"), column("src"), column("dst"), column("service")];
      const met = new Set<number>();
      all.forEach((segments, s) => {
        segments.forEach((keys, i) => {
          const local = addressesOf(keys);
          for (let k = 0; k < keys.length; k++) {
            const id = runs[s]!.maps[i]![k]!;
            met.add(id);
            const service = services[id]!;
            expect([
              context[id],
              endpoints[src[id]!],
              endpoints[dst[id]!],
              service & 0xffff,
              (service >>> 16) & 255,
              service >>> 24,
            ]).toEqual([
              keys.context[k],
              local[keys.src[k]!],
              local[keys.dst[k]!],
              keys.dstPort[k],
              keys.protocol[k],
              keys.flags[k],
            ]);
          }
        });
      });
      expect(new Set(endpoints).size).toBe(endpoints.length);
      expect([met.size, index.conversations]).toEqual([context.length, context.length]);
      const distinct = context.map((_, i) => [context[i], src[i], dst[i], services[i]].join());
      expect(new Set(distinct).size).toBe(context.length);
    }),
    { numRuns: 200 },
  );
});

test("a run is in ascending order, after all that came before", () => {
  fc.assert(
    fc.property(sources, (all) => {
      let [endpoints, conversations] = [0, 0];
      for (const { firstEndpoint, firstConversation, v4, v6, conversations: added } of build(all)) {
        expect([firstEndpoint, firstConversation]).toEqual([endpoints, conversations]);
        endpoints += v4.length + v6.length / 16;
        conversations += added.length;
        const rows = Array.from({ length: added.length }, (_, i) => [
          added.context[i]!,
          added.src[i]!,
          added.dst[i]!,
          added.service[i]!,
        ]);
        const sorted = [...rows].sort((a, b) => a.reduce((order, value, i) => order || value - b[i]!, 0));
        expect(rows).toEqual(sorted);
        expect([...v4]).toEqual([...v4].sort((a, b) => a - b));
      }
    }),
    { numRuns: 100 },
  );
});

test("building again gives the same bytes, and so does going on from what was kept", () => {
  fc.assert(
    fc.property(sources, fc.nat(3), (all, kept) => {
      const runs = build(all);
      expect(build(all).map(bytesOf)).toEqual(runs.map(bytesOf));
      const index = newIndex();
      const again = all.map((segments, i) => {
        if (i >= kept) return bytesOf(numberSource(index, segments));
        const [endpoints, conversations] = bytesOf(runs[i]!) as [Uint8Array, Uint8Array];
        addRun(index, { ...decodeEndpoints(endpoints), conversations: decodeConversations(conversations) });
        return bytesOf(runs[i]!);
      });
      expect(again).toEqual(runs.map(bytesOf));
    }),
    { numRuns: 100 },
  );
});

test("runs and maps as bytes and back are what they were; the order of segments in a source does not matter to its run", () => {
  fc.assert(
    fc.property(sources, (all) => {
      const runs = build(all);
      for (const { v4, v6, conversations, maps } of runs) {
        expect(decodeEndpoints(encodeEndpoints(v4, v6))).toEqual({ v4, v6 });
        expect(decodeConversations(encodeConversations(conversations))).toEqual(conversations);
        expect(maps.map((map) => decodeMap(encodeMap(map)))).toEqual(maps);
      }
      const turned = build(all.map((segments) => [...segments].reverse()));
      expect(turned.map(({ v4, v6, conversations }) => ({ v4, v6, conversations }))).toEqual(
        runs.map(({ v4, v6, conversations }) => ({ v4, v6, conversations })),
      );
      expect(turned.map(({ maps }) => [...maps].reverse())).toEqual(runs.map(({ maps }) => maps));
    }),
    { numRuns: 80 },
  );
});

const rows = fc
  .array(fc.tuple(fc.nat(3), fc.nat(2), fc.nat(2), fc.nat(2)), { maxLength: 30 })
  .map((list) => [...new Set(list.map(String))].map((row) => row.split(",").map(Number)).sort((a, b) => compare(a, b)));
const compare = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((order, value, i) => order || value - b[i]!, 0);

test("sorted rows of two lists are merged into one of distinct ones, and each leads to its place", () => {
  fc.assert(
    fc.property(rows, rows, (a, b) => {
      const both = merged(Uint32Array.from(a.flat()), Uint32Array.from(b.flat()), 4);
      const expected = [...new Set([...a, ...b].map(String))].map((row) => row.split(",").map(Number)).sort(compare);
      expect([...both.rows]).toEqual(expected.flat());
      expect([...both.ofA].map((place) => expected[place])).toEqual(a);
      expect([...both.ofB].map((place) => expected[place])).toEqual(b);
    }),
    { numRuns: 200 },
  );
});

test("more addresses and keys than are sorted at a time", () => {
  const many = (first: number): SegmentKeys => {
    const n = 65_536;
    const zero = new Uint8Array(n);
    return {
      v4: Uint32Array.from({ length: n }, (_, i) => first + i * 7),
      v6: new Uint8Array(0),
      length: n,
      src: Uint32Array.from({ length: n }, (_, i) => (i * 40_503) % n),
      dst: new Uint32Array(n),
      dstPort: new Uint16Array(n),
      protocol: zero,
      flags: zero,
      context: new Uint32Array(n),
    };
  };
  const segments = Array.from({ length: 40 }, (_, i) => many(1 + i * 1_000_003));
  const [run, again] = build([segments, [many(1), many(900_000_001)]]);
  expect([run!.v4.length, run!.conversations.length]).toEqual([40 * 65_536, 40 * 65_536]);
  for (const [i, map] of run!.maps.entries())
    for (const k of [0, 1, 65_535]) {
      const id = map[k]!;
      expect(run!.v4[run!.conversations.src[id]!]).toBe(1 + i * 1_000_003 + ((k * 40_503) % 65_536) * 7);
    }
  expect([again!.v4.length, again!.conversations.length]).toEqual([65_536, 65_536]);
  expect(again!.maps[0]).toEqual(run!.maps[0]);
});
