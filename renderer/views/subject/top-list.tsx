// What a subject had to do with, most first: a row a group, the rest accounted for, each row a door to its tuples and to its own page.

import { type ReactElement, useState } from "react";
import type { Groupable, Row } from "../../../shared/rows.ts";
import type { Scope } from "../../../shared/scope.ts";
import { useAnswer } from "../../model/answer.ts";
import { countedAs } from "../../model/counting.ts";
import { useFactsOf, useNics } from "../../model/facts.ts";
import { term } from "../../model/filter-edit.ts";
import { count, exactBytes, exactInstant, noun } from "../../model/format.ts";
import { navigate } from "../../model/navigate.ts";
import { useNotebook } from "../../model/notebook.ts";
import type { Subject } from "../../model/subject.ts";
import type { TopList } from "../../model/subject-lists.ts";
import { bothOf } from "../../model/view.ts";
import { Glyph } from "../../widgets/glyph.tsx";
import { Bytes, Decision, NotMeasured, nameOf, number, text } from "../tables/cells.tsx";

const SHOWN = 12;
/** Where all are asked for. */
const MOST = 500;

const measures = [
  ["flows", "Flows"],
  ["tuples", "Tuples"],
  ["bytesSent", "Sent"],
  ["bytesReceived", "Received"],
] as const;
type Measure = (typeof measures)[number][0];

/** `scope`: range, sides and counters of the page; `list` says which of the subject's tuples. */
export function TopListSection({ list, scope }: { readonly list: TopList; readonly scope: Scope }): ReactElement {
  const [by, setBy] = useState<Measure>("tuples");
  const [limit, setLimit] = useState(SHOWN);
  const { value, pending, failure } = useAnswer("query.rows", {
    by: "groups",
    group: [...list.group],
    scope: { ...scope, filter: list.filter },
    sort: { field: by, order: "desc" },
    limit,
    after: 0,
    bin: null,
  });
  // Of every tuple the list is of: the rows and what is left out of them come to it.
  const totals = useAnswer("scope.totals", { scope: { ...scope, filter: list.filter } }).value;
  const rows = value?.rows ?? [];
  const more = value?.leftOut.count ?? 0;
  return (
    <section className="top-list" aria-label={list.title}>
      <header className="pane-head">
        <h2>{list.title}</h2>
        <span className="dim">
          {value === null ? "" : `${count(rows.length + more)} ${noun(rows.length + more, list.one)}`}
        </span>
      </header>
      {failure ? <p className="section dim">{failure.message}</p> : null}
      {value !== null && rows.length === 0 ? (
        <p className="section dim">None in this range.</p>
      ) : (
        <table className={pending ? "pending" : ""}>
          <thead>
            <tr>
              <th aria-label="Decision" />
              {list.group.map((field) => (
                <th key={field}>{heads[field] ?? field}</th>
              ))}
              {measures.map(([field, title]) => (
                <th key={field} className="number" aria-sort={by === field ? "descending" : "none"}>
                  <button type="button" title={`Most ${title.toLowerCase()} first`} onClick={() => setBy(field)}>
                    {title}
                    {by === field ? " ↓" : ""}
                  </button>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <Line key={list.group.map((field) => text(row[field])).join("\n")} row={row} list={list} />
            ))}
            {more > 0 ? (
              <tr className="rest">
                <td />
                <td colSpan={list.group.length}>
                  {limit === SHOWN ? (
                    <button type="button" className="link" onClick={() => setLimit(MOST)}>
                      +{count(more)} others
                    </button>
                  ) : (
                    `+${count(more)} others`
                  )}
                </td>
                <td className="number">{countOf(value?.leftOut.flows)}</td>
                <td className="number">{countOf(value?.leftOut.tuples)}</td>
                <td className="number">
                  <Bytes value={value?.leftOut.bytesSent} />
                </td>
                <td className="number">
                  <Bytes value={value?.leftOut.bytesReceived} />
                </td>
              </tr>
            ) : null}
          </tbody>
          {totals === null ? null : (
            <tfoot>
              <tr>
                <td />
                <td colSpan={list.group.length}>Σ {countedAs(scope)}</td>
                <td className="number">{totals.flows === null ? "" : count(totals.flows)}</td>
                <td className="number">{count(totals.tuples)}</td>
                {[totals.bytesSent, totals.bytesReceived].map((bytes, i) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: sent, then received
                  <td key={i} className="number" title={totals.allowed > 0 ? exactBytes(bytes) : undefined}>
                    {totals.allowed > 0 ? <Bytes value={bytes} /> : <NotMeasured />}
                  </td>
                ))}
              </tr>
            </tfoot>
          )}
        </table>
      )}
    </section>
  );
}

