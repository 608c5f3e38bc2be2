// Statements to begin with: a click puts one into the editor, a second runs it.

import type { ReactElement } from "react";
import { runSql } from "../../model/sql-console.ts";
import { sqlExamples } from "../../model/sql-examples.ts";
import { replaceText } from "./insert.ts";

export function ExamplePane(): ReactElement {
  return (
    <ul className="sql-list" aria-label="Examples">
      {sqlExamples.map(({ title, sql }) => (
        <li key={title}>
          <button
            type="button"
            title="Put it into the editor; a double click runs it"
            onClick={() => replaceText(sql)}
            onDoubleClick={() => void runSql(sql)}
          >
            <b>{title}</b>
            <code>{sql}</code>
          </button>
        </li>
      ))}
    </ul>
  );
}
