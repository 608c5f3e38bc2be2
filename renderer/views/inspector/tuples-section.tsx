// The newest tuples of the selection and where they come from; each opens its original text.

import type { ReactElement } from "react";
import type { Row } from "../../../shared/rows.ts";
import type { Scope } from "../../../shared/scope.ts";
import { useAnswer } from "../../model/answer.ts";
import { count, exactBytes, exactInstant, instant } from "../../model/format.ts";
import { navigate } from "../../model/navigate.ts";
import { type Selection, selectionFilter } from "../../model/view.ts";
import { Bytes, NotMeasured, number, text } from "../tables/cells.tsx";
import { titleOf } from "../tables/row-selection.ts";
import { openTuples } from "./open-tuples.ts";

const SHOWN = 8;
const states: Readonly<Record<string, string>> = { B: "begin", C: "continue", E: "end", D: "deny" };

export function TuplesSection(props: {
  readonly scope: Scope;
  readonly selection: Selection | null;
  readonly total: number;
}): ReactElement {
  const { value } = useAnswer("query.rows", {
    by: "tuples",
    scope: props.scope,
    sort: { field: "time", order: "desc" },
    limit: SHOWN,
    after: 0,
    bin: null,
  });
  const rows = value?.rows ?? [];
  const [row] = rows;
  return (
    <section className="section">
      <h3>
        Tuples <span className="dim">newest first</span>
        <span className="grow" />
        <button type="button" className="link" onClick={() => openTuples(props.selection)}>
          all {count(props.total)}
        </button>
      </h3>
      <table className="newest">
        <thead>
          <tr>
            <th>Time, UTC</th>
            <th className="number">Port</th>
            <th>State</th>
            <th className="number">Sent</th>
            <th className="number">Received</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((each) => (
            <TupleLine
              key={`${text(each.member)} ${text(each.record)} ${text(each.tuple)}`}
              row={each}
              of={props.selection}
            />
          ))}
        </tbody>
      </table>
      {row ? (
        <p className="comes-from dim">
          Newest from record {count(number(row.record))} of <span className="ip">{text(row.member)}</span>
        </p>
      ) : null}
    </section>
  );
}

function TupleLine({ row, of }: { readonly row: Row; readonly of: Selection | null }): ReactElement {
  const place = {
    source: text(row.source),
    member: text(row.member),
    record: number(row.record),
    tuple: number(row.tuple),
  };
  const whole = of !== null && of.kind !== "bar";
  const open = (): void =>
    navigate({
      page: "evidence",
      exhibit: {
        filter: whole ? selectionFilter(of) : "",
        ...(of?.kind === "bar" ? { bar: { from: of.from, to: of.to } } : {}),
        title: of ? titleOf(of) : "Tuples in scope",
        place,
      },
    });
  // A begin and a denial carry zeros where nothing was measured.
  const unmeasured = row.decision === "deny" || (row.state === "B" && row.bytesSent === 0 && row.bytesReceived === 0);
  const size = (value: Row[string] | undefined): ReactElement =>
    typeof value === "number" && !unmeasured ? (
      <span title={exactBytes(value)}>
        <Bytes value={value} />
      </span>
    ) : (
      <NotMeasured />
    );
  return (
    <tr>
      <td>
        <button type="button" className="link ip" title={exactInstant(number(row.time))} onClick={open}>
          {instant(number(row.time)).slice(5)}
        </button>
      </td>
      <td className="number">{text(row.srcPort)}</td>
      <td>{states[text(row.state)] ?? text(row.decision)}</td>
      <td className="number">{size(row.bytesSent)}</td>
      <td className="number">{size(row.bytesReceived)}</td>
    </tr>
  );
}