const heads: Partial<Record<Groupable, string>> = {
  srcIp: "Source",
  dstIp: "Destination",
  service: "Service",
  nic: "NIC",
  rule: "Rule",
  decision: "Decision",
};

function countOf(value: unknown): string {
  return typeof value === "number" ? count(value) : "";
}

function Line({ row, list }: { readonly row: Row; readonly list: TopList }): ReactElement {
  const [allowed, denied] = [number(row.allowed), number(row.denied)];
  const terms = list.group
    .map((field) => term(field, row[field]) ?? serviceTerm(field, row))
    .filter((each) => each !== null);
  const part = terms.reduce(bothOf, "");
  const title = `${list.title}: ${list.group.map((field) => text(row[field]) || "none").join(" → ")}`;
  const measured = allowed > 0;
  const sizes = [number(row.bytesSent), number(row.bytesReceived)];
  return (
    <tr title={`${exactInstant(number(row.firstTime))} to ${exactInstant(number(row.lastTime))}`}>
      <td>
        <Decision allowed={allowed} denied={denied} />
      </td>
      {list.group.map((field) => (
        <td key={field} className="name">
          <Value field={field} value={row[field] === null ? null : text(row[field])} />
        </td>
      ))}
      <td className="number">{countOf(row.flows)}</td>
      <td className="number">
        <button
          type="button"
          className="door"
          title="Its tuples"
          onClick={() =>
            navigate({ page: "evidence", exhibit: { filter: list.filter, alone: true, part, title, place: null } })
          }
        >
          {count(allowed + denied)}
        </button>
      </td>
      {sizes.map((bytes, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: sent, then received
        <td key={i} className="number" title={measured ? exactBytes(bytes) : undefined}>
          {measured ? <Bytes value={bytes} /> : <NotMeasured />}
        </td>
      ))}
    </tr>
  );
}

/** `service` is a field of rows that the filter has under the same name. */
function serviceTerm(field: Groupable, row: Row): string | null {
  return field === "service" && row.service != null ? `service == ${text(row.service)}` : null;
}

function Value({ field, value }: { readonly field: Groupable; readonly value: string | null }): ReactElement {
  if (value === null) return <span className="dim">not logged</span>;
  if (field === "srcIp" || field === "dstIp") return <Peer ip={value} />;
  const subject: Subject | null =
    field === "nic" ? { kind: "nic", nic: value } : field === "rule" ? { kind: "rule", rule: value, acl: null } : null;
  const made = term(field, value) ?? (field === "service" ? `service == ${value}` : null);
  if (subject === null)
    return (
      <span className="ip" data-term={made ?? undefined}>
        {value}
      </span>
    );
  return (
    <button
      type="button"
      className="door ip"
      title={value}
      data-term={made ?? undefined}
      onClick={() => navigate({ page: "subject", subject })}
    >
      {value}
    </button>
  );
}

function Peer({ ip }: { readonly ip: string }): ReactElement {
  const facts = useFactsOf(ip);
  const nics = useNics();
  const status = useNotebook(({ statusOf }) => statusOf.get(ip) ?? null);
  return (
    <button
      type="button"
      className="door"
      title={`Page of ${ip}`}
      data-term={`ip == ${ip}`}
      data-host={ip}
      onClick={() => navigate({ page: "subject", subject: { kind: "host", ip } })}
    >
      {status ? <Glyph name={status} label={status} /> : null} <span className="ip">{ip}</span>{" "}
      <span className="dim">{nameOf(ip, { nics, facts: { get: () => facts } })}</span>
    </button>
  );
}
