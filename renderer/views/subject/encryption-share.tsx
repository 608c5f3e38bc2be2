// How much of a scope was encrypted, by tuples: a bar with a swatch and a line for each code that the logs have.

import type { ReactElement } from "react";
import type { Scope } from "../../../shared/scope.ts";
import { useAnswer } from "../../model/answer.ts";
import { term } from "../../model/filter-edit.ts";
import { count } from "../../model/format.ts";
import { Encryption, encryptionText, number, text } from "../tables/cells.tsx";

const inks: Readonly<Record<string, string>> = {
  X: "var(--enc-on)",
  NX: "var(--enc-off)",
  NX_SW_NOT_READY: "var(--enc-drop)",
  NX_NOT_ACCEPTED: "var(--enc-drop)",
  NX_NOT_SUPPORTED: "var(--enc-drop)",
};

export function EncryptionShare({ scope }: { readonly scope: Scope }): ReactElement | null {
  const { value, pending } = useAnswer("query.rows", {
    by: "encryption",
    scope,
    sort: { field: "tuples", order: "desc" },
    limit: 10,
    after: 0,
    bin: null,
  });
  if (value === null || value.rows.length === 0) return null;
  const rows = value.rows.map((row) => ({ code: text(row.encryption) || null, tuples: number(row.tuples) }));
  return (
    <section className={`section${pending ? " pending" : ""}`} aria-label="Encryption">
      <h3>
        Encryption <span className="dim">by tuples</span>
      </h3>
      <div className="share-bar" aria-hidden="true">
        {rows.map(({ code, tuples }) => (
          <i key={code ?? ""} style={{ flexGrow: tuples, background: inks[code ?? ""] ?? "var(--enc-why)" }} />
        ))}
      </div>
      <ul className="shares">
        {rows.map(({ code, tuples }) => (
          <li key={code ?? ""} data-term={term("encryption", code) ?? undefined}>
            <Encryption code={code} />
            <span className="name" title={encryptionText(code)}>
              {encryptionText(code)}
            </span>
            <span className="number">{count(tuples)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
