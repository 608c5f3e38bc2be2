// What the page adds up for its pictures, held to answers: drawn, hidden and not drawn together are the totals of the scope, whatever is
// folded, hidden or opened, in the graph, the matrix and the Sankey.

import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { answer } from "../../electron/query/answer.ts";
import { type Catalog, openCatalog } from "../../electron/query/catalog.ts";
import { inScope } from "../../electron/query/in-scope.ts";
import { scopeTotals } from "../../electron/query/totals.ts";
import { openForReading } from "../../electron/store/case-file.ts";
import { FIRST_LOOK, type GraphLook } from "../../renderer/model/graph-look.ts";
import { edgesDrawn, type Picture } from "../../renderer/views/graph/parts.ts";
import { pictureOf } from "../../renderer/views/graph/picture.ts";
import { matrixOf } from "../../renderer/views/graph/projections/matrix.ts";
import { sankeyOf } from "../../renderer/views/graph/projections/sankey.ts";
import { measured, sumFields } from "../../renderer/views/graph/sums.ts";
import { weightsOf } from "../../renderer/views/graph/weights.ts";
import type { Answer, Totals } from "../../shared/contract.ts";
import type { Row } from "../../shared/rows.ts";
import type { Scope } from "../../shared/scope.ts";
import { folder } from "../support/cli.ts";
import { ingestHere } from "../support/ingest-here.ts";
import { manyLogs } from "../support/logs.ts";
import { mixedFiles } from "../support/mixed.ts";

let catalog: Catalog;
beforeAll(async () => {
  const caseFile = join(folder(), "case.tidemark");
  await ingestHere(caseFile, [folder(mixedFiles), folder([...manyLogs(4, 6, 20)])]);
  catalog = openCatalog(openForReading(caseFile));
});

const MOST = 40;

function ask(
  scope: Scope,
  flows: boolean,
): { readonly rows: readonly Row[]; readonly leftOut: Answer["leftOut"]; readonly totals: Totals } {
  const sort = { field: "tuples", order: "desc" } as const;
  const common = { scope, sort, limit: MOST, after: 0, bin: null };
  const { rows, leftOut } = flows
    ? answer(catalog, { ...common, by: "groups", group: ["srcIp", "dstIp"] })
    : answer(catalog, { ...common, by: "edges" });
  return { rows, leftOut, totals: scopeTotals(catalog, inScope(catalog, scope)) };
}

const host = (ip: string) => ({
  nic: ip.endsWith("4"),
  name: ip,
  isPublic: !ip.startsWith("10."),
  country: ip.startsWith("10.") ? null : "SE",
  countryName: ip.startsWith("10.") ? null : "Sweden",
  asn: null,
  tag: null,
  network: ip.startsWith("10.0.") ? "vnet" : null,
  subnet: null,
  pinned: false,
});

function picture(rows: readonly Row[], look: Partial<GraphLook>, inside: number): Picture {
  const arrangement = { grouping: "network", look: { ...FIRST_LOOK, ...look } } as const;
  return pictureOf({ now: rows, before: null }, weightsOf(rows, null), host, arrangement, { internet: 5, inside });
}

const scopes: readonly Scope[] = [
  { from: null, to: null, filter: "" },
  { from: null, to: null, filter: "dport < 30000", sides: "once" },
];

test("edges and every sum: drawn, hidden and left out are the totals of the scope", () => {
  for (const scope of scopes)
    for (const flows of [false, true])
      for (const inside of [3, 50]) {
        const { rows, leftOut, totals } = ask(scope, flows);
        const ids = picture(rows, {}, inside).nodes.map(({ id }) => id);
        const looks: readonly Partial<GraphLook>[] = [
          {},
          { hidden: ids.slice(0, 2) },
          { only: ids.slice(0, 3) },
          { alone: ids },
        ];
        for (const look of looks) {
          const drawn = picture(rows, look, inside);
          expect(edgesDrawn(drawn) + drawn.aside.edges).toBe(rows.length);
          expect(rows.length + leftOut.count!).toBe(totals.edges);
          for (const field of sumFields) {
            if (field === "flows" && !flows) continue; // edges do not tell
            const shown = drawn.edges.reduce((sum, edge) => sum + edge[field], drawn.aside.sums[field]);
            expect([field, shown + leftOut[field]!]).toEqual([field, totals[field]]);
          }
        }
      }
  expect(ask(scopes[0]!, false).leftOut.count).toBeGreaterThan(0);
});

test("matrix and Sankey: cells, bars and ribbons of each side, with what is left out, are the totals", () => {
  for (const scope of scopes) {
    const { rows, leftOut, totals } = ask(scope, false);
    const drawn = picture(rows, {}, 4);
    for (const measure of ["bytes", "tuples", "packets"] as const) {
      const left = measured(leftOut as never, measure); // the same fields, of an answer
      const all = measured(totals as never, measure);
      const matrix = matrixOf(drawn, measure, "amount");
      let cells = 0;
      for (let row = 0; row < matrix.rows.length; row++)
        for (let column = 0; column < matrix.columns.length; column++) {
          const edge = drawn.edges[matrix.cellOf(row, column)];
          if (edge) cells += measured(edge, measure);
        }
      expect(cells + left).toBe(all);
      const sankey = sankeyOf(drawn, measure, 200);
      for (const part of [sankey.left, sankey.right, sankey.ribbons] as readonly (readonly {
        readonly value: number;
      }[])[])
        expect(part.reduce((sum, { value }) => sum + value, left)).toBe(all);
    }
  }
});
