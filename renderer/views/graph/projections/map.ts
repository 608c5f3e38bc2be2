// The scope by country: rows of the answer as marks of a map, and what has no country beside it. Pure: marks and what is beside are the
// rows, each once.

import type { Row } from "../../../../shared/rows.ts";
import type { GraphMeasure } from "../../../model/graph-look.ts";
import { numbers, points } from "./country-places.ts";

/** Both ends of a tuple count, once where they are in the same country: as the table Countries has it. */
export type CountryRow = {
  /** ISO 3166-1 alpha-2; null: private, or not known. */
  readonly code: string | null;
  readonly name: string;
  readonly endpoints: number;
  readonly tuples: number;
  readonly denied: number;
  /** What left it and what reached it; what stayed in it did both. */
  readonly bytesOut: number;
  readonly bytesIn: number;
  readonly packets: number;
  /** Id of its shape; else a point; neither: the map knows no place of it. */
  readonly shape: string | null;
  readonly point: readonly [number, number] | null;
};

const NO_COUNTRY = "No country: private, or not known";

/** The most first; no country last. */
export function countriesOf(
  rows: readonly Row[],
  measure: GraphMeasure,
  nameOf: (code: string) => string,
): readonly CountryRow[] {
  return rows
    .map((row): CountryRow => {
      const code = typeof row.country === "string" ? row.country : null;
      return {
        code,
        name: code === null ? NO_COUNTRY : nameOf(code),
        endpoints: Number(row.endpoints ?? 0),
        tuples: Number(row.tuples ?? 0),
        denied: Number(row.denied ?? 0),
        bytesOut: Number(row.bytesOut ?? 0),
        bytesIn: Number(row.bytesIn ?? 0),
        packets: Number(row.packetsOut ?? 0) + Number(row.packetsIn ?? 0),
        shape: code === null ? null : (numbers.get(code) ?? null),
        point: code === null ? null : (points.get(code) ?? null),
      };
    })
    .sort(
      (a, b) =>
        Number(a.code === null) - Number(b.code === null) ||
        amountOf(b, measure) - amountOf(a, measure) ||
        b.tuples - a.tuples ||
        (a.name < b.name ? -1 : 1),
    );
}

/** Flows are not told by country: tuples stand for them. */
export function amountOf(row: CountryRow, measure: GraphMeasure): number {
  return measure === "bytes" ? row.bytesOut + row.bytesIn : measure === "packets" ? row.packets : row.tuples;
}
