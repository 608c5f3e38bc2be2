// Records of the usual form are read by the kernel; that must not be told from walking them plainly, whatever stands in them.

import fc from "fast-check";
import { expect, test } from "vitest";
import { type Batch, newBatch } from "../../electron/ingest/batch.ts";
import { growWindow } from "../../electron/ingest/batch-rows.ts";
import { newElements, walkElements } from "../../electron/ingest/elements.ts";
import { type Content, contentOf, emptied, inWindow } from "../support/batches.ts";
import { mutated, tuples, usualTuples, vnetTexts } from "../support/generated.ts";

const quick = newBatch();
const plain = newBatch();

type Bytes = { readonly bytes: Buffer; readonly end: number };
type Walked = { readonly at: number; readonly content: Content; readonly [more: string]: unknown };

/** What becomes of bytes 0 … end of a member; what stands after them must not matter. */
function walked(batch: Batch, bytes: Buffer, end: number, last: boolean): Walked {
  const before = { rows: batch.raw.length, records: batch.records.length, rejects: batch.rejects.length };
  const e = newElements(3);
  const at = walkElements(e, batch, bytes, end, 1000, last);
  const { next, flowLog, damage, foreign, over, frames, gathered } = e;
  const { nics, flowLogs } = gathered;
  const whose = {
    nics: [...nics].map((id) => batch.texts[id]),
    flowLogs: [...flowLogs].map((id) => batch.flowLogs[id]),
    times: [gathered.firstTime, gathered.lastTime],
  };
  const state = { next, flowLog, damage, foreign: [foreign.count, foreign.category], over, frames, whose };
  return { at, ...state, content: contentOf(batch, before) };
}

/** Members one after another, each by the kernel and each plainly; both must be the same. */
function same(members: readonly Bytes[], last = false): void {
  emptied(quick);
  emptied(plain);
  for (const { bytes, end } of members)
    expect(walked(quick, inWindow(quick, bytes), end, last)).toEqual(walked(plain, bytes, end, last));
}

const whole = (...texts: string[]): Bytes => {
  const text = texts.join(",\n");
  return { bytes: Buffer.from(`${text},{"time":"2025-03-04T10:00:04.1234567Z"`), end: Buffer.byteLength(text) };
};
const usual = vnetTexts(usualTuples);

test("usual records and odd tuples", () => {
  const odd = vnetTexts(fc.oneof({ weight: 9, arbitrary: usualTuples }, tuples));
  fc.assert(
    fc.property(usual, fc.array(odd, { minLength: 1, maxLength: 4 }), fc.boolean(), (head, more, last) => {
      same([whole(head, ...more), whole(...more)], last);
    }),
    { numRuns: 250 },
  );
});

test("records with edited text", () => {
  fc.assert(
    fc.property(usual, mutated(usual, 2), usual, fc.boolean(), (head, edited, next, last) => {
      same([whole(head, edited, next), whole(head)], last);
    }),
    { numRuns: 400 },
  );
});

test("records with any bytes in them", () => {
  const edits = fc.array(fc.record({ at: fc.nat(), byte: fc.nat(255) }), { minLength: 1, maxLength: 3 });
  fc.assert(
    fc.property(usual, usual, edits, (head, text, changes) => {
      const hurt = whole(text, head);
      for (const { at, byte } of changes) hurt.bytes[at % hurt.end] = byte;
      same([whole(head), hurt, whole(head)]);
    }),
    { numRuns: 400 },
  );
});

test("records that end anywhere, with the bytes of another read still behind them", () => {
  fc.assert(
    fc.property(usual, usual, fc.nat(), fc.boolean(), (head, text, cut, last) => {
      const record = whole(text);
      same([whole(head), { ...record, end: cut % (record.end + 1) }, whole(head)], last);
    }),
    { numRuns: 300 },
  );
});

test("what stands between records, and no record after it", () => {
  const between = fc.array(fc.constantFrom(",", " ", "\n", "]", "}", "{", "\t", "\r", "0"), { maxLength: 3 });
  fc.assert(
    fc.property(usual, between, between, fc.boolean(), (head, before, after, last) => {
      const text = `${before.join("")}${head}${after.join("")}`;
      same([whole(head), { bytes: Buffer.from(text), end: Buffer.byteLength(text) }, whole(after.join(""))], last);
    }),
    { numRuns: 250 },
  );
});

