// How long the worst filters take, each asked for the first time of the sample incident: a figure, not a check.

import { join } from "node:path";
import { expect, test } from "vitest";
import { answer } from "../../electron/query/answer.ts";
import { openCatalog } from "../../electron/query/catalog.ts";
import { openForReading } from "../../electron/store/case-file.ts";
import { AppError } from "../../shared/failure.ts";
import { folder } from "../support/cli.ts";
import { figure } from "../support/figure.ts";
import { hostileFilters } from "../support/hostile-filters.ts";
import { ingestHere } from "../support/ingest-here.ts";
import { manyLogs } from "../support/logs.ts";

test("hostile filters", async () => {
  const caseFile = join(folder(), "case.tidemark");
  await ingestHere(caseFile, [folder(manyLogs(24, 60, 30))], { embed: false });
  const catalog = openCatalog(openForReading(caseFile));
  const ask = (filter: string): void => {
    answer(catalog, {
      by: "edges",
      scope: { from: null, to: null, filter },
      sort: null,
      limit: 100,
      after: 0,
      bin: null,
    });
  };
  ask("src == 10.0.0.4");
  const taken = hostileFilters.map(({ name, text }) => {
    const began = process.cpuUsage();
    try {
      ask(text);
    } catch (thrown) {
      if (!(thrown instanceof AppError)) throw thrown;
    }
    const { user, system } = process.cpuUsage(began);
    return { name, ms: (user + system) / 1000 };
  });
  taken.sort((a, b) => b.ms - a.ms);
  figure("hostile filters, ms of processor", {
    filters: taken.length,
    ...Object.fromEntries(taken.slice(0, 5).map(({ name, ms }) => [`for ${name}`, Math.round(ms)])),
  });
  expect(taken.length).toBe(hostileFilters.length);
});
