// Values that can be proposed for a field of the filter, with the tuples each has in range and under the rest of the filter: asked of
// the engine when a value is being typed, and kept until the case or the scope is another. None are counted here.

import type { Params } from "../../../shared/contract.ts";
import type { Cell, Groupable } from "../../../shared/rows.ts";
import type { Scope } from "../../../shared/scope.ts";
import { ask } from "../../host/ask.ts";
import type { Nics } from "../../model/facts.ts";
import { useSession } from "../../model/session.ts";
import { type Suggestion, written } from "./suggest.ts";

/** The most frequent are proposed. */
const ROWS = 400;

/** What is asked for a field, and the field of the answer's rows that has its values. */
const QUESTIONS: Readonly<
  Record<string, { readonly field: string; readonly by: Params<"query.rows">["by"]; readonly group?: Groupable }>
> = {
  ip: { field: "ip", by: "endpoints" },
  src: { field: "srcIp", by: "groups", group: "srcIp" },
  dst: { field: "dstIp", by: "groups", group: "dstIp" },
  dport: { field: "dstPort", by: "groups", group: "dstPort" },
  port: { field: "dstPort", by: "groups", group: "dstPort" },
  service: { field: "service", by: "groups", group: "service" },
  nic: { field: "nic", by: "groups", group: "nic" },
  acl: { field: "acl", by: "groups", group: "acl" },
  rule: { field: "rule", by: "groups", group: "rule" },
  enc: { field: "encryption", by: "groups", group: "encryption" },
  flowlog: { field: "flowLog", by: "groups", group: "flowLog" },
  dir: { field: "direction", by: "groups", group: "direction" },
  decision: { field: "decision", by: "groups", group: "decision" },
  country: { field: "country", by: "countries" },
  srccountry: { field: "srcCountry", by: "groups", group: "srcCountry" },
  dstcountry: { field: "dstCountry", by: "groups", group: "dstCountry" },
  asn: { field: "asn", by: "asns" },
};

type Kept = { readonly key: string; readonly values: Promise<readonly Suggestion[]> };
let kept: Kept | null = null;

/** `scope`: what is looked at, without the condition that is being typed. An answer that cannot be had proposes nothing. */
export async function valuesOf(field: string, scope: Scope, nics: Nics): Promise<readonly Suggestion[]> {
  const question = Object.hasOwn(QUESTIONS, field) ? QUESTIONS[field] : undefined;
  const { open, revision } = useSession.getState();
  if (question === undefined || open === null) return [];
  const key = JSON.stringify([open.path, revision, field, scope]);
  if (kept?.key !== key) kept = { key, values: asked(question, scope, nics) };
  return await kept.values;
}

async function asked(
  { field, by, group }: NonNullable<(typeof QUESTIONS)[string]>,
  scope: Scope,
  nics: Nics,
): Promise<readonly Suggestion[]> {
  try {
    const sort = { field: "tuples", order: "desc" } as const;
    const grouped = group === undefined ? {} : { group: [group] };
    const { rows } = await ask("query.rows", { by, scope, sort, limit: ROWS, after: 0, bin: null, ...grouped });
    return rows.map((row) => {
      const cell = row[field] ?? null;
      const tuples = typeof row.tuples === "number" ? row.tuples : null;
      return { text: cell === null ? "null" : written(String(cell)), says: saying(field, cell, nics), tuples };
    });
  } catch {
    return []; // the language's own proposals remain
  }
}

function saying(field: string, cell: Cell, { byMac, byAddress }: Nics): string {
  if (cell === null) return "not named in the log";
  if (field === "nic") return byMac.get(String(cell))?.name ?? "";
  if (field.toLowerCase().endsWith("ip")) return byAddress.get(String(cell))?.name ?? "";
  return "";
}
