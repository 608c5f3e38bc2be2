// Under the grid: what stands where the cursor is, said in full, and what can be done with it.

import type { ReactElement } from "react";
import { includePart, openPart, select } from "./act-on-part.ts";
import type { Across, Line, Part } from "./layout.ts";

export function PivotFoot(props: {
  readonly line: Line | undefined;
  readonly across: Across | undefined;
  readonly part: Part | null;
  readonly says: string;
  readonly counted: string;
}): ReactElement {
  const { line, across, part } = props;
  const isAll = line?.kind === "total" && across?.kind === "total";
  const words =
    part?.title ?? (isAll ? "everything in scope" : "several values: raise the limit to see them one by one");
  return (
    <footer className="pivot-foot">
      <span className="grow">
        <b>{props.says}</b> · {words}
      </span>
      <span className="dim">{props.counted}</span>
      {part === null ? null : (
        <>
          <button type="button" className="button small" title="Enter" onClick={() => includePart(part)}>
            Include
          </button>
          <button type="button" className="button small" title="Space" onClick={() => select(part)}>
            Inspect
          </button>
        </>
      )}
      {part !== null || isAll ? (
        <button type="button" className="button small" title="T" onClick={() => openPart(part)}>
          Tuples
        </button>
      ) : null}
    </footer>
  );
}
