// Values of the contract survive JSON: a structured clone and JSON text carry the same thing. Questions and answers: rpc.test.ts.

import fc from "fast-check";
import { expect, test } from "vitest";
import { CaseInfo, Progress, SourceAccount, sourceStatuses } from "../../shared/contract.ts";

const count = fc.maxSafeNat();
const text = fc.string({ unit: "binary" });
const orNull = <T>(values: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(values, { nil: null });
/** JSON has no negative zero. */
const sum = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => (value === 0 ? 0 : value));

const accounts: fc.Arbitrary<SourceAccount> = fc.record({
  path: text,
  kind: fc.constantFrom("folder", "json", "gzip", "zip", "unknown"),
  sha256: orNull(text),
  bytes: count,
  members: count,
  records: count,
  duplicateRecords: count,
  tuples: count,
  rejects: count,
  status: fc.constantFrom(...sourceStatuses),
  reason: orNull(text),
});

const infos: fc.Arbitrary<CaseInfo> = fc.record({
  format: fc.maxSafeInteger(),
  sources: count,
  members: count,
  records: count,
  duplicateRecords: count,
  tuples: count,
  rejects: count,
  firstTime: orNull(fc.maxSafeInteger()),
  lastTime: orNull(fc.maxSafeInteger()),
  nics: count,
  endpoints: count,
  conversations: count,
  flows: orNull(count),
  packetsSent: sum,
  bytesSent: sum,
  packetsReceived: sum,
  bytesReceived: sum,
  sumsRounded: fc.boolean(),
  allowed: count,
  denied: count,
  embedded: fc.boolean(),
  fileBytes: count,
  logicalDigest: text,
  sourceList: fc.array(fc.tuple(accounts, fc.maxSafeInteger()).map(([account, id]) => ({ ...account, id }))),
});

const progresses: fc.Arbitrary<Progress> = fc.record({
  source: text,
  member: text,
  members: count,
  membersOf: count,
  bytes: count,
  bytesOf: count,
  tuples: count,
  rejects: count,
  stage: fc.constantFrom("reading", "deriving"),
});

const schemas = [
  ["SourceAccount", SourceAccount, accounts],
  ["CaseInfo", CaseInfo, infos],
  ["Progress", Progress, progresses],
] as const;

test.each(schemas)("any %s survives JSON", (_, schema, values) => {
  fc.assert(
    fc.property(values as fc.Arbitrary<unknown>, (value) => {
      expect(schema.parse(JSON.parse(JSON.stringify(value)))).toEqual(value);
    }),
  );
});
