// Any bytes at all can be read: nothing is thrown, and whatever was logged is a tuple, a reject or in a stretch that is named.

import fc from "fast-check";
import { expect, test } from "vitest";
import { REJECTED } from "../../electron/segment/columns.ts";
import { decodeRecords, encodeRecords } from "../../electron/segment/encode.ts";
import { unpack } from "../../electron/segment/frame.ts";
import type { UnitPart } from "../../electron/segment/part.ts";
import { members, mutated, tuples, usualTuples, vnetTexts } from "../support/generated.ts";
import { blob, vnetRecord } from "../support/logs.ts";
import { foundIn, readBytes as read } from "../support/read-bytes.ts";

const FIRST = "1741083072345,10.0.0.4,10.0.0.5,40000,443,6,O,B,NX,0,0,0,0";

function accounts(
  parts: readonly UnitPart[],
): Record<"tuples" | "kept" | "tupleRejects" | "stretches" | "rejected", number> {
  const { segments, records, rejects } = {
    segments: parts.flatMap((p) => p.segments),
    records: parts.map((p) => p.records),
    rejects: parts.flatMap((p) => p.rejects),
  };
  const sum = (of: (r: UnitPart["records"], i: number) => number): number =>
    records.reduce(
      (total, r) => total + Array.from({ length: r.length }, (_, i) => of(r, i)).reduce((a, b) => a + b, 0),
      0,
    );
  return {
    tuples: segments.reduce((total, { tuples: n }) => total + n, 0),
    kept: sum((r, i) => r.tuples[i]!),
    tupleRejects: rejects.filter(({ tuple }) => tuple !== null).length,
    stretches: rejects.filter(({ tuple }) => tuple === null).length,
    rejected: sum((r, i) => (r.flags[i] === REJECTED ? 1 : 0)),
  };
}

/** What must hold whatever was read. */
function checkParts(parts: readonly UnitPart[], all: readonly Buffer[]): void {
  const found = accounts(parts);
  expect(found.kept).toBe(found.tuples);
  expect(parts.filter(({ last }) => last)).toEqual([parts.at(-1)]);
  expect(parts.at(-1)!.members).toHaveLength(all.length);
  for (const { member, offset, length, text } of parts.flatMap(({ rejects }) => rejects)) {
    expect(offset + length).toBeLessThanOrEqual(all[member]!.length);
    const shown = Buffer.from(text);
    if (!text.includes("\ufffd")) expect(all[member]!.subarray(offset, offset + shown.length)).toEqual(shown);
  }
}

/** Records of a member are handed over in their order, without gaps in number or overlap in place. */
function checkOrder(parts: readonly UnitPart[], all: readonly Buffer[]): void {
  let before = [-1, -1, 0];
  for (const { records } of parts)
    for (let i = 0; i < records.length; i++) {
      const [member, record, offset, bytes] = [
        records.member[i]!,
        records.record[i]!,
        records.offset[i]!,
        records.bytes[i]!,
      ];
      if (member === before[0]) expect([record, offset >= before[2]!]).toEqual([before[1]! + 1, true]);
      else expect(record).toBe(0);
      expect(offset + bytes).toBeLessThanOrEqual(all[member]!.length);
      before = [member, record, offset + bytes];
    }
}

const logs = members(vnetTexts(usualTuples)).map((text) => Buffer.from(text));

test("records are handed over in the order of their place", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(logs, { minLength: 1, maxLength: 2 }), async (all) => checkOrder(await read(all), all)),
    { numRuns: 200 },
  );
});

test("elements before a member's first flow-log record keep their place, and so do the records after them", async () => {
  const texts = [
    "{}",
    '{"category":"Other"}',
    blob(vnetRecord([["A", FIRST]]))
      .toString()
      .slice(12, -2),
    '{"a":1}',
  ];
  const bytes = Buffer.from(`{"records":[${texts.join(",")}]}`);
  const [part] = await read([bytes]);
  const { record, offset, bytes: lengths, length } = decodeRecords(encodeRecords(part!.records));
  const found = Array.from({ length }, (_, i) => [
    record[i],
    bytes.toString("utf8", offset[i], offset[i]! + lengths[i]!),
  ]);
  expect(found).toEqual(texts.map((text, i) => [i, text]));
});

test("a member that is refused brings neither records nor rejects", async () => {
  for (const text of [
    "[{},42]",
    '{"records":[{},"x"]}',
    '[{"category":"Other"},null,{"category":"Other"}]',
    "[[],[{}],1]",
  ]) {
    const [part] = await read([Buffer.from(text)]);
    expect([part!.members[0]!.status, part!.records.length, part!.rejects]).toEqual(["refused", 0, []]);
  }
});

test("what cannot be read on from, wherever it stands, is told and not thrown", async () => {
  const record = blob(vnetRecord([["A", FIRST]]))
    .toString()
    .slice(12, -2);
  for (const odd of ['"\\8":1', "x", '"a" 1', '"a":1x', "{}", '"a":"\\8"', '"a":{"b" 1}']) {
    const [part] = await read([Buffer.from(`{"records":[${record}],${odd}}`)]);
    expect([odd, part!.members[0]!.status, part!.segments[0]?.tuples]).toEqual([odd, "partial", 1]);
  }
});

test("any bytes", async () => {
  const any = fc.oneof(
    fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
    fc
      .array(
        fc.constantFrom(
          ...'{}[]",:0ae\\ \n'.split(""),
          '"records"',
          '"flowTuples"',
          '"category":"FlowLogFlowEvent"',
          "null",
        ),
        { maxLength: 60 },
      )
      .map((all) => Buffer.from(all.join(""))),
    fc.json({ maxDepth: 4 }).map((text) => Buffer.from(text)),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(any, { minLength: 1, maxLength: 4 }), async (all) => checkParts(await read(all), all)),
    { numRuns: 600 },
  );
});

