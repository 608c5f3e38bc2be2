// The rows of the statement that ran last, as many as are shown; copied and saved in every form.

import { Copy, Download } from "lucide-react";
import { type ReactElement, type ReactNode, useEffect, useMemo, useRef, useState } from "react";
import { AppError } from "../../../shared/failure.ts";
import { count, duration, exactInstant, noun } from "../../model/format.ts";
import { printRows, type RowFormName, rowForms } from "../../model/row-forms.ts";
import { saveText } from "../../model/save-file.ts";
import { fail, toast } from "../../model/session.ts";
import type { Sorting } from "../../model/sorting.ts";
import { pagesOf, type SqlResult, type SqlRow, useConsole } from "../../model/sql-console.ts";
import { type Column, Grid } from "../../widgets/grid.tsx";
import { FormMenu } from "../values/form-menu.tsx";
import { copy } from "../values/value-items.tsx";

export function Results(): ReactElement {
  const { result, running, failed } = useConsole();
  return (
    <section className="pane sql-results" aria-label="Rows">
      <div className="pane-head">
        <h2>Rows</h2>
        <span role="status" className="sql-outcome">
          {running !== null ? <Elapsed since={running.startedTime} rows={running.rows} /> : null}
          {running === null && result !== null ? outcomeOf(result) : null}
          {running === null && result !== null && failed !== null ? " · of an earlier statement" : null}
        </span>
        <span className="grow" />
        {result === null || running !== null ? null : <Take result={result} />}
      </div>
      {result === null ? (
        <Nothing />
      ) : result.rows.length === 0 ? (
        <div className="empty" role="status">
          <h3>The statement gives no rows.</h3>
          <p>It was read to its end. Columns: {result.fields.join(", ")}.</p>
        </div>
      ) : (
        <div className={running === null ? "sql-rows" : "sql-rows pending"}>
          <Rows result={result} />
        </div>
      )}
    </section>
  );
}

function outcomeOf({ rows, more, elapsedMs }: SqlResult): ReactNode {
  const many = `${count(rows.length)} ${noun(rows.length, "row")}`;
  return more ? (
    <>
      <b>the first {many}</b>; there are more: raise the limit, or save all · {duration(elapsedMs)}
    </>
  ) : (
    <>
      <b>all {many}</b> · {duration(elapsedMs)}
    </>
  );
}

function Elapsed(props: { readonly since: number; readonly rows: number }): ReactElement {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 200);
    return () => clearInterval(timer);
  }, []);
  const read = props.rows === 0 ? "" : `, ${count(props.rows)} rows read`;
  return (
    <>
      running for {duration(Math.max(0, now - props.since))}
      {read}
    </>
  );
}

function Nothing(): ReactElement {
  return (
    <div className="empty">
      <h3>Ask what no view shows.</h3>
      <p>
        Every answer of Tidemark is a table: <code>conversations</code>, <code>tuples</code>, <code>edges</code> and the
        others at the left, each with a filter and a range as arguments. Begin with an example, or write a statement and
        press Ctrl Enter. It only reads; it can be stopped at any moment, and nothing waits for it.
      </p>
    </div>
  );
}

const none = (): void => {};
const NO_ORDER: Sorting = [];

function Rows({ result }: { readonly result: SqlResult }): ReactElement {
  const { rows } = result;
  const columns = useMemo(() => columnsOf(result), [result]);
  const [selected, setSelected] = useState<SqlRow | null>(null);
  const rowAt = useMemo(() => (index: number) => rows[index] ?? null, [rows]);
  const isSelected = useMemo(() => (row: SqlRow) => row === selected, [selected]);
  const onCopy = useMemo(
    () => (row: SqlRow) => void copy(printRows(rowForms.tsv, result.fields, [row]), "Row copied"),
    [result],
  );
  return (
    <Grid
      label="Rows of the statement"
      columns={columns}
      count={rows.length}
      rowAt={rowAt}
      seen={none}
      sort={NO_ORDER}
      onSort={none}
      selected={isSelected}
      onSelect={setSelected}
      onOpen={none}
      onCopy={onCopy}
      sums={null}
    />
  );
}

