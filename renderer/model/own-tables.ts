// The tables of the case file, for whoever writes SQL: asked once a case.

import { useMemo } from "react";
import { useAnswer } from "./answer.ts";
import type { Field, Table } from "./sql-words.ts";

const OWN = {
  sql: `SELECT m.name, p.name, lower(p.type) FROM sqlite_schema AS m JOIN pragma_table_info(m.name) AS p
WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%' ORDER BY m.name, p.cid`,
  after: 0,
  rows: 2000,
  deadlineMs: 10_000,
};

/** None as long as there is no answer; where there is none at all a statement's own failure says why. */
export function useOwnTables(): readonly Table[] {
  const { value } = useAnswer("sql.run", OWN);
  return useMemo(() => {
    const fields = new Map<string, Field[]>();
    for (const [table, name, type] of value?.rows ?? []) {
      const known = fields.get(String(table)) ?? [];
      fields.set(String(table), known);
      known.push({ name: String(name), words: String(type) });
    }
    return [...fields].map(([name, each]) => ({ name, words: "", fields: each }));
  }, [value]);
}