test("logs: every string in a list of tuples is a tuple or a reject of its own", async () => {
  const texts = members(vnetTexts(fc.oneof(mutated(tuples, 2), usualTuples)));
  await fc.assert(
    fc.asyncProperty(fc.array(texts, { minLength: 1, maxLength: 3 }), async (all) => {
      const bytes = all.map((text) => Buffer.from(text));
      const parts = await read(bytes);
      checkParts(parts, bytes);
      const logged = all.reduce((total, text) => total + tupleStrings(text), 0);
      const { tuples: n, tupleRejects } = accounts(parts);
      expect(n + tupleRejects).toBe(logged);
    }),
    { numRuns: 250 },
  );
});

/** Counted by another reader: JSON.parse of each record's text. */
function tupleStrings(text: string): number {
  let count = 0;
  for (const [list = ""] of text.matchAll(/"flowTuples":\[(?:"(?:[^"\\]|\\.)*",?)*\]/g))
    count += (JSON.parse(`{${list}}`) as { flowTuples: unknown[] }).flowTuples.length;
  return count;
}

test("damaged logs: no tuple outside the stretches that are accounted for", async () => {
  const stamp = (text: string): string => {
    let n = 0;
    return text.replace(/10\.0\.0\.5/g, () => `10.9.${n >> 8}.${n++ & 255}`); // each can be told from the others
  };
  const texts = members(vnetTexts(usualTuples)).map(stamp);
  await fc.assert(
    fc.asyncProperty(mutated(texts, 2), async (text) => {
      const bytes = Buffer.from(text);
      const parts = await read([bytes]);
      checkParts(parts, [bytes]);
      if (parts.at(-1)!.members[0]!.status === "refused") return;
      const covered = parts.flatMap(({ records }) =>
        Array.from(
          { length: records.length },
          (_, i) => [records.offset[i]!, records.offset[i]! + records.bytes[i]!] as const,
        ),
      );
      for (const match of text.matchAll(/10\.9\.\d+\.\d+,\d+,\d+,/g)) {
        const at = Buffer.byteLength(text.slice(0, match.index));
        expect(covered.some(([from, to]) => from <= at && at < to)).toBe(true);
      }
    }),
    { numRuns: 400 },
  );
});

test("embedded evidence is the bytes that were read, of every member that is kept", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(members(vnetTexts(usualTuples)), { minLength: 1, maxLength: 4 }),
      fc.integer({ min: 3, max: 5000 }),
      async (all, piece) => {
        const bytes = all.map((text) => Buffer.from(text));
        const parts = await read(bytes, true, piece);
        const stream = Buffer.concat(parts.flatMap(({ evidence }) => evidence).map((chunk) => unpack(chunk.bytes)));
        parts.at(-1)!.members.forEach(({ status, evidenceAt, bytes: length }, i) => {
          if (status === "refused") expect(evidenceAt).toBeNull();
          else expect(stream.subarray(evidenceAt!, evidenceAt! + length)).toEqual(bytes[i]);
        });
      },
    ),
    { numRuns: 60 },
  );
});

test("more encryption codes than anyone has: each tuple is kept or a reject, and the unit after it is as without it", async () => {
  const coded = (code: string): string => FIRST.replace(",NX,", `,${code},`);
  const letters = (n: number): string =>
    String.fromCharCode(65 + (n % 26)) + (n < 26 ? "" : letters(Math.floor(n / 26)));
  const many = Array.from({ length: 70_000 }, (_, n) => coded(`E_${letters(n)}_`));
  const log = blob(vnetRecord([["A", ...many, coded("NX_FALLBACK"), coded("X")]]));
  const other = blob(vnetRecord([["A", coded("OTHER"), coded("X")]]));
  const alone = await read([other]);
  const found = accounts(await read([log]));
  expect(found).toEqual({ tuples: 202, kept: 202, tupleRejects: 69_800, stretches: 0, rejected: 0 });
  expect(await read([other])).toEqual(alone);
});

test("tuples under a damaged key are a reject, wherever the key stands", async () => {
  const good = JSON.stringify(vnetRecord([["A", FIRST]]));
  const two = JSON.stringify(vnetRecord([["A", FIRST, FIRST]]));
  for (const [key, damaged] of [
    ["flowTuples", "flowTuplXs"],
    ["flowTuples", "flowtuples"],
    ["flowGroups", "flowGrXups"],
    ["flows", "flXws"],
  ] as const) {
    const parts = await read([Buffer.from(`{"records":[${good},${two.replace(`"${key}"`, `"${damaged}"`)}]}`)]);
    expect(accounts(parts), damaged).toEqual({ tuples: 1, kept: 1, tupleRejects: 0, stretches: 1, rejected: 0 });
    expect(parts.flatMap(({ rejects }) => rejects)[0]!.text).toContain(FIRST);
  }
});

test("a rule and an ACL are those of their own record, though another of the same length stood at the same place before", async () => {
  const log = (n: number): Buffer =>
    blob(...[0, 1].map((_) => vnetRecord([[`UserRule_${n}`, FIRST]], { acl: `/acl/${n}` })));
  const logs = Array.from({ length: 9 }, (_, n) => log(n));
  const together = foundIn(await read(logs));
  expect(together.tuples.map(({ rule, acl }) => [rule, acl])).toEqual(
    logs.flatMap((_, n) => [0, 1].map(() => [`UserRule_${n}`, `/acl/${n}`])),
  );
  for (const [n, one] of logs.entries())
    expect(foundIn(await read([one])).tuples.map(({ rule, acl }) => [rule, acl])).toEqual(
      [0, 1].map(() => [`UserRule_${n}`, `/acl/${n}`]),
    );
});
