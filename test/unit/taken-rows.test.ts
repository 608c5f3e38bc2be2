// What a filter takes by source port or state is kept by conversation and hour: whatever was asked before, answers are those of the tuples.

import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { answer } from "../../electron/query/answer.ts";
import { beside } from "../../electron/query/beside.ts";
import { type Catalog, openCatalog } from "../../electron/query/catalog.ts";
import { inScope } from "../../electron/query/in-scope.ts";
import { scopeTotals } from "../../electron/query/totals.ts";
import { openForReading } from "../../electron/store/case-file.ts";
import type { Question } from "../../shared/contract.ts";
import type { Scope } from "../../shared/scope.ts";
import { folder } from "../support/cli.ts";
import { ingestHere } from "../support/ingest-here.ts";
import { manyLogs, randomFrom } from "../support/logs.ts";

const caseFile = join(folder(), "case.tidemark");
beforeAll(() => ingestHere(caseFile, [folder([...manyLogs(6, 8, 40)])]));

const totals = (catalog: Catalog, scope: Scope): unknown => scopeTotals(catalog, inScope(catalog, scope));

const FILTERS = ["state == E", "sport < 50000 and proto == tcp", "port == 443", "not (state == B or sport > 52000)"];

test.each([
  ["with room for all of it", undefined],
  ["with room for the rows of one filter at a time", 1_000_000],
])("%s", (_, budget) => {
  const db = openForReading(caseFile);
  const [kept, byTuple] = [openCatalog(db, budget), openCatalog(db, 1)];
  expect([kept.activity() === null, byTuple.activity()]).toEqual([false, null]);
  const random = randomFrom(7);
  const [first, last] = [kept.segments[0]!.firstTime, kept.segments.at(-1)!.lastTime];
  for (let n = 0; n < 48; n++) {
    const [from, to] = [random(), random()]
      .sort((a, b) => a - b)
      .map((part) => Math.floor(first + part * (last - first)));
    const scope = {
      from: n % 5 === 0 ? null : from!,
      to: n % 7 === 0 ? null : to!,
      filter: FILTERS[n % FILTERS.length]!,
      ...(n % 3 === 0 ? { sides: "once" as const } : {}),
      ...(n % 4 === 1 ? { counters: "adjusted" as const } : {}),
    };
    const ask = (by: "timeline" | "edges" | "conversations"): Question => ({
      by,
      scope,
      sort: null,
      limit: by === "edges" ? 5 : by === "conversations" ? n % 2 : 0,
      after: 0,
      bin: by === "timeline" ? "1h" : null,
    });
    for (const by of ["timeline", "edges", "conversations"] as const) {
      const [{ rows, leftOut, length }, other] = [answer(kept, ask(by)), answer(byTuple, ask(by))];
      expect({ rows, leftOut, length }).toEqual({ rows: other.rows, leftOut: other.leftOut, length: other.length });
    }
    expect(totals(kept, scope)).toEqual(totals(byTuple, scope));
    const rows = { question: ask("edges"), from: 0, to: 3, want: ["activity" as const] };
    expect(beside(kept, rows)).toEqual(beside(byTuple, rows));
  }
  db.close();
});
