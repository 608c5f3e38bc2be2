// The addresses that were drawn as one, the busiest first; each can be selected.

import { type ReactElement, useMemo } from "react";
import type { Scope } from "../../../shared/scope.ts";
import { useAnswer } from "../../model/answer.ts";
import { useFacts } from "../../model/facts.ts";
import { count } from "../../model/format.ts";
import { navigate } from "../../model/navigate.ts";
import { number, text } from "../tables/cells.tsx";

const SHOWN = 8;
const MOST = 2000;

/** `filter`: names the addresses in `{…}`. */
export function SeveralSection({ scope, filter }: { readonly scope: Scope; readonly filter: string }): ReactElement {
  const { value } = useAnswer("query.rows", {
    by: "endpoints",
    scope,
    sort: { field: "tuples", order: "desc" },
    limit: MOST,
    after: 0,
    bin: null,
  });
  const named = new Set([...filter.matchAll(/\{([^}]*)\}/g)].flatMap(([, list]) => (list ?? "").split(", ")));
  const rows = (value?.rows ?? []).filter((row) => named.has(text(row.ip)));
  const shown = rows.slice(0, SHOWN);
  const ips = shown.map((row) => text(row.ip)).join(" ");
  const facts = useFacts(useMemo(() => ips.split(" ").filter(Boolean), [ips]));
  return (
    <section className="section">
      <h3>
        Addresses <span className="dim">{count(named.size)}</span>
      </h3>
      <ul className="by-rule several" aria-label="The busiest of these addresses, by tuples">
        {shown.map((row) => {
          const ip = text(row.ip);
          return (
            <li key={ip} data-term={`ip == ${ip}`} data-host={ip}>
              <button
                type="button"
                className="link ip"
                onClick={() => navigate({ selection: { kind: "endpoint", ip } })}
              >
                {ip}
              </button>
              <span className="dim grow">{facts.get(ip)?.countryName ?? ""}</span>
              <span className="number">{count(number(row.tuples))}</span>
            </li>
          );
        })}
      </ul>
      {named.size > shown.length && shown.length > 0 ? (
        <p className="dim">
          +{count(named.size - shown.length)} others; the table Endpoints lists them when this is the filter
        </p>
      ) : null}
    </section>
  );
}
