// Segments as bytes and back are what they were; leaving records out is as if they had never been in.

import fc from "fast-check";
import { expect, test } from "vitest";
import { lastFrom, tupleAt } from "../../electron/analysis/standings.ts";
import { type Batch, newBatch } from "../../electron/ingest/batch.ts";
import { packUsual } from "../../electron/ingest/pack-rows.ts";
import { DST_V6, type RawTuples, SRC_V6 } from "../../electron/segment/build.ts";
import type { Context, PackedSegment } from "../../electron/segment/columns.ts";
import { decodeStandings } from "../../electron/segment/decode-standings.ts";
import {
  decodeCounters,
  decodeCountersAt,
  decodeKeys,
  decodePlace,
  decodePorts,
  decodeWhen,
} from "../../electron/segment/encode.ts";
import { packSegment, withoutRecords } from "../../electron/segment/pack.ts";
import { counters, LATEST, states } from "../../shared/flow.ts";
import { randomFrom } from "../support/logs.ts";

const SIX = 4; // IPv6 addresses that rows refer to
const contexts: readonly Context[] = [
  { nic: "000D3A111111", flowLog: 1, acl: "/acl/a", rule: "one", encryption: "NX" },
  { nic: null, flowLog: 0, acl: null, rule: null, encryption: null },
  { nic: "000D3A111111", flowLog: 1, acl: "/acl/a", rule: "two", encryption: "X" },
];
const flowLogs = [
  { id: null, guid: null, target: null, format: "nsg" },
  { id: "LOG", guid: "g", target: "/t", format: "vnet" },
] as const;
const otherStates = ["F", "Ä?"];

const counter = fc.oneof(fc.constantFrom(-1, 0, 1, Number.MAX_SAFE_INTEGER), fc.nat(70_000));
const quad = fc.oneof(
  fc.constantFrom<number[]>([0, 0, 0, 0], [-1, -1, -1, -1]),
  fc.array(counter, { minLength: 4, maxLength: 4 }),
);
const address = fc.oneof(
  fc.record({ six: fc.constant(true), value: fc.nat(SIX - 1) }),
  fc.record({ six: fc.constant(false), value: fc.oneof(fc.constantFrom(0, 1, 2 ** 31, 2 ** 32 - 1), fc.nat(3)) }),
);
const row = fc.record({
  time: fc.oneof(
    fc.integer({ min: 978_307_200_000, max: LATEST - 1 }),
    fc.integer({ min: 1_741_083_000_000, max: 1_741_093_000_000 }),
  ),
  src: address,
  dst: address,
  ports: fc.tuple(fc.nat(65535), fc.constantFrom(0, 53, 443, 65535)),
  protocol: fc.constantFrom(0, 6, 17, 255),
  flags: fc.nat(3),
  state: fc.nat(states.length + otherStates.length - 1),
  context: fc.nat(contexts.length - 1),
  counters: quad,
});
type Row = typeof row extends fc.Arbitrary<infer R> ? R & { readonly place: readonly [number, number, number] } : never;

/** Members and records ascend, a record's tuples too, with gaps as rejects leave them; the first member is any. */
const rows: fc.Arbitrary<Row[]> = fc
  .tuple(fc.nat(100_000), fc.array(fc.tuple(row, fc.nat(3), fc.nat(9), fc.nat(2)), { minLength: 1, maxLength: 60 }))
  .map(([first, all]) => {
    let [member, record, tuple] = [first, 0, -1];
    return all.map(([each, step, far, skip]) => {
      if (step === 2) [record, tuple] = [record + 1 + (far > 7 ? 70_000 : 0), -1];
      else if (step === 3 && far > 4) [member, record, tuple] = [member + 1, far > 6 ? 1 : 0, -1];
      tuple += 1 + skip * (far > 8 ? 1000 : 1);
      return { ...each, place: [member, record, tuple] as const };
    });
  });
const v6 = fc
  .uniqueArray(fc.uint8Array({ minLength: 16, maxLength: 16 }), { minLength: SIX, maxLength: SIX, selector: String })
  .map((all) => Uint8Array.from(all.flatMap((bytes) => [...bytes])));

