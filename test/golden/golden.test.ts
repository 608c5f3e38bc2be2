// Golden answers, written by hand from the contract: `<name>/evidence.json` asked `<name>/questions.json` gives these rows.
// Only the fields named there are compared; timeline bins without tuples may or may not be listed.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { folder, inPairs, json, type Row, rows } from "../support/cli.ts";

type Question = { readonly by: string; readonly bin?: string; readonly sort?: string; readonly rows: readonly Row[] };

const names = readdirSync(import.meta.dirname, { withFileTypes: true }).flatMap((entry) =>
  entry.isDirectory() ? [entry.name] : [],
);

test.each(names)("%s", async (name) => {
  const home = join(import.meta.dirname, name);
  const caseFile = join(folder(), "case.tidemark");
  const questions = JSON.parse(readFileSync(join(home, "questions.json"), "utf8")) as Question[];
  await json(["ingest", caseFile, join(home, "evidence.json"), "--json"], [0, 1]);
  const answers = await inPairs(questions, async ({ by, bin, sort, rows: expected }) => {
    const more = [...(bin === undefined ? [] : ["--bin", bin]), ...(sort === undefined ? [] : ["--sort", sort])];
    const found = await rows(caseFile, by, ...more);
    const told = by === "timeline" ? found.filter((row) => row.tuples !== 0) : found;
    return { by, rows: told.map((row, index) => only(row, Object.keys(expected[index] ?? row))) };
  });
  expect(answers).toEqual(questions.map(({ by, rows: expected }) => ({ by, rows: expected })));
});

function only(row: Row, fields: readonly string[]): Row {
  return Object.fromEntries(fields.map((field) => [field, row[field]!]));
}
