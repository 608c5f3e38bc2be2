// What there is to ask: every answer as a table, with what its fields say; then the tables of the case file itself.

import { type ReactElement, useState } from "react";
import { answerTables, type Field, nameInSql, type Table } from "../../model/sql-words.ts";
import { insertText } from "./insert.ts";

/** `own`: tables of the case file. */
export function SchemaPane({ own }: { readonly own: readonly Table[] }): ReactElement {
  const [wanted, setWanted] = useState("");
  return (
    <div className="sql-schema">
      <input
        type="search"
        aria-label="Find a table or field"
        placeholder="Find a table or field"
        value={wanted}
        onChange={(event) => setWanted(event.target.value)}
      />
      <div className="sql-tables">
        <Tables title="Answers, with filter and range" tables={answerTables} wanted={wanted} />
        <p className="dim sql-hint">
          <code>name('filter', from, to)</code>: an answer in a scope. Said there, a condition is looked for in columns;
          said as WHERE, in every row.
        </p>
        <Tables title="Tables of the case file" tables={own} wanted={wanted} />
      </div>
    </div>
  );
}

function Tables(props: {
  readonly title: string;
  readonly tables: readonly Table[];
  readonly wanted: string;
}): ReactElement | null {
  const wanted = props.wanted.trim().toLowerCase();
  const holds = ({ name, words }: Field): boolean => `${name} ${words}`.toLowerCase().includes(wanted);
  const found = props.tables
    .map((table) => ({ ...table, fields: holds(table) ? table.fields : table.fields.filter(holds) }))
    .filter(({ fields }) => fields.length > 0);
  if (found.length === 0) return null;
  return (
    <section aria-label={props.title}>
      <h3 className="label">{props.title}</h3>
      {found.map((table) => (
        <TableEntry key={`${table.name} ${wanted}`} table={table} isOpen={wanted !== ""} />
      ))}
    </section>
  );
}

function TableEntry({ table, isOpen }: { readonly table: Table; readonly isOpen: boolean }): ReactElement {
  const [shown, setShown] = useState(isOpen);
  const { name, words, fields } = table;
  return (
    <div className="sql-table">
      <div>
        <button
          type="button"
          className="sql-fold"
          aria-expanded={shown}
          aria-label={`Fields of ${name}`}
          onClick={() => setShown(!shown)}
        >
          {shown ? "▾" : "▸"}
        </button>
        <button type="button" className="mono" title={`Insert ${name}`} onClick={() => insertText(name)}>
          {name}
        </button>
        {/* biome-ignore lint/a11y/noStaticElementInteractions: the button before it does the same */}
        {/* biome-ignore lint/a11y/useKeyWithClickEvents: as above */}
        <span className="dim" title={words} onClick={() => setShown(!shown)}>
          {words}
        </span>
      </div>
      {shown ? (
        <ul>
          {fields.map((field) => (
            <li key={field.name}>
              <button
                type="button"
                className="mono"
                title={`Insert ${field.name}`}
                onClick={() => insertText(nameInSql(field.name))}
              >
                {field.name}
              </button>
              <span className="dim">{field.words}</span>
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}
