// What a member gives depends on its bytes alone: fed whole or in any pieces, the walk finds the same.

import fc from "fast-check";
import { expect, test } from "vitest";
import { newBatch } from "../../electron/ingest/batch.ts";
import { newElements, walkElements } from "../../electron/ingest/elements.ts";
import { type Content, contentOf, emptied } from "../support/batches.ts";
import { members, mutated, tuples, vnetTexts } from "../support/generated.ts";

type Found = Content & { readonly [more: string]: unknown };

const batches = [newBatch(), newBatch()] as const;

/** Feeds the bytes in pieces that end at `cuts`, as the reading of a member does. */
function read(batch: (typeof batches)[number], bytes: Buffer, cuts: readonly number[]): Found {
  emptied(batch);
  const e = newElements(0);
  let kept = Buffer.alloc(0);
  let offset = 0;
  let from = 0;
  for (const to of [...cuts, bytes.length]) {
    if (e.over) break;
    kept = Buffer.concat([kept, bytes.subarray(from, to)]);
    from = to;
    const done = walkElements(e, batch, kept, kept.length, offset, false);
    kept = kept.subarray(done);
    offset += done;
  }
  if (!e.over) walkElements(e, batch, kept, kept.length, offset, true);
  const { next, flowLog, damage, foreign, over } = e;
  return { ...contentOf(batch), next, flowLog, damage, foreign: [foreign.count, foreign.category], over };
}

const texts = members(vnetTexts(tuples));

function sameInPieces(text: string, cuts: readonly number[]): void {
  const bytes = Buffer.from(text);
  const sorted = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].sort((a, b) => a - b);
  expect(read(batches[1], bytes, sorted)).toEqual(read(batches[0], bytes, []));
}

const cuts = fc.array(fc.nat(), { maxLength: 8 });

test("logs in any pieces", () => {
  fc.assert(
    fc.property(texts, cuts, (text, at) => sameInPieces(text, at)),
    { numRuns: 400 },
  );
});

test("logs a byte at a time", () => {
  fc.assert(
    fc.property(texts, (text) => {
      const each = Array.from({ length: Math.min(Buffer.byteLength(text), 1500) }, (_, i) => i);
      sameInPieces(text, each);
    }),
    { numRuns: 15 },
  );
});

test("a byte order mark in any pieces", () => {
  fc.assert(
    fc.property(texts, fc.array(fc.nat(5), { maxLength: 3 }), (text, at) => sameInPieces(`\ufeff${text}`, at)),
    { numRuns: 50 },
  );
});

test("damaged logs in any pieces", () => {
  fc.assert(
    fc.property(mutated(texts, 3), cuts, (text, at) => sameInPieces(text, at)),
    { numRuns: 1000 },
  );
});
