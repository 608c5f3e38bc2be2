// What a scope is made into (in-scope.ts) before questions are answered in it.

import type { Condition } from "../../shared/filter/tree.ts";
import type { Compiled } from "./compile-filter.ts";
import type { RowMask } from "./row-mask.ts";

/** `once`, `adjusted`: docs/settling.md; else each side, as logged. */
export type InScope = {
  /** Of tuples. The same object for the same filter, as long as case and facts are the same. */
  readonly filter: Compiled;
  readonly isEverything: boolean;
  /** Conditions on the rows shown. */
  readonly rows: readonly Condition[];
  /** Of tuples, by their own time. */
  readonly from: number | null;
  readonly to: number | null;
  readonly once: boolean;
  readonly adjusted: boolean;
  /** Of these tuples only; null: of all. The same object for the same range. */
  readonly only: RowMask | null;
  /** Tuples show what falls of them into this bar of a spread timeline. */
  readonly share: BarShare | null;
};

export type BarShare = {
  /** Those of which something falls into the bar, and those of its time. */
  readonly rows: RowMask;
  /** Of a counter of a row; the row is one of `rows`. */
  of(segment: number, row: number, value: number): number;
};
