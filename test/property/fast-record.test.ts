// A record of the usual form is read without walking it; that must not be told from walking it, whatever stands in the record.

import fc from "fast-check";
import { expect, test } from "vitest";
import { type Batch, newBatch } from "../../electron/ingest/batch.ts";
import { addFastRecord } from "../../electron/ingest/fast-record.ts";
import { Malformed, NEED_MORE, newWalker } from "../../electron/ingest/json.ts";
import { walkRecord } from "../../electron/ingest/record.ts";
import { rankOfKey } from "../../electron/ingest/record-keys.ts";
import { type Content, contentOf, emptied } from "../support/batches.ts";
import { mutated, tuples, usualTuples, vnetTexts } from "../support/generated.ts";

const fast = newBatch();
const plain = newBatch();
const walker = newWalker(rankOfKey);

/** What becomes of bytes 0 … end as record No. `record`; what stands after them must not matter. */
function walked(
  batch: Batch,
  bytes: Buffer,
  end: number,
  record: number,
): { outcome: string; at: number; content: Content } {
  const before = { rows: batch.raw.length, records: batch.records.length, rejects: batch.rejects.length };
  Object.assign(walker, { bytes, end, at: 0, fault: -1 });
  let outcome: string;
  try {
    outcome = walkRecord(batch, walker, { member: 3, record, windowOffset: 1000 });
  } catch (thrown) {
    if (thrown !== NEED_MORE && !(thrown instanceof Malformed)) throw thrown;
    outcome = thrown === NEED_MORE ? "more" : `${thrown.why} at ${thrown.at}`;
    batch.raw.length = before.rows; // as the caller does
    batch.records.length = before.records;
    batch.rejects.length = before.rejects;
  }
  return { outcome, at: outcome === "record" ? walker.at : -1, content: contentOf(batch, before) };
}

/** Walks texts one after another in one batch, and each in a batch that has seen none before; both must be the same. */
function same(texts: readonly { readonly bytes: Buffer; readonly end: number }[]): void {
  emptied(fast);
  emptied(plain);
  texts.forEach(({ bytes, end }, i) => {
    const unseen = { ...plain }; // the header of the record before is remembered by batch
    const [short, long] = [walked(fast, bytes, end, i), walked(unseen, bytes, end, i)];
    Object.assign(plain, unseen); // tables that grew
    expect(short).toEqual(long);
  });
}

const whole = (text: string): { bytes: Buffer; end: number } => {
  const bytes = Buffer.from(`${text},{"time":"2025-03-04T10:00:04.1234567Z"`);
  return { bytes, end: Buffer.byteLength(text) };
};
const first = vnetTexts(usualTuples);

test("usual records and odd tuples", () => {
  fc.assert(
    fc.property(
      first,
      fc.array(vnetTexts(fc.oneof({ weight: 9, arbitrary: usualTuples }, tuples)), { minLength: 1, maxLength: 4 }),
      (head, more) => {
        same([head, ...more].map(whole));
      },
    ),
    { numRuns: 400 },
  );
});

test("records with edited text", () => {
  fc.assert(
    fc.property(first, mutated(vnetTexts(usualTuples), 2), vnetTexts(usualTuples), (head, edited, last) => {
      same([head, edited, last].map(whole));
    }),
    { numRuns: 700 },
  );
});

test("records with any bytes in them", () => {
  const edits = fc.array(fc.record({ at: fc.nat(), byte: fc.nat(255) }), { minLength: 1, maxLength: 3 });
  fc.assert(
    fc.property(first, vnetTexts(usualTuples), edits, (head, text, changes) => {
      const hurt = whole(text);
      for (const { at, byte } of changes) hurt.bytes[at % hurt.end] = byte;
      same([whole(head), hurt, whole(head)]);
    }),
    { numRuns: 500 },
  );
});

test("records that end anywhere, with the bytes of another read still behind them", () => {
  fc.assert(
    fc.property(first, vnetTexts(usualTuples), fc.nat(), (head, text, cut) => {
      const record = whole(text);
      same([whole(head), { ...record, end: cut % (record.end + 1) }, whole(head)]);
    }),
    { numRuns: 400 },
  );
});

test("the usual record does take the short way", () => {
  const seen: number[] = [];
  fc.assert(
    fc.property(first, first, (head, text) => {
      if (head.includes("\\") || text.includes("\\")) return;
      const { bytes, end } = whole(text);
      emptied(fast);
      const template = { bytes: Buffer.from(text.slice(37, text.indexOf('"flows":[') + 9)), nic: -1, flowLog: 0 };
      const full = !text.includes('"flowTuples":[]');
      const to = addFastRecord(fast, template, bytes, 0, end);
      if (full) seen.push(to - end);
    }),
    { numRuns: 300 },
  );
  expect(seen.length).toBeGreaterThan(10);
  expect(new Set(seen)).toEqual(new Set([0]));
});
