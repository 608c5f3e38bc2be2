// Evidence of what was looked at, whatever said it: a part, a bar, one flow, whole flows, once. scope.json and README say so.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { answer } from "../../electron/query/answer.ts";
import { openCatalog } from "../../electron/query/catalog.ts";
import { openForReading } from "../../electron/store/case-file.ts";
import { exportOf } from "../../electron/work/export-evidence.ts";
import { scopeOfRow } from "../../shared/row-scope.ts";
import type { Row } from "../../shared/rows.ts";
import { EVERYTHING, type Scope } from "../../shared/scope.ts";
import { folder } from "../support/cli.ts";
import { ingestHere } from "../support/ingest-here.ts";
import { mixedFiles } from "../support/mixed.ts";

const caseFile = join(folder(), "case.tidemark");
beforeAll(async () => {
  await ingestHere(caseFile, [folder(mixedFiles)]);
});

function ask(by: "tuples" | "flows" | "rules" | "timeline", scope: Scope, spread = false): Row[] {
  const db = openForReading(caseFile);
  const question = { by, scope, sort: null, limit: 0, after: 0, bin: "1h", ...(spread ? { spread } : {}) } as const;
  const { rows } = answer(openCatalog(db), question);
  db.close();
  return rows;
}

const flow = (): Scope =>
  scopeOfRow({ by: "flows", scope: EVERYTHING }, ask("flows", EVERYTHING).find(({ tuples }) => Number(tuples) > 1)!)!;
const rule = (): Scope =>
  scopeOfRow(
    { by: "rules", scope: { ...EVERYTHING, sides: "once" } },
    ask("rules", { ...EVERYTHING, sides: "once" })[0]!,
  )!;
const bar = (): Scope => {
  const most = ask("timeline", EVERYTHING, true).reduce((a, b) => (Number(a.bytesSent) > Number(b.bytesSent) ? a : b));
  return scopeOfRow({ by: "timeline", scope: EVERYTHING, bin: "1h", spread: true }, most)!;
};

test.each<[string, () => Scope, string]>([
  ["a flow", flow, "  flow    of the tuple at {"],
  ["a rule, once", rule, "  sides   once: tuples of flows that another log holds better are not here"],
  ["a bar of a spread timeline", bar, "(not included) of a timeline"],
  [
    "flows that start in a range",
    () => ({ ...EVERYTHING, to: Date.UTC(2025, 2, 4, 11), time: "starting" }),
    "  time    whole flows that start in that range",
  ],
])("the evidence of %s is its tuples, as logged", async (_, scopeOf, said) => {
  const scope = scopeOf();
  const to = join(folder(), "out");
  await exportOf(caseFile, { scope: { ...scope, counters: "adjusted" }, to }, new AbortController().signal);
  const read = (name: string): string => readFileSync(join(to, name), "utf8");
  const tuples = ask("tuples", scope).map((row) =>
    Object.fromEntries(Object.entries(row).filter(([field]) => !field.endsWith("Here"))),
  );
  expect(tuples.length).toBeGreaterThan(0);
  expect(
    read("tuples.ndjson")
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as Row),
  ).toEqual(tuples);
  expect(read("README.txt")).toContain(said);
  const about = JSON.parse(read("scope.json")) as { scope: Record<string, unknown> };
  expect(about.scope).toMatchObject({
    ...{ time: scope.time ?? "inside", part: scope.part ?? "", flow: scope.flow ?? null },
    ...{ bar: scope.bar ? scope.bar : null, sides: scope.sides ?? "each" },
  });
});
