// Rows of an answer taken away in any form, also those that were never on screen: asked for page by page, stopped at any moment.

import { isPrivate } from "../../shared/address-class.ts";
import type { Params, Result } from "../../shared/contract.ts";
import { copyAs, type LanguageName } from "../../shared/copy-as/languages.ts";
import { AppError } from "../../shared/failure.ts";
import { parseIp } from "../../shared/ip.ts";
import type { Row } from "../../shared/rows.ts";
import { FILTER_LENGTH, type Scope } from "../../shared/scope.ts";
import { ask } from "../host/ask.ts";
import type { Ranges } from "./row-ranges.ts";

/** Rows asked for at a time: an answer is at most 4 MiB. */
const PAGE = 5000;

/** `told`: how many rows are there. */
export async function* rowsIn(
  question: Params<"query.rows">,
  ranges: Ranges,
  signal: AbortSignal,
  told: (rows: number) => void,
): AsyncGenerator<readonly Row[]> {
  let taken = 0;
  let state: string | null = null; // of the first page: all are of one answer
  for (const [from, to] of ranges)
    for (let after = from; after < to; ) {
      if (signal.aborted) throw new AppError("cancelled", "Taking rows was stopped.");
      const page: Result<"query.rows"> = await ask(
        "query.rows",
        { ...question, after, rows: Math.min(PAGE, to - after), ...(state === null ? {} : { state }) },
        { signal },
      );
      const { rows } = page;
      state ??= page.state;
      if (rows.length === 0)
        throw new AppError("interrupted", "The case has changed while its rows were taken; begin again.");
      after += rows.length;
      taken += rows.length;
      told(taken);
      yield rows;
    }
}

/** Addresses that can belong to somebody on the internet, each once, so that nothing makes links of them. */
export function defanged(rows: readonly Row[]): readonly string[] {
  const found = new Set<string>();
  for (const row of rows)
    for (const field of ["srcIp", "dstIp", "ip"]) {
      const ip = row[field];
      const bytes = typeof ip === "string" ? parseIp(ip) : null;
      if (bytes !== null && !isPrivate(bytes)) found.add(String(ip));
    }
  return [...found].map((ip) => ip.replace(/\.(?=\d+$)/, "[.]").replace(/:(?=[^:]*$)/, "[:]"));
}

/** More terms make a filter that nobody reads, and few tools take. */
export const MOST_TERMS = 1000;

/** Any of the rows; null where they cannot be said, with why. */
export function anyOf(terms: readonly (string | null)[]): { readonly filter: string } | { readonly why: string } {
  if (terms.length === 0 || terms.includes(null)) return { why: "These rows cannot be said as a filter." };
  const each = [...new Set(terms)] as string[]; // no null among them: checked above
  if (each.length > MOST_TERMS)
    return { why: `A filter of ${each.length} rows would be read by nobody; choose at most ${MOST_TERMS}.` };
  const lists = new Map<string, string[]>();
  for (const term of each) {
    const [, field, value] = /^(\w+) == (\S+)$/.exec(term) ?? [];
    if (field === undefined || value === undefined || value === "null")
      return checked(each.length === 1 ? (each[0] as string) : each.map((one) => `(${one})`).join(" or "));
    lists.set(field, [...(lists.get(field) ?? []), value]);
  }
  const parts = [...lists].map(([field, values]) =>
    values.length === 1 ? `${field} == ${values[0]}` : `${field} in {${values.join(", ")}}`,
  );
  return checked(parts.length === 1 ? (parts[0] as string) : parts.join(" or "));
}

function checked(filter: string): { readonly filter: string } | { readonly why: string } {
  return filter.length > FILTER_LENGTH ? { why: "The filter would be too long." } : { filter };
}

/** In another tool's words; what it cannot say is told. */
export function saidIn(
  language: LanguageName,
  scope: Scope,
  filter: string,
): { readonly text: string; readonly left: readonly string[] } {
  const both = scope.filter.trim() === "" ? filter : `(${scope.filter}) and (${filter})`;
  return copyAs(language, { ...scope, filter: both });
}
