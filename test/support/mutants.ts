// Seeded mutants of flow logs (RELIABILITY R13): bytes flipped, spliced, repeated, deleted, replaced by words that mean something.

import { logOf, type Random, randomOf } from "./archives.ts";
import { blob, evidence, wholeFiles } from "./logs.ts";

const WORDS = [
  ...'{}[]",:\\ \n\r\t0-e.',
  ...["\uFEFF", "\0", "\\u0000", "\\ud800", "null", "true", "1e999", "9007199254740993", "é", "😀", "\xff"],
  ...[
    '"records":[',
    '{"records":[',
    '{"time":"',
    '"time":',
    '"flowRecords":{',
    '"flowTuples":[',
    '"properties":{',
    '"__proto__":{',
  ],
  ...[
    '"category":"FlowLogFlowEvent"',
    '"category":"AuditEvent"',
    '"flowLogVersion":5',
    '"rule":"',
    "]}]}]}}",
    "]}",
    "},{",
    ",",
  ],
  ...[
    "1741083072345,10.0.0.4,10.0.0.5,1,2,6,O,B,NX,0,0,0,0",
    ",X,",
    ",NX_OTHER,",
    "::1",
    "2001:db8::1",
    "[".repeat(70),
    "[[[]]]",
  ],
].map((word) => Buffer.from(word, word === "\xff" ? "latin1" : "utf8"));

/** What is mutated: the published files that are small, and generated logs of every version, twenty in all. */
const seeds: readonly Buffer[] = [
  ...wholeFiles.filter((name) => name !== "nsg-v1.json").map(evidence),
  evidence("nsg-v2-broken-tail.json"),
  ...Array.from({ length: 13 }, (_, n) => {
    const log = logOf(randomOf(n), n);
    return n % 3 === 0 ? Buffer.from(log.map((record) => JSON.stringify(record)).join("\n")) : blob(...log);
  }),
];

/** The `n`-th mutant of a seed number, always the same. */
export function mutant(seed: number, n: number): Buffer {
  const r = randomOf(seed * 7_919_777 + n);
  let bytes = r.of(seeds);
  for (let edits = 1 + r.pick(r() < 0.2 ? 40 : 5); edits > 0; edits--) bytes = edited(r, bytes);
  return bytes;
}

function edited(r: Random, bytes: Buffer): Buffer {
  const at = r.pick(bytes.length + 1);
  const length = r.pick(r() < 0.5 ? 12 : 2000);
  const head = bytes.subarray(0, at);
  const tail = bytes.subarray(at);
  switch (r.pick(7)) {
    case 0: {
      const flipped = Buffer.from(bytes);
      if (at < bytes.length) flipped[at] = flipped[at]! ^ (1 << r.pick(8));
      return flipped;
    }
    case 1: // splice of another
      return Buffer.concat([head, r.of(seeds).subarray(r.pick(2000), r.pick(9000)), tail]);
    case 2: // repeat
      return Buffer.concat([head, ...Array<Buffer>(1 + r.pick(4)).fill(tail.subarray(0, length)), tail]);
    case 3:
      return Buffer.concat([head, tail.subarray(length)]);
    case 4:
      return head.length > 0 && r() < 0.3 ? head : bytes;
    default:
      return Buffer.concat([head, r.of(WORDS), tail.subarray(r.pick(3) === 0 ? length : 0)]);
  }
}
