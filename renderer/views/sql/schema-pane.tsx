// What there is to ask: every answer as a table, with what its fields say; then the tables of the case file itself.

import { type ReactElement, useEffect, useState } from "react";
import { fieldWords, tableWords } from "../../../shared/row-words.ts";
import { bys, fieldsOf } from "../../../shared/rows.ts";
import { ask } from "../../host/ask.ts";
import { insertText } from "./insert.ts";

type Table = { readonly name: string; readonly words: string; readonly fields: readonly Field[] };
type Field = { readonly name: string; readonly words: string };

const answers: readonly Table[] = bys
  .filter((by) => by !== "groups")
  .map((by) => ({
    name: by,
    words: tableWords[by],
    fields: fieldsOf({ by }).map((name) => ({ name, words: fieldWords[name] ?? "" })),
  }));

const OWN = `SELECT m.name, p.name, lower(p.type) FROM sqlite_schema AS m JOIN pragma_table_info(m.name) AS p
WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%' ORDER BY m.name, p.cid`;

export function SchemaPane(): ReactElement {
  const [wanted, setWanted] = useState("");
  const own = useOwnTables();
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
        <Tables title="Answers, with filter and range" tables={answers} wanted={wanted} />
        <p className="dim sql-hint">
          <code>name('filter', from, to)</code>: an answer in a scope. Said there, a condition is looked for in columns;
          said as WHERE, in every row.
        </p>
        <Tables title="Tables of the case file" tables={own} wanted={wanted} />
      </div>
    </div>
  );
}

/** Asked once the pane is shown. */
function useOwnTables(): readonly Table[] {
  const [tables, setTables] = useState<readonly Table[]>([]);
  useEffect(() => {
    ask("sql.run", { sql: OWN, after: 0, rows: 2000, deadlineMs: 10_000 }).then(
      ({ rows }) => {
        const fields = new Map<string, Field[]>();
        for (const [table, name, type] of rows)
          fields.set(String(table), [
            ...(fields.get(String(table)) ?? []),
            { name: String(name), words: String(type) },
          ]);
        setTables([...fields].map(([name, each]) => ({ name, words: "", fields: each })));
      },
      () => setTables([]), // the statement's own failure will say it
    );
  }, []);
  return tables;
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

const WORDS: ReadonlySet<string> = new Set(["from", "to", "begin", "end"]);

function nameInSql(name: string): string {
  return WORDS.has(name) ? `"${name}"` : name;
}
