// Activity by the kernel, from a segment's parts, is what the plain path makes of its columns, byte for byte.

import fc from "fast-check";
import { expect, test } from "vitest";
import { activityOf, HOUR } from "../../electron/analysis/activity.ts";
import { newActivityKernel } from "../../electron/analysis/activity-kernel.ts";
import { decodeCounters, encodeKeys, encodeTuples } from "../../electron/segment/encode.ts";
import { encodeActivity } from "../../electron/segment/encode-activity.ts";
import { encodeSettled, usualMarks } from "../../electron/segment/encode-settled.ts";
import { pack, unpack } from "../../electron/segment/frame.ts";

const KEYS = 5;
const counter = fc.oneof(
  fc.constantFrom(-1, 0, 0, 1),
  fc.nat(100_000),
  fc.constantFrom(2 ** 32, 2 ** 52, Number.MAX_SAFE_INTEGER - 2),
);
const row = fc.record({
  key: fc.nat(KEYS - 1),
  time: fc.oneof(
    fc.nat(2 * HOUR).map((ms) => 1_772_323_200_000 + ms),
    fc.nat(200).map((hour) => 1_772_323_200_000 + hour * HOUR),
  ),
  state: fc.nat(6),
  mark: fc.nat(31),
  counters: fc.oneof(
    fc.constantFrom([0, 0, 0, 0], [-1, -1, -1, -1]),
    fc.array(counter, { minLength: 4, maxLength: 4 }),
  ),
});
type Row = { key: number; time: number; state: number; mark: number; counters: readonly number[] };

const kernel = newActivityKernel();

/** Bytes that are kept, as the kernel makes them and as the plain path does. */
function both(rows: readonly Row[], flags: readonly number[], settled: "settled" | "not settled"): Uint8Array[][] {
  const n = rows.length;
  const zero = new Uint32Array(n);
  const [packetsSent, bytesSent, packetsReceived, bytesReceived] = [0, 1, 2, 3].map((c) =>
    Float64Array.from(rows, ({ counters }) => counters[c]!),
  ) as [Float64Array, Float64Array, Float64Array, Float64Array];
  const key = Uint32Array.from(rows, (each) => each.key);
  const time = Float64Array.from(rows, (each) => each.time);
  const state = Uint8Array.from(rows, (each) => each.state);
  const marks = Uint8Array.from(rows, (each) => each.mark);
  const logged = { packetsSent, bytesSent, packetsReceived, bytesReceived };
  const place = { srcPort: new Uint16Array(n), member: zero, record: zero, tuple: Uint32Array.from(rows.keys()) };
  const parts = encodeTuples({ length: n, key, time, state, ...logged, ...place });
  const ofKeys = Uint8Array.from(flags);
  const keys = encodeKeys(
    { v4: new Uint32Array([7]), v6: new Uint8Array(16) },
    {
      length: KEYS,
      src: new Uint32Array(KEYS),
      dst: new Uint32Array(KEYS).fill(1),
      dstPort: new Uint16Array(KEYS).fill(443),
      protocol: new Uint8Array(KEYS).fill(6),
      flags: ofKeys,
      context: new Uint32Array(KEYS),
    },
  );
  const adjusted = { rows: new Uint32Array([0]), values: new Float64Array(4) };
  const isSettled = settled === "settled";
  const frame = encodeSettled({ marks, adjusted }, usualMarks(ofKeys, { key, state }));
  const frames = { keys, when: parts.when, counters: parts.counters };
  const part = (name: keyof typeof frames): Uint8Array => unpack(frames[name]);
  const made = kernel({ id: 1, tuples: n, part, settled: isSettled ? () => unpack(frame) : null });
  const plain = encodeActivity(
    activityOf({
      flags: ofKeys,
      key,
      time,
      state,
      marks: isSettled ? marks : null,
      ...decodeCounters(parts.counters, n),
    }),
    isSettled,
  );
  return [
    [pack(made.counts), pack(made.sums)],
    [plain.counts, plain.sums],
  ];
}

const flagsOfKeys = fc.array(fc.nat(3), { minLength: KEYS, maxLength: KEYS });

test("the kernel gives the bytes of the plain path, settled or not, whatever the order of times and however large the counters", () => {
  fc.assert(
    fc.property(
      fc.array(row, { minLength: 1, maxLength: 120 }),
      flagsOfKeys,
      fc.constantFrom("settled", "not settled"),
      (rows, flags, settled) => {
        const [made, plain] = both(rows, flags, settled);
        expect(made).toEqual(plain);
      },
    ),
    { numRuns: 300 },
  );
});

test("a key that jumps between more hours than are looked through has the same rows too", () => {
  const rows = Array.from({ length: 900 }, (_, i) => ({
    key: i % 2,
    time: 1_772_323_200_000 + ((i * 7919) % 300) * HOUR,
    state: i % 5,
    mark: i % 32,
    counters: [i, 1, 0, i % 3],
  }));
  const [made, plain] = both(rows, [0, 1, 2, 3, 0], "settled");
  expect(made).toEqual(plain);
});
