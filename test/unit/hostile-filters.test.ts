// Filters made to hang or break the engine are answered or refused with a sentence, and the next question is answered as ever.

import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { answer } from "../../electron/query/answer.ts";
import { type Catalog, openCatalog } from "../../electron/query/catalog.ts";
import { openForReading } from "../../electron/store/case-file.ts";
import { AppError } from "../../shared/failure.ts";
import { FILTER_LENGTH, Scope } from "../../shared/scope.ts";
import { folder } from "../support/cli.ts";
import { hostileFilters } from "../support/hostile-filters.ts";
import { ingestHere } from "../support/ingest-here.ts";
import { mixedFiles } from "../support/mixed.ts";

let catalog: Catalog;
beforeAll(async () => {
  const caseFile = join(folder(), "case.tidemark");
  await ingestHere(caseFile, [folder(mixedFiles)]);
  catalog = openCatalog(openForReading(caseFile));
});

function ask(filter: string): number {
  const scope = { from: null, to: null, filter };
  return answer(catalog, { by: "tuples", scope, sort: null, limit: 0, after: 0, bin: null }).rows.length;
}

describe.each(hostileFilters)("$name", ({ text, said }) => {
  test(said === null ? "is answered" : "is refused with a sentence", () => {
    let sentence: string | null = null;
    try {
      ask(text);
    } catch (thrown) {
      if (!(thrown instanceof AppError)) throw thrown;
      expect(thrown.kind).toBe("bad-request");
      expect(thrown.message.length).toBeLessThan(1000);
      sentence = thrown.message;
    }
    if (said === null) expect(sentence).toBeNull();
    else expect(sentence).toContain(said);
    expect(ask("")).toBeGreaterThan(0);
  });
});

test("a filter that is longer than any is not read at all", () => {
  const scope = { from: null, to: null, filter: "a".repeat(FILTER_LENGTH + 1) };
  expect(Scope.safeParse(scope).success).toBe(false);
});
