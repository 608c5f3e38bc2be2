// The values of one field in a scope and how many tuples each has, most first; rules and countries lead to their own page.

import type { ReactElement } from "react";
import type { Scope } from "../../../shared/scope.ts";
import { useAnswer } from "../../model/answer.ts";
import { countryName } from "../../model/country-name.ts";
import { term } from "../../model/filter-edit.ts";
import { count } from "../../model/format.ts";
import { navigate } from "../../model/navigate.ts";
import type { Subject } from "../../model/subject.ts";
import { Decision, number, text } from "../tables/cells.tsx";

const SHOWN = 6;

type Props = {
  readonly title: string;
  readonly field: "rule" | "acl" | "srcCountry" | "dstCountry";
  readonly scope: Scope;
};

export function ShareSection({ title, field, scope }: Props): ReactElement | null {
  const { value, pending } = useAnswer("query.rows", {
    by: "groups",
    group: [field],
    scope,
    sort: { field: "tuples", order: "desc" },
    limit: SHOWN,
    after: 0,
    bin: null,
  });
  if (value === null || value.rows.length === 0) return null;
  const more = value.leftOut.count ?? 0;
  return (
    <section className={`section${pending ? " pending" : ""}`} aria-label={title}>
      <h3>
        {title} <span className="dim">{count(value.rows.length + more)}</span>
      </h3>
      <ul className="shares">
        {value.rows.map((row) => {
          const name = row[field] === null ? null : text(row[field]);
          return (
            <li key={name ?? ""} data-term={termOf(field, name) ?? undefined}>
              <Decision allowed={number(row.allowed)} denied={number(row.denied)} />
              <Name field={field} name={name} />
              <span className="number">{count(number(row.tuples))}</span>
            </li>
          );
        })}
      </ul>
      {more > 0 ? (
        <p className="dim">
          +{count(more)} others, {count(value.leftOut.tuples ?? 0)} tuples
        </p>
      ) : null}
    </section>
  );
}

function termOf(field: Props["field"], name: string | null): string | null {
  if (field === "rule" || field === "acl") return term(field, name);
  return name === null ? null : `${field.toLowerCase()} == ${name}`;
}

function Name({ field, name }: { readonly field: Props["field"]; readonly name: string | null }): ReactElement {
  if (name === null)
    return (
      <span className="dim">
        {field === "rule" || field === "acl" ? "none logged" : "no country: private or not known"}
      </span>
    );
  const shown = field === "acl" ? (name.split("/").at(-1) ?? name) : field === "rule" ? name : countryName(name);
  const subject: Subject | null =
    field === "rule"
      ? { kind: "rule", rule: name, acl: null }
      : field === "acl"
        ? null
        : { kind: "country", country: name };
  if (subject === null)
    return (
      <span className="name" title={name}>
        {shown}
      </span>
    );
  return (
    <button type="button" className="door name" title={name} onClick={() => navigate({ page: "subject", subject })}>
      {shown}
    </button>
  );
}
