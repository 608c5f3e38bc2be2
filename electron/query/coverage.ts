// When each NIC was logged: stretches of whole hours with records, and between them those without. Absence of records is not absence of
// traffic.

import { type Cell, rowFields } from "../../shared/rows.ts";
import { HOUR } from "../segment/columns.ts";
import type { Catalog } from "./catalog.ts";
import { listNics } from "./nics.ts";
import type { Table } from "./table.ts";

type Stretch = { readonly nic: string; readonly state: "logged" | "gap"; readonly from: number; readonly to: number };

/** By NIC, then time. */
export function coverageTable(catalog: Catalog): Table {
  const rows = listNics(catalog).flatMap(({ nic, logged, gaps }): Stretch[] =>
    [
      ...logged.map((range) => ({ nic, state: "logged" as const, ...range })),
      ...gaps.map((range) => ({ nic, state: "gap" as const, ...range })),
    ].sort((a, b) => a.from - b.from),
  );
  const cell = (field: string, i: number): Cell => {
    const row = rows[i];
    if (!row) return null;
    if (field === "hours") return (row.to - row.from) / HOUR;
    return row[field as keyof Stretch]; // the other fields of a stretch are its own
  };
  return { fields: rowFields.coverage, length: rows.length, cell };
}
