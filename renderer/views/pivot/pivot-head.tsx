// What the pivot is by and of: fields downwards, a field across, the measure, the order, how many.

import { Plus, X } from "lucide-react";
import type { ReactElement, ReactNode } from "react";
import { pivotMeasures } from "../../../shared/pivot.ts";
import { type Groupable, groupable } from "../../../shared/rows.ts";
import { navigate } from "../../model/navigate.ts";
import {
  columnChoices,
  fieldTitles,
  measureTitles,
  type Pivot,
  rowChoices,
  withColumn,
  withoutRow,
  withRow,
} from "../../model/pivot.ts";
import { Segmented } from "../../widgets/segmented.tsx";

export function PivotHead({ pivot, children }: { readonly pivot: Pivot; readonly children: ReactNode }): ReactElement {
  const set = (next: Pivot): void => navigate({ pivot: next });
  const free = groupable.filter((field) => !pivot.rows.includes(field) && field !== pivot.column);
  return (
    <div className="pivot-head">
      <span className="label">Rows</span>
      {pivot.rows.map((field, at) => (
        <span key={field} className="pivot-field">
          <Fields label={`Row field ${at + 1}`} value={field} choose={(next) => set(withRow(pivot, at, next))} />
          {pivot.rows.length > 1 ? (
            <button
              type="button"
              className="icon-button"
              aria-label={`Without ${fieldTitles[field]}`}
              title={`Without ${fieldTitles[field]}`}
              onClick={() => set(withoutRow(pivot, at))}
            >
              <X size={12} />
            </button>
          ) : null}
        </span>
      ))}
      {pivot.rows.length < 3 && free[0] ? (
        <button
          type="button"
          className="icon-button"
          aria-label="Another row field"
          title="Another row field"
          onClick={() => set(withRow(pivot, pivot.rows.length, free[0] as Groupable))}
        >
          <Plus size={13} />
        </button>
      ) : null}
      <span className="label">Columns</span>
      <select
        aria-label="Column field"
        value={pivot.column ?? ""}
        onChange={({ target }) => set(withColumn(pivot, groupable.find((field) => field === target.value) ?? null))}
      >
        <option value="">none</option>
        {groupable.map((field) => (
          <option key={field} value={field}>
            {fieldTitles[field]}
          </option>
        ))}
      </select>
      <span className="label">Measure</span>
      <select
        aria-label="Measure"
        value={pivot.measure}
        onChange={({ target }) =>
          set({ ...pivot, measure: pivotMeasures.find((measure) => measure === target.value) ?? pivot.measure })
        }
      >
        {pivotMeasures.map((measure) => (
          <option key={measure} value={measure}>
            {measureTitles[measure]}
          </option>
        ))}
      </select>
      <Segmented
        label="Which rows"
        options={[
          { value: "desc", title: "Most", words: "The largest rows" },
          { value: "asc", title: "Rarest", words: "The smallest rows: what is seen least often" },
        ]}
        shown={pivot.order.by === "total" ? pivot.order.order : null}
        choose={(order) => set({ ...pivot, order: { by: "total", order } })}
      />
      <Many
        label="Rows at most"
        value={pivot.mostRows}
        choices={rowChoices}
        choose={(mostRows) => set({ ...pivot, mostRows })}
      />
      {pivot.column === null ? null : (
        <>
          <span className="dim">×</span>
          <Many
            label="Columns at most"
            value={pivot.mostColumns}
            choices={columnChoices}
            choose={(mostColumns) => set({ ...pivot, mostColumns })}
          />
        </>
      )}
      <span className="grow" />
      {children}
    </div>
  );
}

function Fields(props: {
  readonly label: string;
  readonly value: Groupable;
  readonly choose: (field: Groupable) => void;
}): ReactElement {
  return (
    <select
      aria-label={props.label}
      value={props.value}
      onChange={({ target }) => props.choose(groupable.find((field) => field === target.value) ?? props.value)}
    >
      {groupable.map((field) => (
        <option key={field} value={field}>
          {fieldTitles[field]}
        </option>
      ))}
    </select>
  );
}

function Many(props: {
  readonly label: string;
  readonly value: number;
  readonly choices: readonly number[];
  readonly choose: (many: number) => void;
}): ReactElement {
  return (
    <select
      aria-label={props.label}
      title={props.label}
      value={props.value}
      onChange={({ target }) => props.choose(Number(target.value))}
    >
      {props.choices.map((many) => (
        <option key={many} value={many}>
          {many}
        </option>
      ))}
    </select>
  );
}
