// 100,000 questions at random: filter, range, grouping, each side or once. The engine says what the naive reading of all tuples says, and
// every row followed leads to the tuples it was added up of.

import { join } from "node:path";
import { expect, test } from "vitest";
import { askBothWays } from "../support/ask-both-ways.ts";
import { folder } from "../support/cli.ts";
import { figure } from "../support/figure.ts";
import { ingestHere } from "../support/ingest-here.ts";
import { evidence, manyLogs, wholeFiles } from "../support/logs.ts";
import { mixedFiles } from "../support/mixed.ts";

const recorded = wholeFiles.map((name) => [name, evidence(name)] as const);

test.each([
  ["mixed and generated", [...mixedFiles, ...manyLogs(2, 2, 20)], 92_000],
  ["mixed, recorded and generated", [...mixedFiles, ...recorded, ...manyLogs(4, 6, 30)], 8_000],
] as const)(
  "%s evidence",
  async (name, files, questions) => {
    const began = performance.now();
    const home = folder(files);
    const caseFile = join(folder(), "case.tidemark");
    await ingestHere(caseFile, [home]);
    const wrong: string[] = [];
    for (let seed = 1000; seed < 1000 + questions / 1000; seed++) wrong.push(...askBothWays(caseFile, seed, 1000));
    figure(`questions of ${name} evidence`, {
      questions,
      different: wrong.length,
      s: (performance.now() - began) / 1000,
    });
    expect(wrong.slice(0, 20)).toEqual([]);
  },
  3_600_000,
);