function rawOf(all: readonly Row[]): RawTuples {
  const kind = (each: Row): number =>
    each.protocol | (each.flags << 8) | (each.src.six ? SRC_V6 : 0) | (each.dst.six ? DST_V6 : 0);
  return {
    length: all.length,
    time: Float64Array.from(all, ({ time }) => time),
    src: Uint32Array.from(all, ({ src }) => src.value),
    dst: Uint32Array.from(all, ({ dst }) => dst.value),
    srcPort: Uint16Array.from(all, ({ ports }) => ports[0]),
    dstPort: Uint16Array.from(all, ({ ports }) => ports[1]),
    kind: Uint16Array.from(all, kind),
    state: Uint8Array.from(all, ({ state }) => state),
    context: Uint32Array.from(all, ({ context }) => context),
    packetsSent: Float64Array.from(all, ({ counters }) => counters[0]!),
    bytesSent: Float64Array.from(all, ({ counters }) => counters[1]!),
    packetsReceived: Float64Array.from(all, ({ counters }) => counters[2]!),
    bytesReceived: Float64Array.from(all, ({ counters }) => counters[3]!),
    member: Uint32Array.from(all, ({ place }) => place[0]),
    record: Uint32Array.from(all, ({ place }) => place[1]),
    tuple: Uint32Array.from(all, ({ place }) => place[2]),
  };
}

const packed = (all: readonly Row[], six: Uint8Array): PackedSegment =>
  packSegment(rawOf(all), six, { contexts, flowLogs, otherStates }, 0, all.length);

/** Rows of a packed segment, every reference resolved. */
function unpacked(segment: PackedSegment): unknown[] {
  const { addresses, keys } = decodeKeys(segment.parts.keys);
  const { length, key, time, state } = decodeWhen(segment.parts.when);
  const srcPort = decodePorts(segment.parts.ports, length);
  const all = decodeCounters(segment.parts.counters, length);
  const odd = decodeCountersAt(
    segment.parts.counters,
    length,
    Uint32Array.from({ length: length >>> 1 }, (_, i) => i * 2 + 1),
  );
  const place = decodePlace(segment.parts.place, length);
  const four = addresses.v4.length;
  const ip = (i: number): unknown =>
    i < four ? addresses.v4[i] : [...addresses.v6.subarray((i - four) * 16, (i - four) * 16 + 16)];
  return Array.from({ length }, (_, i) => {
    const k = key[i]!;
    const context = segment.contexts[keys.context[k]!]!;
    return {
      time: time[i],
      ends: [ip(keys.src[k]!), ip(keys.dst[k]!)],
      ports: [srcPort[i], keys.dstPort[k]],
      protocol: keys.protocol[k],
      flags: keys.flags[k],
      state: state[i]! < states.length ? states[state[i]!] : segment.otherStates[state[i]! - states.length],
      context: { ...context, flowLog: segment.flowLogs[context.flowLog] },
      counters: counters.map((name) => (i % 2 === 1 ? odd[name][i >>> 1] : all[name][i])),
      place: [place.member[i]! + segment.firstMember, place.record[i], place.tuple[i]],
    };
  });
}

function asLogged(all: readonly Row[], six: Uint8Array): unknown[] {
  const ip = ({ six: isSix, value }: Row["src"]): unknown =>
    isSix ? [...six.subarray(value * 16, value * 16 + 16)] : value;
  return all.map(({ src, dst, state, context, ports, ...each }) => ({
    ...each,
    ports: [...ports],
    place: [...each.place],
    ends: [ip(src), ip(dst)],
    state: state < states.length ? states[state] : otherStates[state - states.length],
    context: { ...contexts[context], flowLog: flowLogs[contexts[context]!.flowLog] },
  }));
}

test("tuples come back as they were logged", () => {
  fc.assert(
    fc.property(rows, v6, (all, six) => {
      const segment = packed(all, six);
      const times = all.map(({ time }) => time);
      expect(unpacked(segment)).toEqual(asLogged(all, six));
      expect([segment.tuples, segment.firstTime, segment.lastTime]).toEqual([
        all.length,
        Math.min(...times),
        Math.max(...times),
      ]);
      expect([segment.firstMember, segment.lastMember]).toEqual([all[0]!.place[0], all.at(-1)!.place[0]]);
    }),
    { numRuns: 400 },
  );
});