/** Rows that set widths and sides of columns. */
const MEASURED = 200;
/** px a character, and of a cell beside its text. */
const CHARACTER = 7.3;
const BESIDE = 20;

function columnsOf({ fields, rows }: SqlResult): readonly Column<SqlRow>[] {
  const measured = rows.slice(0, MEASURED);
  return fields.map((field, i) => {
    const longest = measured.reduce((most, row) => Math.max(most, textOf(row[i]).length), field.length);
    const isNumber = measured.some((row) => row[i] !== null) && measured.every((row) => typeof row[i] !== "string");
    return {
      id: `${i}`,
      title: field,
      width: Math.max(48, Math.min(420, Math.ceil(longest * CHARACTER) + BESIDE)),
      number: isNumber,
      sortable: false,
      grow: i === fields.length - 1 && !isNumber,
      cell: (row) =>
        row[i] === null ? <span className="dim sql-null">NULL</span> : <span className="mono">{textOf(row[i])}</span>,
      text: (row) => tipOf(field, row[i] ?? null),
    };
  });
}

function textOf(cell: SqlRow[number] | undefined): string {
  return cell === null || cell === undefined ? "NULL" : String(cell);
}

/** Instants are told as such. */
function tipOf(field: string, cell: SqlRow[number]): string {
  const isTime = /time$/i.test(field) && typeof cell === "number" && cell > 1e11 && cell < 1e14;
  return isTime ? `${cell}: ${exactInstant(cell)}` : textOf(cell);
}

/** Copying takes the rows at hand; saving all that there are, asking again where they are not at hand. */
function Take({ result }: { readonly result: SqlResult }): ReactElement {
  const [saving, setSaving] = useState<number | null>(null);
  const stop = useRef<AbortController | null>(null);
  useEffect(() => () => stop.current?.abort(), []);
  const { fields, rows, more } = result;
  const many = `${count(rows.length)} ${noun(rows.length, "row")}`;

  async function save(name: RowFormName): Promise<void> {
    const control = new AbortController();
    stop.current = control;
    try {
      const saved = await saveText(
        `rows.${rowForms[name].ending}`,
        textsOf(result, name, control.signal, setSaving),
        control.signal,
      );
      if (saved) toast(`Saved: ${saved.path}, ${count(saved.bytes)} B.`);
    } catch (thrown) {
      fail("The rows could not be saved.", control.signal.aborted ? new AppError("cancelled", "stopped") : thrown);
    } finally {
      setSaving(null);
    }
  }

  if (saving !== null)
    return (
      <>
        <span className="dim">{count(saving)} rows written</span>
        <button type="button" className="button small" onClick={() => stop.current?.abort()}>
          Stop
        </button>
      </>
    );
  return (
    <>
      <FormMenu
        title="Copy"
        icon={<Copy size={12} />}
        label={more ? `Copy the first ${many}` : `Copy ${many}`}
        run={(name) => void copy(printRows(rowForms[name], fields, rows), `${many} copied as ${rowForms[name].title}`)}
      />
      <FormMenu
        title="Save as"
        icon={<Download size={12} />}
        label={more ? "Save all rows, also those not shown" : `Save ${many}`}
        run={(name) => void save(name)}
      />
    </>
  );
}

/** Saving is stopped by hand, not by the clock. */
const SAVING_MS = 3_600_000;

async function* textsOf(
  { sql, fields, rows, more }: SqlResult,
  name: RowFormName,
  signal: AbortSignal,
  told: (rows: number) => void,
): AsyncGenerator<string> {
  const form = rowForms[name];
  told(0);
  yield form.head(fields);
  if (more)
    for await (const page of pagesOf(sql, SAVING_MS, Number.POSITIVE_INFINITY, signal)) {
      yield form.rows(fields, page.rows, page.total - page.rows.length);
      told(page.total);
    }
  else yield form.rows(fields, rows, 0);
  yield form.end(fields);
}
