// Columns of records as bytes and back are what they were.

import fc from "fast-check";
import { expect, test } from "vitest";
import type { RecordColumns } from "../../electron/segment/columns.ts";
import { decodeRecords, encodeRecords } from "../../electron/segment/encode.ts";
import { LATEST } from "../../shared/flow.ts";

const records: fc.Arbitrary<RecordColumns> = fc
  .array(
    fc.record({
      step: fc.nat(9),
      gap: fc.oneof(fc.nat(3), fc.constantFrom(2 ** 31, 2 ** 33)),
      bytes: fc.oneof(fc.nat(3000), fc.constant(2 ** 32 + 1)),
      time: fc.oneof(fc.constant(-1), fc.integer({ min: 0, max: LATEST })),
      tuples: fc.nat(1000),
      flags: fc.nat(2),
      digest: fc.uint8Array({ minLength: 16, maxLength: 16 }),
    }),
    { maxLength: 40 },
  )
  .map((all) => {
    const length = all.length;
    const columns = {
      length,
      member: new Uint32Array(length),
      record: new Uint32Array(length),
      offset: new Float64Array(length),
      bytes: Float64Array.from(all, ({ bytes }) => bytes),
      time: Float64Array.from(all, ({ time }) => time),
      tuples: Uint32Array.from(all, ({ tuples }) => tuples),
      flags: Uint8Array.from(all, ({ flags }) => flags),
      digest: Uint8Array.from(all.flatMap(({ digest }) => [...digest])),
    };
    let [member, record, end] = [0, 0, 0];
    all.forEach(({ step, gap, bytes }, i) => {
      if (step > 6) [member, record, end] = [member + step - 6, 0, 0];
      columns.member[i] = member;
      columns.record[i] = record++;
      columns.offset[i] = end + gap;
      end += gap + bytes;
    });
    return columns;
  });

test("records come back as they were", () => {
  fc.assert(
    fc.property(records, (columns) => {
      expect(decodeRecords(encodeRecords(columns))).toEqual(columns);
    }),
    { numRuns: 400 },
  );
});
