// What stands beside the rows in sight (shared/beside.ts): asked for only where a column shows it, and only for those rows.

import { useMemo, useState } from "react";
import { besideTables } from "../../shared/beside.ts";
import type { Beside, BesideQuestion } from "../../shared/contract.ts";
import type { Row } from "../../shared/rows.ts";
import { useAnswer } from "./answer.ts";
import { BLOCK, blockOf } from "./beside-wanted.ts";
import type { Paged } from "./paged.ts";

export type BesideRow = Beside["rows"][number] & { readonly bins: Beside["bins"] };

const NOTHING: ReadonlyMap<Row, BesideRow> = new Map();

/** `seen` tells which rows are in sight. */
export function useBeside(
  { asked, state, rowAt, arrived }: Paged,
  want: BesideQuestion["want"],
): { readonly beside: ReadonlyMap<Row, BesideRow>; readonly seen: (first: number, last: number) => void } {
  const [block, setBlock] = useState({ from: 0, to: BLOCK });
  const [seen] = useState(
    () => (first: number, last: number) =>
      setBlock((before) => {
        const { from, to } = blockOf(first, last);
        return before.from === from && before.to === to ? before : { from, to };
      }),
  );
  const question =
    want.length === 0 || asked === null || state === null || !besideTables.includes(asked.by)
      ? null
      : { question: { ...asked, state }, ...block, want };
  const { value, params } = useAnswer("rows.beside", question);
  const isOfRows = params !== null && JSON.stringify(params.question) === JSON.stringify(question?.question);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `arrived` stands for rows that have come
  const beside = useMemo(() => {
    if (value === null || params === null || !isOfRows) return NOTHING;
    const found = new Map<Row, BesideRow>();
    value.rows.forEach((each, i) => {
      const row = rowAt(params.from + i);
      if (row !== null) found.set(row, { ...each, bins: value.bins });
    });
    return found;
  }, [value, params, isOfRows, rowAt, arrived]);
  return { beside, seen };
}