test("times of records, real and not", () => {
  const number = (most: number): fc.Arbitrary<string> => fc.nat(most).map((n) => String(n).padStart(2, "0"));
  const time = fc
    .tuple(
      fc.constantFrom("2024", "2025", "1969", "1970", "2100", "0099", "9999"),
      number(13),
      number(32),
      number(25),
      number(61),
    )
    .map(([year, month, day, hour, minute]) => `${year}-${month}-${day}T${hour}:${minute}:59.1234567Z`);
  fc.assert(
    fc.property(usual, usual, time, (head, text, at) => {
      same([whole(head), whole(text.replace(/^.{37}/, `{"time":"${at}`), head)]);
    }),
    { numRuns: 250 },
  );
});

test("texts of any length, old and new", () => {
  fc.assert(
    fc.property(
      usual,
      fc.array(fc.tuple(fc.nat(5000), fc.constantFrom("a", "é", "b")), { maxLength: 6 }),
      (head, all) => {
        const texts = all.map(([length, letter]) => head.replaceAll("/acl/a", letter.repeat(length)));
        same([whole(head), whole(...texts, ...texts)]);
      },
    ),
    { numRuns: 40 },
  );
});

test("more headers and texts than the kernel remembers", () => {
  const [head = ""] = fc.sample(usual, { numRuns: 1, seed: 5 });
  const many = Array.from({ length: 400 }, (_, n) =>
    [n, n, n % 7].map((m) =>
      head
        .replace(/"macAddress":"[^"]*"/, `"macAddress":"${String(m).padStart(12, "0")}"`)
        .replaceAll("/acl/a", `/acl/${"x".repeat(3900)}/${n}`),
    ),
  );
  for (let at = 0; at < many.length; at += 50) same([whole(...many.slice(at, at + 50).flat())]);
});

test("the usual record does go through the kernel, but for the first of its header", () => {
  const [calls, base] = [quick.kernel.calls, quick.kernel.window.byteOffset];
  let seen = 0;
  fc.assert(
    fc.property(usual, fc.array(usual, { minLength: 1, maxLength: 4 }), (head, more) => {
      if ([head, ...more].some((text) => text.includes("\\") || text.includes('"flowTuples":[]'))) return;
      emptied(quick);
      walked(quick, inWindow(quick, whole(head).bytes), whole(head).end, false);
      const { bytes, end } = whole(...more);
      inWindow(quick, bytes);
      expect([calls.records(base, base + end, 0, 0, 0), calls.found.value]).toEqual([base + end, more.length]);
      seen++;
    }),
    { numRuns: 1500 },
  );
  expect(seen).toBeGreaterThan(10);
});

test("a record with more tuples than the kernel has room for is read all the same, and those after it by the kernel again", () => {
  const [head = ""] = fc.sample(vnetTexts(fc.constant("1741083072345,10.0.0.4,10.0.0.5,1,2,6,O,B,NX,0,0,0,0")), {
    numRuns: 1,
    seed: 2,
  });
  const list = Array.from(
    { length: 100_000 },
    (_, n) => `"1741083072345,10.0.0.4,10.0.0.5,${n & 65535},2,6,O,B,NX,0,0,0,0"`,
  );
  const long = head.replace(/"flowTuples":\[[^\]]*\]/, `"flowTuples":[${list.join(",")}]`);
  const member = whole(head, long, head);
  emptied(quick);
  emptied(plain);
  const bytes = roomy(member.bytes);
  const [short, slow] = [walked(quick, bytes, member.end, true), walked(plain, member.bytes, member.end, true)];
  expect([short.at, short.next, quick.raw.length]).toEqual([slow.at, slow.next, plain.raw.length]);
  expect(quick.raw.srcPort.subarray(0, quick.raw.length)).toEqual(plain.raw.srcPort.subarray(0, plain.raw.length));
});

function roomy(bytes: Buffer): Buffer {
  growWindow(quick, bytes.length);
  return inWindow(quick, bytes);
}
