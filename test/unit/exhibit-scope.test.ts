// From a figure to its tuples: the evidence page counts as the figure did, each side or once, whatever it is of.

import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { answer } from "../../electron/query/answer.ts";
import { type Catalog, openCatalog } from "../../electron/query/catalog.ts";
import { inScope } from "../../electron/query/in-scope.ts";
import { scopeTotals } from "../../electron/query/totals.ts";
import { openForReading } from "../../electron/store/case-file.ts";
import { exhibitScope } from "../../renderer/model/exhibit-scope.ts";
import { type Exhibit, narrowed } from "../../renderer/model/view.ts";
import type { Answer, Question } from "../../shared/contract.ts";
import { scopeOfRow } from "../../shared/row-scope.ts";
import type { Scope } from "../../shared/scope.ts";
import { folder } from "../support/cli.ts";
import { ingestHere } from "../support/ingest-here.ts";
import { blob, vnetRecord } from "../support/logs.ts";

let catalog: Catalog;
const T0 = Date.UTC(2025, 2, 4, 10);
const NICS = ["000D3A111111", "000D3A222222"];

/** Flows between two NICs of one network, each of which logged them; and what one of them opened to elsewhere. */
beforeAll(async () => {
  const tuple = (minute: number, port: number, to: string, dir: string, state: string, counts: string): string =>
    `${T0 + minute * 60_000},10.0.0.4,${to},${port},443,6,${dir},${state},NX,${counts}`;
  const flows = (to: string, dir: string, ports: readonly number[]): string[] =>
    ports.flatMap((port, i) => [
      tuple(i * 7, port, to, dir, "B", "0,0,0,0"),
      tuple(i * 7 + 3, port, to, dir, "C", `${i + 1},${(i + 1) * 100},2,300`),
      tuple(i * 7 + 5, port, to, dir, "E", `1,50,${i},40`),
    ]);
  const inside = [50001, 50002, 50003, 50004];
  const one = vnetRecord([["AllowOut", ...flows("10.0.0.5", "O", inside), ...flows("20.1.2.3", "O", [51000, 51001])]], {
    mac: NICS[0]!,
  });
  const other = vnetRecord([["AllowIn", ...flows("10.0.0.5", "I", inside)]], { mac: NICS[1]! });
  const caseFile = join(folder(), "case.tidemark");
  await ingestHere(caseFile, [
    folder([
      ["a/PT1H.json", blob(one)],
      ["b/PT1H.json", blob(other)],
    ]),
  ]);
  catalog = openCatalog(openForReading(caseFile));
});

function ask(by: Question["by"], scope: Scope, more: Partial<Question> = {}): Answer {
  return answer(catalog, { by, scope, sort: null, limit: 0, after: 0, bin: null, ...more });
}

/** What the evidence page says of it: its sum, and the tuples it lists. */
function evidence(scope: Scope, exhibit: Exhibit | null): { sum: unknown; listed: unknown } {
  const within = exhibitScope(scope, exhibit);
  const { tuples, bytesSent, bytesReceived } = scopeTotals(catalog, inScope(catalog, within));
  const { rows } = ask("tuples", within);
  const sumOf = (field: string): number => rows.reduce((sum, row) => sum + Math.max(0, Number(row[field] ?? 0)), 0);
  return {
    sum: { tuples, bytesSent, bytesReceived },
    listed: { tuples: rows.length, bytesSent: sumOf("bytesSent"), bytesReceived: sumOf("bytesReceived") },
  };
}

const figures = ({ tuples, bytesSent, bytesReceived }: Answer["rows"][number]) => ({
  tuples,
  bytesSent,
  bytesReceived,
});
const plain = { filter: "", title: "", place: null };
const scopes: readonly Scope[] = (["each", "once"] as const).flatMap((sides) => [
  { from: null, to: null, filter: "", sides },
  { from: T0 + 60_000, to: T0 + 1_500_000, filter: "bytes > 10", sides },
]);

test("once is less than each side here", () => {
  const [each, once] = (["each", "once"] as const).map((sides) =>
    scopeTotals(catalog, inScope(catalog, { ...scopes[0]!, sides })),
  );
  expect(once!.tuples).toBeLessThan(each!.tuples);
});

test("a bar of the timeline, of a series and of a NIC's lane", () => {
  for (const scope of scopes) {
    for (const bar of ask("timeline", scope, { bin: "10m" }).rows) {
      const stretch = { from: Number(bar.time), to: Number(bar.time) + 600_000 };
      const shown = evidence(scope, { ...plain, bar: stretch });
      expect(shown).toEqual({ sum: figures(bar), listed: figures(bar) });
      expect(figures(scopeTotals(catalog, inScope(catalog, narrowed(scope, { kind: "bar", ...stretch }))))).toEqual(
        figures(bar),
      );
    }
    for (const part of ["sport < 50003", `nic == "${NICS[1]}"`, "dir == O"])
      for (const bar of ask("timeline", { ...scope, part }, { bin: "10m" }).rows) {
        const stretch = { from: Number(bar.time), to: Number(bar.time) + 600_000 };
        expect(evidence(scope, { ...plain, part, bar: stretch })).toEqual({ sum: figures(bar), listed: figures(bar) });
      }
    for (const bar of ask("timeline", scope, { bin: "10m", lanes: true }).rows) {
      const stretch = { from: Number(bar.time), to: Number(bar.time) + 600_000 };
      const lane = { ...plain, part: `nic == "${bar.nic}"`, bar: stretch };
      expect(evidence(scope, lane)).toEqual({ sum: figures(bar), listed: figures(bar) });
    }
  }
});

test("a row of any table of sums, and of flows", () => {
  for (const scope of scopes)
    for (const by of ["conversations", "edges", "nics", "ports", "rules", "encryption", "flows"] as const)
      for (const row of ask(by, scope).rows) {
        const { part, bar, flow } = scopeOfRow({ by, scope }, row)!;
        const stretch = bar ? { bar: { from: bar.from, to: bar.to } } : {};
        const shown = evidence(scope, { ...plain, ...(part ? { part } : {}), ...stretch, ...(flow ? { flow } : {}) });
        expect([by, shown]).toEqual([by, { sum: figures(row), listed: figures(row) }]);
      }
});

test("of a page without a filter its figures are not filtered", () => {
  const scope: Scope = { from: null, to: null, filter: "dst == 20.1.2.3", sides: "once" };
  const filter = `ip == 10.0.0.5`;
  const totals = scopeTotals(catalog, inScope(catalog, { ...scope, filter }));
  expect(evidence(scope, { ...plain, filter, alone: true }).sum).toEqual(figures(totals as never));
  expect(evidence(scope, { ...plain, filter }).sum).toMatchObject({ tuples: 0 });
});
