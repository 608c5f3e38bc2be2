// R5: a case damaged in thousands of ways. No mutant crashes or hangs the program; every one whose answers differ is found by `verify`.

import { join } from "node:path";
import { expect, test } from "vitest";
import { folder } from "../support/cli.ts";
import { damageCase, silent, smallCase, undetected } from "../support/damage.ts";
import { mixedFiles } from "../support/mixed.ts";

test.each([
  { embed: true, seed: 1_000_000, count: 2000 },
  { embed: false, seed: 2_000_000, count: 1000 },
])("R5: $count mutants of 1 to 8 bytes, embedded $embed", async ({ embed, seed, count }) => {
  const caseFile = join(folder(), "a.tidemark");
  await smallCase(caseFile, folder(mixedFiles), embed);
  const runs = await damageCase(caseFile, seed, count);
  const told = runs.mutants.filter((mutant) => mutant.told !== "ok").length;
  const bugs = runs.mutants.filter((mutant) => mutant.told === "bug" || mutant.shows === "bug");
  console.log(
    `R5 ${embed ? "embedded" : "not embedded"}: ${count} mutants, ${runs.crashed.length} crashes, ${runs.hung.length} hangs, ` +
      `${undetected(runs).length} undetected changes, ${silent(runs).length} wrong answers given, ${told} found`,
  );
  expect(runs).toMatchObject({ crashed: [], hung: [] });
  expect(runs.mutants).toHaveLength(count);
  expect(undetected(runs)).toEqual([]);
  expect(bugs).toEqual([]);
});

test.each([
  { embed: true, seed: 3_000_000 },
  { embed: false, seed: 4_000_000 },
])("R5: 500 mutants are recovered, embedded $embed", async ({ embed, seed }) => {
  const caseFile = join(folder(), "a.tidemark");
  await smallCase(caseFile, folder(mixedFiles), embed);
  const runs = await damageCase(caseFile, seed, 500, "recoveries.ts");
  const tally = new Map<string, number>();
  for (const { told } of runs.mutants) tally.set(told, (tally.get(told) ?? 0) + 1);
  console.log(`R5 recover, ${embed ? "embedded" : "not embedded"}: ${JSON.stringify(Object.fromEntries(tally))}`);
  expect(runs).toMatchObject({ crashed: [], hung: [] });
  expect([...tally.keys()].filter((told) => !/^(same|named|case-damaged|case-from-future)$/.test(told))).toEqual([]);
});
