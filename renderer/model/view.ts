// What the address says: the page, the case, the scope, the table, what is selected. One value, printed to and parsed from the
// fragment, so that back, forward, reload and a copied link all show the same.

import { FILTER_LENGTH, type Scope } from "../../shared/scope.ts";
import { type Compared, comparedIn, printCompared } from "./compared.ts";
import { FIRST_LOOK, type GraphLook, lookIn, printLook } from "./graph-look.ts";
import { type BarMeasure, barMeasures } from "./measure.ts";
import { FIRST_PIVOT, type Pivot, pivotIn, printPivot } from "./pivot.ts";
import { printSeries, type Series, seriesIn } from "./series.ts";
import { parseSorting, printSorting, type Sorting } from "./sorting.ts";
import { type Subject, subjectIn } from "./subject.ts";

export const pages = ["start", "explore", "hosts", "evidence", "sql", "subject", "growth", "adding"] as const;
export type Page = (typeof pages)[number];

export const tables = [
  "conversations",
  "flows",
  "tuples",
  "edges",
  "endpoints",
  "nics",
  "ports",
  "rules",
  "encryption",
  "countries",
  "asns",
  "members",
  "rejects",
] as const;
export type TableName = (typeof tables)[number];
/** What the tables pane shows. */
const tabs = [...tables, "pivot"] as const;

export const groupings = ["network", "as", "tag", "country", "none"] as const;
/**
 * What stands together: countries (`as`, `tag`: autonomous systems or service tags instead) and virtual network ▸ subnet; `country`:
 * countries and "inside"; `none`: one free layout.
 */
export type Grouping = (typeof groupings)[number];

/** Where a tuple stands (the last five fields of its row). */
export type TuplePlace = {
  readonly source: string;
  readonly member: string;
  readonly record: number;
  readonly tuple: number;
};

/** `filter` narrows the scope to what is selected; `title` says it in words. `several`: addresses, or edges between them, drawn as one. */
export type Selection =
  | { readonly kind: "edge"; readonly src: string; readonly dst: string }
  | { readonly kind: "endpoint"; readonly ip: string }
  | { readonly kind: "nic"; readonly nic: string }
  | { readonly kind: "conversation"; readonly filter: string; readonly title: string }
  /** Whatever has the values that a cell of the pivot stands for. */
  | { readonly kind: "group"; readonly filter: string; readonly title: string }
  | { readonly kind: "several"; readonly filter: string; readonly title: string }
  | { readonly kind: "bar"; readonly from: number; readonly to: number };

/** A condition that is kept and not applied; `at`: its place among all. */
export type OffTerm = { readonly at: number; readonly term: string };

/**
 * The tuples behind a figure, counted as it was. `filter` narrows the filter; `part`, `bar` and `flow` say what of the scope the figure is
 * of, as a scope does (shared/scope.ts). `alone`: without the filter that other pages have, where the page of the figure has none.
 */
export type Exhibit = Pick<Scope, "part" | "flow"> & {
  readonly filter: string;
  readonly alone?: true;
  readonly bar?: { readonly from: number; readonly to: number };
  readonly title: string;
  readonly place: TuplePlace | null;
};

export type View = {
  readonly page: Page;
  readonly case: string | null;
  readonly scope: Scope;
  /** Conditions beside the filter that are switched off. */
  readonly off: readonly OffTerm[];
  readonly table: (typeof tabs)[number];
  /** Of the table, or of the tuples of an exhibit. */
  readonly sort: Sorting;
  readonly pivot: Pivot;
  readonly group: Grouping;
  readonly graph: GraphLook;
  /** An earlier range that what is shown is compared with: from ≤ time < to, ms. Where it follows what is shown, it is right already. */
  readonly compare: Compared | null;
  /** Of the bars of the timeline, and of its series. */
  readonly measure: BarMeasure;
  readonly series: readonly Series[];
  /** A lane for each NIC. */
  readonly lanes: boolean;
  readonly selection: Selection | null;
  /** What the page "subject" is about. */
  readonly subject: Subject | null;
  /** On the page "evidence": which tuples of the scope are listed (null = all), and the one opened. */
  readonly exhibit: Exhibit | null;
};

