// 100,000 questions at random: filter, range and what it says, grouping, each side or once, logged or adjusted, spread, sorted, limited. The
// engine says what the naive reading of the same evidence says, and every row followed leads to the tuples it was added up of.

import { join } from "node:path";
import { expect, test } from "vitest";
import { askBothWays } from "../support/ask-both-ways.ts";
import { folder } from "../support/cli.ts";
import { figure } from "../support/figure.ts";
import { ingestHere } from "../support/ingest-here.ts";
import { evidence, manyLogs, wholeFiles } from "../support/logs.ts";
import { mixedFiles } from "../support/mixed.ts";
import { settledReading } from "../support/settled-reading.ts";
import { settlingCase } from "../support/settling-cases.ts";

const recorded = wholeFiles.map((name) => [name, evidence(name)] as const);

type Files = readonly (readonly [string, Buffer | string])[];
const networkOf = (seed: number): Files[] =>
  settlingCase(seed, 0, 8).sources.map((files) => files.map(({ path, text }) => [path, text] as const));

test.each([
  ["mixed and generated", [[...mixedFiles, ...manyLogs(2, 2, 20)]], 60_000],
  ["a network's", networkOf(11), 20_000],
  ["another network's", networkOf(23), 12_000],
  ["mixed, recorded and generated", [[...mixedFiles, ...recorded, ...manyLogs(4, 6, 30)]], 8_000],
] as const)(
  "%s evidence",
  async (name, files: readonly Files[], questions) => {
    const began = process.cpuUsage();
    const sources = files.map((each) => ({ path: folder(each), files: each }));
    const caseFile = join(folder(), "case.tidemark");
    await ingestHere(
      caseFile,
      sources.map(({ path }) => path),
    );
    const all = settledReading(sources);
    const seeds = Array.from({ length: questions / 1000 }, (_, i) => 1000 + i);
    const wrong = askBothWays(caseFile, all, seeds, 1000);
    const { user, system } = process.cpuUsage(began);
    figure(`questions of ${name} evidence`, {
      tuples: all.length,
      questions,
      different: wrong.length,
      "s of processor": (user + system) / 1e6,
    });
    expect(wrong.slice(0, 20)).toEqual([]);
  },
  3_600_000,
);
