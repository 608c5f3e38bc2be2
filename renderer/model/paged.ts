// The rows of one question, page by page: the first comes with the question and stays until the next is whole, later ones as they are
// scrolled to.

import { useCallback, useRef, useState } from "react";
import type { Params } from "../../shared/contract.ts";
import type { Failure } from "../../shared/failure.ts";
import type { Row } from "../../shared/rows.ts";
import { ask } from "../host/ask.ts";
import { useAnswer } from "./answer.ts";

type Asked = Pick<Params<"query.rows">, "by" | "scope" | "sort">;

const PAGE = 200;
const NONE: readonly string[] = [];

export type Paged = {
  readonly rowAt: (index: number) => Row | null;
  readonly seen: (first: number, last: number) => void;
  /** Rows of the answer, here or not; null while there is none. */
  readonly length: number | null;
  /** What `rowAt` answers. */
  readonly asked: Params<"query.rows"> | null;
  /** Which state of the case it is of. */
  readonly state: string | null;
  /** Moves on when rows have come. */
  readonly arrived: number;
  /** Sentences about the answer that a reader must not miss. */
  readonly remarks: readonly string[];
  /** What the filter's conditions on rows took out; null where it has none. */
  readonly notHeld: Readonly<Record<string, number>> | null;
  readonly failure: Failure | null;
  readonly pending: boolean;
};

export function usePaged(question: Asked | null): Paged {
  const { value, params, failure, pending } = useAnswer(
    "query.rows",
    question === null ? null : { ...question, limit: 0, after: 0, rows: PAGE, bin: null },
  );
  const [arrived, setArrived] = useState(0);
  const later = useRef<{ of: unknown; pages: Map<number, readonly Row[] | "asked"> }>({ of: null, pages: new Map() });
  if (later.current.of !== value) later.current = { of: value, pages: new Map() };

  const rowAt = useCallback(
    (index: number): Row | null => {
      if (index < PAGE) return value?.rows[index] ?? null;
      const page = later.current.pages.get(Math.floor(index / PAGE));
      return page === undefined || page === "asked" ? null : (page[index % PAGE] ?? null);
    },
    [value],
  );
  const seen = useCallback(
    (first: number, last: number): void => {
      if (params === null || value?.next == null) return;
      const { pages } = later.current;
      for (let page = Math.max(1, Math.floor(first / PAGE)); page <= Math.floor(last / PAGE); page++) {
        if (pages.has(page)) continue;
        pages.set(page, "asked");
        void ask("query.rows", { ...params, after: page * PAGE, state: value.state }).then(
          ({ rows }) => {
            pages.set(page, rows);
            setArrived((n) => n + 1);
          },
          () => pages.delete(page),
        );
      }
    },
    [params, value],
  );
  return {
    rowAt,
    seen,
    length: value === null ? null : value.next === null ? value.rows.length : (value.length ?? null),
    asked: params,
    state: value?.state ?? null,
    arrived,
    remarks: value?.remarks ?? NONE,
    notHeld: value?.notHeld ?? null,
    failure,
    pending,
  };
}