export const FIRST_VIEW: View = {
  page: "start",
  case: null,
  scope: { from: null, to: null, filter: "" },
  off: [],
  table: "conversations",
  pivot: FIRST_PIVOT,
  sort: [],
  group: "network",
  graph: FIRST_LOOK,
  compare: null,
  measure: "bytes",
  series: [],
  lanes: false,
  selection: null,
  subject: null,
  exhibit: null,
};

/** `#/explore?case=…&from=…` . Defaults are left out. */
export function printView(view: View): string {
  const query = new URLSearchParams();
  const put = (name: string, value: string | number | null): void => {
    if (value !== null && value !== "") query.set(name, String(value));
  };
  put("case", view.case);
  put("from", view.scope.from);
  put("to", view.scope.to);
  put("filter", view.scope.filter);
  if (view.off.length > 0) put("off", JSON.stringify(view.off.map(({ at, term }) => [at, term])));
  if (view.scope.sides === "once") put("sides", "once");
  if (view.scope.counters === "adjusted") put("counters", "adjusted");
  if (view.table !== FIRST_VIEW.table) put("table", view.table);
  put("sort", printSorting(view.sort));
  put("pivot", printPivot(view.pivot));
  if (view.group !== FIRST_VIEW.group) put("group", view.group);
  put("graph", printLook(view.graph));
  if (view.compare) put("compare", printCompared(view.compare));
  if (view.measure !== FIRST_VIEW.measure) put("measure", view.measure);
  put("series", printSeries(view.series));
  if (view.lanes) put("lanes", "nics");
  if (view.selection) put("selection", JSON.stringify(view.selection));
  if (view.subject) put("subject", JSON.stringify(view.subject));
  if (view.exhibit) put("exhibit", JSON.stringify(view.exhibit));
  const text = query.toString();
  return `#/${view.page}${text === "" ? "" : `?${text}`}`;
}

/** Anyone can write an address: what is not right is left out. */
export function parseView(fragment: string): View {
  const [path = "", search = ""] = fragment.replace(/^#\/?/, "").split("?", 2);
  const query = new URLSearchParams(search);
  return {
    page: oneOf(pages, path) ?? FIRST_VIEW.page,
    case: query.get("case"),
    scope: {
      from: instant(query.get("from")),
      to: instant(query.get("to")),
      filter: (query.get("filter") ?? "").slice(0, FILTER_LENGTH),
      ...(query.get("sides") === "once" ? { sides: "once" } : {}),
      ...(query.get("counters") === "adjusted" ? { counters: "adjusted" } : {}),
    },
    off: offIn(query.get("off")),
    table: oneOf(tabs, query.get("table") ?? "") ?? FIRST_VIEW.table,
    sort: parseSorting(query.get("sort") ?? ""),
    pivot: pivotIn(query.get("pivot")),
    group: oneOf(groupings, query.get("group") ?? "") ?? FIRST_VIEW.group,
    graph: lookIn(query.get("graph")),
    compare: comparedIn(query.get("compare")),
    measure: oneOf(barMeasures, query.get("measure") ?? "") ?? FIRST_VIEW.measure,
    series: seriesIn(query.get("series")),
    lanes: query.get("lanes") === "nics",
    selection: selectionIn(query.get("selection")),
    subject: subjectIn(objectIn(query.get("subject")) ?? {}),
    exhibit: exhibitIn(query.get("exhibit")),
  };
}

function oneOf<T extends string>(names: readonly T[], text: string): T | null {
  return names.find((name) => name === text) ?? null;
}

function instant(text: string | null): number | null {
  const value = text === null || text === "" ? Number.NaN : Number(text);
  return Number.isSafeInteger(value) ? value : null;
}

const MOST_OFF = 200;

function offIn(text: string | null): readonly OffTerm[] {
  const listed = Object.values(objectIn(text) ?? {});
  return listed.slice(0, MOST_OFF).flatMap((each): readonly OffTerm[] => {
    const [at, term] = Array.isArray(each) ? (each as readonly unknown[]) : [];
    return typeof term === "string" && Number.isSafeInteger(at) ? [{ at: Number(at), term }] : [];
  });
}

function objectIn(text: string | null): Readonly<Record<string, unknown>> | null {
  if (text === null) return null;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : null; // each field is checked by its reader
  } catch {
    return null;
  }
}