test("where a tuple stands is found without unpacking columns, and is where it was logged", () => {
  fc.assert(
    fc.property(rows, v6, (all, six) => {
      const segment = packed(all, six);
      const standings = decodeStandings(segment.parts.place, segment.firstMember, all.length);
      const found = all.map((_, i) => {
        const run = lastFrom(standings.starts, i);
        return [standings.firstMember + standings.member[run]!, standings.record[run]!, tupleAt(standings, run, i)];
      });
      expect(found).toEqual(all.map(({ place }) => place));
    }),
    { numRuns: 200 },
  );
});

test("any stretch of rows is packed as if it stood alone", () => {
  fc.assert(
    fc.property(rows, v6, fc.nat(), fc.nat(), (all, six, a, b) => {
      const from = a % all.length;
      const to = from + 1 + (b % (all.length - from));
      const part = packSegment(rawOf(all), six, { contexts, flowLogs, otherStates }, from, to);
      expect(part).toEqual(packed(all.slice(from, to), six));
    }),
    { numRuns: 200 },
  );
});

const batch = newBatch();
batch.contexts.push(...contexts);
batch.flowLogs.push(...flowLogs);
batch.otherStates.push(...otherStates);

/** Puts rows into the columns of the kernel. */
function filled(raw: RawTuples): Batch {
  for (const [name, column] of Object.entries(raw))
    if (typeof column !== "number") batch.raw[name as "src"].set(column as Uint32Array);
  batch.raw.length = raw.length;
  return batch;
}

test("the kernel packs any stretch of IPv4 rows to the same bytes, and leaves IPv6 alone", () => {
  const four = fc.boolean();
  fc.assert(
    fc.property(rows, v6, four, fc.nat(), fc.nat(), (all, six, only, a, b) => {
      const mine = only ? all.filter(({ src, dst }) => !src.six && !dst.six) : all;
      if (mine.length === 0) return;
      const from = a % mine.length;
      const to = from + 1 + (b % (mine.length - from));
      const raw = rawOf(mine);
      const short = packUsual(filled(raw), from, to);
      const isUsual = !mine.slice(from, to).some(({ src, dst }) => src.six || dst.six);
      const plain = packSegment(raw, six, { contexts, flowLogs, otherStates }, from, to);
      expect(short).toEqual(isUsual ? plain : null);
    }),
    { numRuns: 600 },
  );
});

test("the kernel packs a full segment to the same bytes, many addresses and large numbers in it", () => {
  const random = randomFrom(7);
  const pick = (most: number): number => Math.floor(random() * most);
  const all = Array.from({ length: 70_000 }, (_, i): Row => {
    const far = (): { six: false; value: number } => ({ six: false, value: pick(2 ** pick(33)) });
    const large = (): number => pick(2 ** pick(54)) - pick(2);
    return {
      time: 1_741_083_000_000 + i * 7 - pick(9000),
      src: far(),
      dst: far(),
      ports: [pick(65536), [0, 53, 443, 65535][pick(4)] as 0],
      protocol: [0, 6, 17, 255][pick(4)] as 0,
      flags: pick(4),
      state: pick(states.length),
      context: pick(contexts.length),
      counters: pick(3) === 0 ? [0, 0, 0, 0] : [large(), large(), large(), large()],
      place: [5 + (i >> 12), (i >> 5) & 127, i & 31],
    };
  });
  const raw = rawOf(all);
  for (const [from, to] of [
    [0, 65_536],
    [4464, 70_000],
    [69_999, 70_000],
  ] as const)
    expect(packUsual(filled(raw), from, to)).toEqual(packSegment(raw, new Uint8Array(0), batch, from, to));
});

test("without some records it is, byte for byte, what the others alone give", () => {
  fc.assert(
    fc.property(rows, v6, fc.func(fc.boolean()), (all, six, drop) => {
      const kept = all.filter(({ place }) => !drop(place[0], place[1]));
      const segment = packed(all, six);
      const left = withoutRecords(segment, drop);
      if (kept.length === 0) expect(left).toBeNull();
      else if (kept.length === all.length) expect(left).toBe(segment);
      else expect(left).toEqual(packed(kept, six));
    }),
    { numRuns: 300 },
  );
});
