// Why nothing is there: outside the evidence, not logged, filtered out, or truly nothing. The first that holds is the reason. Pure.

import type { Nic } from "../../shared/contract.ts";
import type { Scope } from "../../shared/scope.ts";
import { splitTerms } from "./filter-edit.ts";

type Times = { readonly tuples: number; readonly firstTime: number | null; readonly lastTime: number | null };
type Logged = Pick<Nic, "nic" | "name" | "logged">;

export type Why =
  | { readonly kind: "no evidence" }
  /** `at`: the first or last tuple of the case. */
  | { readonly kind: "before" | "after"; readonly at: number }
  /** `who`: the NIC that the filter singles out; null: none of the case was logged. `next`: a logged hour, the nearest. */
  | { readonly kind: "not logged"; readonly who: string | null; readonly next: number | null }
  | { readonly kind: "filter"; readonly terms: readonly string[] }
  /** Logged, and nothing was there. */
  | { readonly kind: "nothing"; readonly nics: number };

export function whyEmpty(scope: Scope, times: Times, nics: readonly Logged[]): Why {
  const { firstTime, lastTime } = times;
  if (times.tuples === 0 || firstTime === null || lastTime === null) return { kind: "no evidence" };
  const from = scope.from ?? firstTime;
  const to = scope.to ?? lastTime + 1;
  if (from > lastTime) return { kind: "after", at: lastTime };
  if (to <= firstTime) return { kind: "before", at: firstTime };
  const terms = splitTerms(scope.filter);
  const named = singledOut(terms, nics);
  const asked = named === null ? nics : [named];
  const isLogged = asked.some(({ logged }) => logged.some((hour) => hour.from < to && hour.to > from));
  if (!isLogged && asked.length > 0)
    return { kind: "not logged", who: named && (named.name ?? named.nic), next: nearest(asked, from, to) };
  if (terms.length > 0) return { kind: "filter", terms };
  return { kind: "nothing", nics: nics.length };
}

const ONE_NIC = /^nic == "?([\w:-]+)"?$/i;

/** By its MAC: what an address did, other NICs may have logged. Null where the filter leaves more than one. */
function singledOut(terms: readonly string[], nics: readonly Logged[]): Logged | null {
  const macs = terms.flatMap((term) => ONE_NIC.exec(term)?.[1]?.toLowerCase() ?? []);
  return nics.find(({ nic }) => macs.includes(nic.toLowerCase())) ?? null;
}

/** The begin of a logged hour: the next after the range, else the last before it. */
function nearest(nics: readonly Logged[], from: number, to: number): number | null {
  const all = nics.flatMap(({ logged }) => logged);
  const after = all.filter((hour) => hour.from >= to).map((hour) => hour.from);
  if (after.length > 0) return Math.min(...after);
  const before = all.filter((hour) => hour.to <= from).map((hour) => hour.to);
  return before.length > 0 ? Math.max(...before) - 3_600_000 : null;
}
