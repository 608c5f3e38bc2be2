// Columns of what stands beside a row: its activity over the range, and its figures in the whole case with the share that is in scope.
// Shown only where they were asked for, for each costs a pass over the range.

import type { PointerEvent, ReactElement, ReactNode } from "react";
import { besideTables } from "../../../shared/beside.ts";
import type { Totals } from "../../../shared/contract.ts";
import type { Row } from "../../../shared/rows.ts";
import type { BesideRow } from "../../model/beside.ts";
import { count, exactBytes, percent } from "../../model/format.ts";
import type { TableName } from "../../model/view.ts";
import { Bytes, NotMeasured, number, type RowColumn } from "./cells.tsx";
import { barWords, SPARK_HEIGHT, sparkOf, sparkWords } from "./spark.ts";

type Of = ReadonlyMap<Row, BesideRow>;

const OF_ENDS: ReadonlySet<TableName> = new Set(["endpoints", "countries", "asns"]);

/** Figures that are shown beside those of the whole case. */
function figuresOf(table: TableName): readonly (readonly [field: string, title: string])[] {
  const sizes = OF_ENDS.has(table)
    ? ([
        ["bytesOut", "Out"],
        ["bytesIn", "In"],
      ] as const)
    : ([
        ["bytesSent", "Sent"],
        ["bytesReceived", "Received"],
      ] as const);
  return [["tuples", "Tuples"], ...sizes];
}

/** None in a table whose rows are no sums of conversations. */
export function besideColumns(table: TableName, beside: Of): readonly RowColumn[] {
  if (!besideTables.includes(table)) return [];
  return [activityColumn(beside), ...figuresOf(table).flatMap(([field, title]) => wholeColumns(beside, field, title))];
}

function activityColumn(beside: Of): RowColumn {
  const words = (row: Row): string => {
    const { bins, tuples, denied } = beside.get(row) ?? NOTHING;
    return bins === null ? "" : sparkWords(bins, tuples, denied);
  };
  return {
    id: "activity",
    title: "Activity",
    width: 150,
    sortable: false,
    rare: true,
    words:
      "Tuples over the range, each row to its own scale: allowed above the line, denied below it. A shape has no order to sort by.",
    cell: (row) => {
      const found = beside.get(row);
      return found === undefined ? <Coming /> : <Sparkline of={found} label={words(row)} />;
    },
    text: words,
  };
}

const NOTHING = { bins: null, tuples: [], denied: [] } as const;

function Sparkline({ of, label }: { readonly of: BesideRow; readonly label: string }): ReactElement | null {
  const { bins, tuples, denied } = of;
  if (bins === null) return null;
  const { step, width, base, ...paths } = sparkOf(tuples, denied);
  // The tooltip is the bar's under the pointer: put there by hand, for a row is not drawn anew for it.
  function point({ currentTarget, clientX }: PointerEvent<HTMLElement>): void {
    const at = Math.floor((clientX - currentTarget.getBoundingClientRect().left) / step);
    const i = Math.max(0, Math.min(tuples.length - 1, at));
    if (bins !== null) currentTarget.title = barWords(bins, i, tuples[i] ?? 0, denied[i] ?? 0);
  }
  return (
    <span className="spark" style={{ width }} onPointerMove={point}>
      <svg width={width} height={SPARK_HEIGHT} role="img" aria-label={label} shapeRendering="crispEdges">
        <path className="spark-line" d={`M0 ${base}h${width}v1h${-width}z`} />
        <path className="spark-allowed" d={paths.allowed} />
        <path className="spark-denied" d={paths.denied} />
      </svg>
    </span>
  );
}

function wholeColumns(beside: Of, field: string, title: string): readonly RowColumn[] {
  const isSize = field !== "tuples";
  const wholeOf = (row: Row): number | undefined => beside.get(row)?.whole[field];
  const isMeasured = (row: Row): boolean => !isSize || number(wholeOf(row)) > 0 || !allDenied(beside.get(row), row);
  const shown = (row: Row, known: (whole: number) => ReactNode): ReactNode => {
    const whole = wholeOf(row);
    if (whole === undefined) return <Coming />;
    return isMeasured(row) ? known(whole) : <NotMeasured />;
  };
  const exact = isSize ? exactBytes : count;
  return [
    {
      id: `${field}Whole`,
      title: `${title}, in all`,
      width: 104,
      number: true,
      sortable: true,
      rare: true,
      words: "The same of this row in the whole case: without range and filter, counted in the same way.",
      cell: (row) => shown(row, (whole) => (isSize ? <Bytes value={whole} /> : count(whole))),
      text: (row) => (wholeOf(row) === undefined ? "" : isMeasured(row) ? exact(number(wholeOf(row))) : "not measured"),
    },
    {
      id: `${field}Share`,
      title: `${title}, % of all`,
      width: 104,
      number: true,
      sortable: true,
      rare: true,
      words: "How much of what this row is in the whole case is in scope.",
      cell: (row) => shown(row, (whole) => percent(number(row[field]), whole)),
      text: (row) =>
        wholeOf(row) === undefined
          ? ""
          : isMeasured(row)
            ? `${percent(number(row[field]), number(wholeOf(row)))}: ${exact(number(row[field]))} of ${exact(number(wholeOf(row)))}`
            : "not measured",
      share: (row) => (number(wholeOf(row)) > 0 ? Math.min(1, number(row[field]) / number(wholeOf(row))) : 0),
    },
  ];
}

/** Then there are no counters. A conversation has one decision. */
function allDenied(of: BesideRow | undefined, row: Row): boolean {
  if (typeof row.decision === "string") return row.decision === "deny";
  return number(of?.whole.tuples) > 0 && of?.whole.denied === of?.whole.tuples;
}

function Coming(): ReactElement {
  return <span className="dim">…</span>;
}

/** Under these columns: what the whole case is, and the share of it that is in scope. */
export function besideSums(
  table: TableName,
  now: Totals,
  whole: Totals | null,
): Readonly<Record<string, ReactElement | string>> {
  if (whole === null || OF_ENDS.has(table)) return {};
  const sums: Record<string, ReactElement | string> = {};
  for (const field of ["tuples", "bytesSent", "bytesReceived"] as const) {
    const exact = field === "tuples" ? count : exactBytes;
    sums[`${field}Whole`] = (
      <span title={`${exact(whole[field])} in the whole case, also of rows that are not in scope`}>
        {field === "tuples" ? count(whole[field]) : <Bytes value={whole[field]} />}
      </span>
    );
    sums[`${field}Share`] = (
      <span title={`${exact(now[field])} of ${exact(whole[field])}`}>{percent(now[field], whole[field])}</span>
    );
  }
  return sums;
}
