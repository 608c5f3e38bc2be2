// A filter as a tree: the same for evaluation, for chips and for every language it is copied as.

import type { Block } from "../ip.ts";
import type { FieldOf } from "./fields.ts";

export type AddressField = FieldOf<"address">;
export type NumberField = FieldOf<"number">;
export type TextField = FieldOf<"text">;
export type FactField = FieldOf<"fact">;
export type MeasureField = FieldOf<"measure">;

/** The most a number field can be. */
export const MOST: Readonly<Record<NumberField | MeasureField, number>> = {
  port: 65535,
  sport: 65535,
  dport: 65535,
  proto: 255,
  bytes: Number.MAX_SAFE_INTEGER,
  packets: Number.MAX_SAFE_INTEGER,
};

/** Inclusive at both ends; empty where `from` is past `to` (`port < 0`). */
export type NumberRange = { readonly from: number; readonly to: number };

export type AddressValue = Block | "private" | "public";

/** Destination port and IANA protocol; null: any port of that protocol. */
export type Service = { readonly port: number | null; readonly protocol: number };

export type Match = "equal" | "contains" | "matches";

/**
 * A test holds for a tuple when any of its values matches. `!=` is written as not(any): `ip != x` means neither end is x.
 * Texts compare without case and are kept in lower case, but for regular expressions; `null` as text matches where the log names none.
 */
export type Test =
  | { readonly kind: "address"; readonly field: AddressField; readonly values: readonly AddressValue[] }
  | { readonly kind: "number"; readonly field: NumberField; readonly values: readonly NumberRange[] }
  | { readonly kind: "service"; readonly field: "service"; readonly values: readonly Service[] }
  | { readonly kind: "text"; readonly field: TextField; readonly match: Match; readonly values: readonly string[] }
  | { readonly kind: "fact"; readonly field: FactField; readonly match: Match; readonly values: readonly string[] };

/** Bytes or packets, sent and received together, of the row shown. Stands only at the top, joined by `and`. */
export type Measured = {
  readonly kind: "measure";
  readonly field: MeasureField;
  readonly values: readonly NumberRange[];
};

export type Filter =
  | Test
  | Measured
  | { readonly kind: "and"; readonly all: readonly Filter[] }
  | { readonly kind: "or"; readonly any: readonly Filter[] }
  | { readonly kind: "not"; readonly one: Filter }
  | { readonly kind: "everything" };

/** The conditions on tuples, and those on the rows shown. */
export function splitMeasures(filter: Filter): { readonly tuples: Filter; readonly rows: readonly Condition[] } {
  const terms = filter.kind === "and" ? filter.all : [filter];
  const rows = terms.flatMap((term) => condition(term) ?? []);
  if (rows.length === 0) return { tuples: filter, rows };
  const all = terms.filter((term) => condition(term) === null);
  if (all.length === 0) return { tuples: { kind: "everything" }, rows };
  return { tuples: all.length === 1 ? (all[0] as Filter) : { kind: "and", all }, rows };
}

/** Holds for a row whose measure is, or (`not`) is not, in one of the ranges. */
export type Condition = Measured & { readonly not: boolean };

/** Null where a term is none. */
function condition(term: Filter): Condition | null {
  if (term.kind === "measure") return { ...term, not: false };
  if (term.kind !== "not") return null;
  const inner = condition(term.one);
  return inner && { ...inner, not: !inner.not };
}
