// From a figure to its bytes: the tuples it is the sum of, the record's original text with the tuple marked, and where that text lies.
// Everything on this page is exact.

import { type ReactElement, useEffect, useMemo } from "react";
import { type Row, rowFields } from "../../../shared/rows.ts";
import type { Scope } from "../../../shared/scope.ts";
import { useAnswer } from "../../model/answer.ts";
import { countedAs } from "../../model/counting.ts";
import { exhibitScope } from "../../model/exhibit-scope.ts";
import { count, instant } from "../../model/format.ts";
import { navigate, shownView, useShown } from "../../model/navigate.ts";
import { usePaged } from "../../model/paged.ts";
import { asked, nextSorting } from "../../model/sorting.ts";
import type { TuplePlace } from "../../model/view.ts";
import { type Column, Grid } from "../../widgets/grid.tsx";
import { Decision, NotMeasured, number, text } from "../tables/cells.tsx";
import { copy } from "../values/value-items.tsx";
import { PlacePane } from "./place-pane.tsx";
import { RecordPane } from "./record-pane.tsx";
import "./evidence.css";

export function EvidencePage(): ReactElement {
  const { scope, exhibit, sort: wanted } = useShown(({ view }) => view);
  const sort = useMemo(() => wanted.filter(({ field }) => rowFields.tuples.some((name) => name === field)), [wanted]);
  const asking = JSON.stringify(exhibitScope(scope, exhibit)); // which tuple is opened asks for nothing new
  const within: Scope = useMemo(() => JSON.parse(asking), [asking]);
  const totals = useAnswer("scope.totals", { scope: within });
  const paged = usePaged({ by: "tuples", scope: within, sort: asked(sort) });
  const place = exhibit?.place ?? null;
  const first = paged.rowAt(0);

  useEffect(() => {
    if (place === null && first !== null) show(placeOf(first), "replace");
  }, [place, first]);

  const length = paged.length ?? totals.value?.tuples ?? 0;
  return (
    <div className="evidence">
      <section className="pane" aria-label="Tuples">
        <header className="evidence-head">
          <p className="dim">
            {exhibit?.title ?? "Everything in scope"}{" "}
            <button type="button" className="link" onClick={() => navigate({ page: "explore" })}>
              Show in Explore
            </button>
          </p>
          <h2>
            {totals.value ? `${count(totals.value.bytesSent + totals.value.bytesReceived)} B` : "…"}
            <span className="dim"> {countedWords(within)}</span>
          </h2>
          <p>
            {totals.value
              ? `sum of ${count(totals.value.tuples)} tuples: ${count(totals.value.bytesSent)} B sent, ${count(totals.value.bytesReceived)} B received`
              : ""}
          </p>
          {paged.remarks.map((remark) => (
            <p key={remark} className="dim">
              {remark}
            </p>
          ))}
        </header>
        {length === 0 && !paged.pending ? (
          <div className="empty" role="status">
            <h3>No tuple here.</h3>
            <p>{paged.failure?.message ?? "The range or filter leaves none."}</p>
          </div>
        ) : (
          <div className={`evidence-grid${paged.pending ? " pending" : ""}`}>
            <Grid
              label="Tuples"
              columns={columns}
              count={length}
              rowAt={paged.rowAt}
              seen={paged.seen}
              sort={sort}
              onSort={(field, how) => navigate({ sort: nextSorting(sort, field, how) }, "replace")}
              selected={(row) => place !== null && JSON.stringify(placeOf(row)) === JSON.stringify(place)}
              onSelect={(row) => show(placeOf(row), "replace")}
              onOpen={(row) => show(placeOf(row), "push")}
              onCopy={(row) => void copy(columns.map((column) => column.text(row)).join("\t"), "Row copied")}
              sums={
                totals.value
                  ? {
                      time: `Σ ${count(totals.value.tuples)} tuples`,
                      bytesSent: count(totals.value.bytesSent),
                      bytesReceived: count(totals.value.bytesReceived),
                    }
                  : null
              }
            />
          </div>
        )}
      </section>
      {place === null ? <section className="pane" aria-label="Record" /> : <RecordPane place={place} />}
      {place === null ? <aside className="pane" aria-label="Place" /> : <PlacePane place={place} />}
    </div>
  );
}

function placeOf(row: Row): TuplePlace {
  return {
    source: text(row.source),
    member: text(row.member),
    record: number(row.record),
    tuple: number(row.tuple),
  };
}

function show(place: TuplePlace, how: "push" | "replace"): void {
  const exhibit = shownView().exhibit ?? { filter: "", title: "Tuples in scope" };
  navigate({ exhibit: { ...exhibit, place } }, how);
}

/** As the figure was counted that led here. */
function countedWords(scope: Scope): string {
  return scope.counters === "adjusted" ? countedAs(scope) : `${countedAs(scope)}, as logged`;
}

const states: Readonly<Record<string, string>> = { B: "begin", C: "continue", E: "end", D: "deny" };
const bytes = (id: "bytesSent" | "bytesReceived", title: string): Column<Row> => ({
  id,
  title,
  width: 96,
  number: true,
  sortable: true,
  cell: (row) => (typeof row[id] === "number" ? count(number(row[id])) : <NotMeasured />),
  text: (row) => (typeof row[id] === "number" ? `${count(number(row[id]))} B` : "not measured"),
});
const columns: readonly Column<Row>[] = [
  {
    id: "decision",
    title: "",
    width: 28,
    sortable: false,
    cell: (row) => <Decision allowed={row.decision === "deny" ? 0 : 1} denied={row.decision === "deny" ? 1 : 0} />,
    text: (row) => (row.decision === "deny" ? "denied" : "allowed"),
  },
  {
    id: "time",
    title: "Time, UTC",
    width: 152,
    sortable: true,
    cell: (row) => <span className="ip">{instant(number(row.time)).slice(5)}</span>,
    text: (row) => `${instant(number(row.time))} UTC (${number(row.time)})`,
  },
  {
    id: "state",
    title: "State",
    width: 68,
    sortable: true,
    cell: (row) => states[text(row.state)] ?? text(row.decision),
    text: (row) => text(row.state) || text(row.decision),
  },
  {
    id: "record",
    title: "Record /tuple",
    width: 88,
    number: true,
    sortable: true,
    cell: (row) => (
      <>
        {count(number(row.record))}
        <span className="dim"> /{count(number(row.tuple))}</span>
      </>
    ),
    text: (row) => `record ${text(row.record)}, tuple ${text(row.tuple)}`,
  },
  bytes("bytesSent", "Bytes sent"),
  bytes("bytesReceived", "Received"),
];
