// A link to a view of a case, to be put into a message or a report: which case, told by the digest of what it holds, and the address of
// the page. A link is only read: it opens nothing by itself and runs nothing. Pure.

import { instant } from "./format.ts";
import { parseView, printView, type View } from "./view.ts";

const SCHEME = "tidemark://view/";
const LONGEST = 1 << 20;

/** `digest`: the case's logical digest, 64 hexadecimal digits. `path`: where it lay for whoever made the link. */
export type LinkedCase = { readonly name: string; readonly digest: string; readonly path: string };
/** `of` is null where the text names no case, as an address of the page may not. */
export type Link = { readonly view: View; readonly of: Partial<LinkedCase> | null };

export function printLink(view: View, of: LinkedCase): string {
  const [path = "", search = ""] = printView({ ...view, case: null })
    .slice("#/".length)
    .split("?", 2);
  const query = new URLSearchParams([
    ["of", of.name],
    ["digest", of.digest],
    ["path", of.path],
    ...new URLSearchParams(search),
  ]);
  return `${SCHEME}${path}?${query}`;
}

/** Anyone can write a link: what is none says why, in a sentence; what is not right in one is left out. */
export function parseLink(text: string): Link | { readonly fault: string } {
  const written = text.trim().match(/(?:tidemark:\/\/view\/|https?:\/\/|#\/)\S+/)?.[0] ?? "";
  if (written.length > LONGEST) return { fault: "This is longer than any link." };
  if (written.startsWith(SCHEME)) {
    const query = new URLSearchParams(written.split("?", 2)[1] ?? "");
    const digest = query.get("digest") ?? "";
    const view = parseView(`#/${written.slice(SCHEME.length)}`);
    const of = {
      ...(query.get("of") ? { name: (query.get("of") ?? "").slice(0, 200) } : {}),
      ...(/^[0-9a-f]{64}$/.test(digest) ? { digest } : {}),
      ...(query.get("path") ? { path: query.get("path") ?? "" } : {}),
    };
    return checked({ view: { ...view, case: null }, of });
  }
  const at = written.indexOf("#/");
  if (at < 0 || (at > 0 && !/^https?:\/\/(127\.0\.0\.1|localhost)(:\d+)?\//.test(written)))
    return { fault: "A link begins with tidemark://view/, or is an address of this page, http://127.0.0.1:…/#/…." };
  const view = parseView(written.slice(at));
  return checked({ view: { ...view, case: null }, of: view.case === null ? null : { path: view.case } });
}

function checked(link: Link): Link | { readonly fault: string } {
  if (link.view.page === "start" || link.view.page === "adding")
    return { fault: "This link leads to no view of a case." };
  return link;
}

/** Whether the open case is the one that a link was made of; `grown`: it lies where that lay, and holds something else now. */
export function sameCase(of: Link["of"], open: LinkedCase): "same" | "grown" | "another" | "unknown" {
  if (of?.digest === undefined && of?.path === undefined) return "unknown";
  if (of.digest === open.digest) return "same";
  if (of.path === open.path) return of.digest === undefined ? "same" : "grown";
  return of.digest === undefined ? "unknown" : "another";
}

/** What stands above the link: enough to find the same again by other means. `tuples`: in scope, where they were counted. */
export function citationOf(view: View, of: LinkedCase, counted: string, tuples: string | null): string {
  const { from, to, filter } = view.scope;
  const ends = [from === null ? "its first tuple" : instant(from), to === null ? "its last tuple" : instant(to)];
  return [
    `Case ${of.name} (logical digest ${of.digest})`,
    `range ${ends.join(" to ")}, UTC`,
    filter === "" ? "no filter" : `filter ${filter}`,
    tuples === null ? counted : `${tuples} tuples, ${counted}`,
  ].join("; ");
}
