// Pages of one answer are of one state of the case: none repeats or skips a row, and after a change the next is refused.

import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { answer } from "../../electron/query/answer.ts";
import { openCatalog } from "../../electron/query/catalog.ts";
import { factsOf } from "../../electron/query/facts.ts";
import { openForReading } from "../../electron/store/case-file.ts";
import type { Answer, Question } from "../../shared/contract.ts";
import { bys } from "../../shared/rows.ts";
import { folder } from "../support/cli.ts";
import { ingestHere, noteHere } from "../support/ingest-here.ts";
import { manyLogs } from "../support/logs.ts";
import { mixedFiles } from "../support/mixed.ts";

async function newCase(): Promise<string> {
  const caseFile = join(folder(), "case.tidemark");
  await ingestHere(caseFile, [folder(mixedFiles)]);
  return caseFile;
}

type More = Partial<Question> & { readonly filter?: string };

function asking(caseFile: string): (by: Question["by"], more?: More) => Answer {
  const db = openForReading(caseFile);
  const catalog = openCatalog(db);
  const facts = factsOf(db, () => null);
  return (by, { filter = "", ...more } = {}) => {
    const scope = { from: null, to: null, filter };
    return answer(catalog, { by, scope, sort: null, limit: 0, after: 0, bin: null, ...more }, facts);
  };
}

let caseFile: string;
let ask: ReturnType<typeof asking>;
beforeAll(async () => {
  caseFile = await newCase();
  ask = asking(caseFile);
});

test.each(bys)("pages of %s put together are the answer", (by) => {
  const more: More = by === "groups" ? { group: ["service", "rule"] } : {};
  const whole = ask(by, more);
  const found: unknown[] = [];
  for (let page = ask(by, { ...more, rows: 3 }); ; ) {
    found.push(...page.rows);
    if (page.next === null) break;
    page = ask(by, { ...more, rows: 3, after: page.next, state: page.state });
  }
  expect(found).toEqual(whole.rows);
});

const CHANGED = "The case has changed while an answer was read page by page";

test("a page goes on in another process, as long as the case is as it was", () => {
  const { next, state } = ask("edges", { rows: 2 });
  expect(asking(caseFile)("edges", { rows: 2, after: next!, state }).rows).toEqual(ask("edges").rows.slice(2, 4));
});

test("a page asked for after evidence was added is refused", async () => {
  const own = await newCase();
  const { next, state } = asking(own)("edges", { rows: 2 });
  await ingestHere(own, [folder(manyLogs(1, 1, 8))]);
  expect(() => asking(own)("edges", { rows: 2, after: next!, state })).toThrow(CHANGED);
});

test("a note changes only answers to filters that ask what is noted", async () => {
  const own = await newCase();
  const before = asking(own);
  const plain = before("edges", { rows: 2 });
  const noted = before("edges", { rows: 2, filter: "status != cleared" });
  noteHere(own, [{ what: "host.status", host: "10.0.0.4", status: "cleared" }]);
  const after = asking(own);
  expect(after("edges", { rows: 2, after: 2, state: plain.state }).rows).toHaveLength(2);
  const next: More = { rows: 2, after: 2, filter: "status != cleared", state: noted.state };
  expect(() => after("edges", next)).toThrow(CHANGED);
});
