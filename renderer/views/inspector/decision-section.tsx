// How the selection was decided, by which rules, and whether it was encrypted.

import type { ReactElement } from "react";
import type { Totals } from "../../../shared/contract.ts";
import type { Scope } from "../../../shared/scope.ts";
import { useAnswer } from "../../model/answer.ts";
import { countedAs } from "../../model/counting.ts";
import { term } from "../../model/filter-edit.ts";
import { count, noun } from "../../model/format.ts";
import { Glyph } from "../../widgets/glyph.tsx";
import { Bytes, Encryption, encryptionText, NotMeasured, number, text } from "../tables/cells.tsx";

const SHOWN = 6;

export function DecisionSection({ scope, totals }: { readonly scope: Scope; readonly totals: Totals }): ReactElement {
  const { value } = useAnswer("query.rows", {
    by: "conversations",
    scope,
    sort: { field: "tuples", order: "desc" },
    limit: SHOWN,
    after: 0,
    bin: null,
  });
  const more = value?.leftOut.count ?? 0;
  return (
    <section className="section">
      <h3>Decision and rule</h3>
      <dl className="decided">
        <dt data-term="decision == allow">
          <Glyph name="allowed" /> allowed
        </dt>
        <dd>
          {count(totals.allowed)} {noun(totals.allowed, "tuple")}
        </dd>
        <dd className="number" title={`Sent and received, ${countedAs(scope)}`}>
          <Bytes value={totals.bytesSent + totals.bytesReceived} />
        </dd>
        <dt data-term="decision == deny">
          <Glyph name="denied" /> denied
        </dt>
        <dd className={totals.denied > 0 ? "denied-text" : ""}>
          {count(totals.denied)} {noun(totals.denied, "tuple")}
        </dd>
        <dd className="number">{totals.denied > 0 ? <NotMeasured /> : null}</dd>
      </dl>
      <ul className="by-rule" aria-label="Largest conversations by tuples">
        {(value?.rows ?? []).map((row, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows of one answer, replaced together
          <li key={i} data-term={term("rule", row.rule) ?? undefined}>
            <Encryption code={text(row.encryption) || null} />
            <span className="rule" title={`${text(row.rule)}, ${encryptionText(text(row.encryption) || null)}`}>
              {text(row.rule) || "no rule logged"}
            </span>
            <span className="dim ip">
              {text(row.direction) === "I" ? "in" : "out"} :{text(row.dstPort)}
            </span>
            <span className="number">{count(number(row.tuples))}</span>
          </li>
        ))}
      </ul>
      {more > 0 ? (
        <p className="dim">
          +{count(more)} other {noun(more, "conversation")}, {count(value?.leftOut.tuples ?? 0)} tuples
        </p>
      ) : null}
    </section>
  );
}
