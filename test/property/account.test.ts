// Added + seen before + rejected = read, for records and for tuples: of any bytes, however they come and in whatever company.

import fc from "fast-check";
import { expect, test } from "vitest";
import { checkAccounts } from "../../electron/query/verify-account.ts";
import { accountedMembers } from "../../electron/store/account.ts";
import { listMembers } from "../../electron/store/read.ts";
import { type Account, recordsRead, sumAccounts, tuplesRead } from "../../shared/account.ts";
import { folder, json } from "../support/cli.ts";
import { members, mutated, tuples, usualTuples, vnetTexts } from "../support/generated.ts";
import { blob, evidence, vnetRecord, wholeFiles } from "../support/logs.ts";
import { type Files, reading, written } from "../support/written.ts";

type Read = { readonly records: number; readonly tuples: number };

/** What was read of each member, by path; what was kept of all. Fails where `verify` would. */
async function accountOf(files: Files): Promise<{ readonly read: Map<string, Read>; readonly all: Account }> {
  return reading(await written([["logs", files]]), (db) => {
    expect(checkAccounts(db, listMembers(db))).toEqual([]);
    const accounted = accountedMembers(db);
    const read = accounted.map((of): [string, Read] => [of.path, { records: recordsRead(of), tuples: tuplesRead(of) }]);
    return { read: new Map(read), all: sumAccounts(accounted) };
  });
}

const bytes = mutated(members(vnetTexts(fc.oneof({ weight: 4, arbitrary: usualTuples }, tuples)))).map(Buffer.from);

test("what is read of a member is the same alone, beside others and after itself, and the sums close", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(bytes, { minLength: 1, maxLength: 3 }), async (all) => {
      const twice = [...all, ...all].map((content, i): [string, Buffer] => [`h=0${i}/PT1H.json`, content]);
      const together = await accountOf(twice);
      for (const [path, content] of twice)
        expect(together.read.get(path)).toEqual((await accountOf([[path, content]])).read.get(path));
    }),
    { numRuns: 12 },
  );
});

test("records dealt out over files are read as in one", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(vnetTexts(fc.oneof(usualTuples, tuples)), { minLength: 1, maxLength: 6 }),
      fc.array(fc.nat(2), { minLength: 6, maxLength: 6 }),
      async (records, deal) => {
        const list = (own: readonly string[]): Buffer => Buffer.from(`{"records":[${own.join(",")}]}`);
        const dealt = [0, 1, 2].map((to): [string, Buffer] => [
          `${to}.json`,
          list(records.filter((_, i) => deal[i] === to)),
        ]);
        const { all: one } = await accountOf([["a.json", list(records)]]);
        const { all: several } = await accountOf(dealt);
        expect(several).toEqual(one);
      },
    ),
    { numRuns: 12 },
  );
});

const good = "1741083072345,10.0.0.4,10.0.0.5,40000,443,6,O,B,NX,0,0,0,0";

test("a rejected tuple of a record seen before counts among that record's tuples, and as a reject only where it came first", async () => {
  const log = blob(vnetRecord([["R", good, "no tuple", good]]));
  const { all } = await accountOf([
    ["1.json", log],
    ["2.json", log],
  ]);
  expect(all).toEqual({
    records: 1,
    duplicateRecords: 1,
    rejectedRecords: 0,
    tuples: 2,
    duplicateTuples: 3,
    rejectedTuples: 1,
    rejects: 1,
    recordsRead: 2,
    tuplesRead: 6,
  });
});

test("a stretch inside a record is a reject and neither a record nor a tuple", async () => {
  const hurt = JSON.stringify(vnetRecord([["R", good]])).replace('"flowTuples"', '"flowTuple5"');
  const { all } = await accountOf([["1.json", Buffer.from(`{"records":[${hurt}, 7]}`)]]);
  expect(all).toMatchObject({ records: 1, rejectedRecords: 1, rejectedTuples: 0, rejects: 2, recordsRead: 2 });
});

test("recorded files are read to the last record and tuple, with any number of jobs", async () => {
  const logs = folder(wholeFiles.map((name) => [name, evidence(name)]));
  const strings = (text: string): number => text.match(/"\d{10,13},[^"]*"/g)!.length;
  const sums = await Promise.all(
    [1, 3].map(async (jobs) => {
      const { account } = await json<{ account: Account }>([
        "ingest",
        `${folder()}/a.tidemark`,
        logs,
        "--jobs",
        String(jobs),
        "--json",
      ]);
      return account;
    }),
  );
  expect(sums[0]).toEqual(sums[1]);
  const texts = wholeFiles.map((name) => evidence(name).toString());
  expect(tuplesRead(sums[0]!)).toBe(texts.reduce((sum, text) => sum + strings(text), 0));
  expect(recordsRead(sums[0]!)).toBe(texts.reduce((sum, text) => sum + text.match(/"category"/g)!.length, 0));
});