function selectionIn(text: string | null): Selection | null {
  const { kind, src, dst, ip, nic, filter, title, from, to } = objectIn(text) ?? {};
  const is = (value: unknown): value is string => typeof value === "string";
  if (kind === "edge" && is(src) && is(dst)) return { kind, src, dst };
  if (kind === "endpoint" && is(ip)) return { kind, ip };
  if (kind === "nic" && is(nic)) return { kind, nic };
  if ((kind === "conversation" || kind === "several" || kind === "group") && is(filter) && is(title))
    return { kind, filter, title };
  if (kind === "bar" && Number.isSafeInteger(from) && Number.isSafeInteger(to))
    return { kind, from: Number(from), to: Number(to) };
  return null;
}

function exhibitIn(text: string | null): View["exhibit"] {
  const { filter, title, place, part, bar, flow, alone } = objectIn(text) ?? {};
  if (typeof filter !== "string" || typeof title !== "string") return null;
  const ofFlow = placeIn(flow);
  const stretch = stretchIn(bar);
  return {
    filter,
    title,
    place: placeIn(place),
    ...(alone === true ? { alone } : {}),
    ...(typeof part === "string" ? { part } : {}),
    ...(stretch ? { bar: stretch } : {}),
    ...(ofFlow ? { flow: ofFlow } : {}),
  };
}

function placeIn(value: unknown): TuplePlace | null {
  const { source, member, record, tuple } = (typeof value === "object" && value !== null ? value : {}) as Partial<
    Record<keyof TuplePlace, unknown>
  >;
  const isWhole =
    typeof source === "string" &&
    typeof member === "string" &&
    Number.isSafeInteger(record) &&
    Number.isSafeInteger(tuple);
  return isWhole ? { source, member, record: Number(record), tuple: Number(tuple) } : null;
}

function stretchIn(value: unknown): { readonly from: number; readonly to: number } | null {
  const { from, to } = (typeof value === "object" && value !== null ? value : {}) as Partial<
    Record<"from" | "to", unknown>
  >;
  return Number.isSafeInteger(from) && Number.isSafeInteger(to) ? { from: Number(from), to: Number(to) } : null;
}

/** What the engine is asked for a selection's rows: the scope narrowed by it. */
export function narrowed(scope: Scope, selection: Selection | null): Scope {
  if (selection === null) return scope;
  if (selection.kind === "bar") return { ...scope, bar: { from: selection.from, to: selection.to } };
  return { ...scope, filter: bothOf(scope.filter, selectionFilter(selection)) };
}

export function selectionFilter(selection: Exclude<Selection, { kind: "bar" }>): string {
  switch (selection.kind) {
    case "edge":
      return `src == ${selection.src} and dst == ${selection.dst}`;
    case "endpoint":
      return `ip == ${selection.ip}`;
    case "nic":
      return `nic == ${quoted(selection.nic)}`;
    case "conversation":
    case "several":
    case "group":
      return selection.filter;
  }
}

/** `a and b`, each in parentheses where it needs them. */
export function bothOf(a: string, b: string): string {
  const [left, right] = [a.trim(), b.trim()];
  if (left === "" || right === "") return left || right;
  const held = (text: string): string => (/\bor\b|\|\|/i.test(text) ? `(${text})` : text);
  return `${held(left)} and ${held(right)}`;
}

/** A text as the filter language has it. */
export function quoted(text: string): string {
  return `"${text.replace(/[\\"]/g, "\\$&")}"`;
}
