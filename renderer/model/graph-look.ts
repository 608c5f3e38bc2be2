// How the graph is arranged: which projection, what widths and colours say, what is hidden, opened, grouped by hand, locked. Plain data
// that stands in the address, and so can be kept with whatever keeps an address.

export const projections = ["graph", "matrix", "sankey", "map"] as const;
export type Projection = (typeof projections)[number];

export const measures = ["bytes", "tuples", "flows", "packets"] as const;
export type GraphMeasure = (typeof measures)[number];

export const colourings = ["decision", "encryption", "status", "comparison"] as const;
export type Colouring = (typeof colourings)[number];

/** How many nodes are drawn before the rest is folded: what has room for its label, more, or up to 2,000. */
export const details = ["fit", "more", "most"] as const;
export type Detail = (typeof details)[number];

export type HandGroup = { readonly name: string; readonly members: readonly string[] };

/** By its ends, as the fewest hops or as contacts that can have followed one another in time. */
export type SoughtPath = { readonly from: string; readonly to: string; readonly kind: "hops" | "time" };

/** Ids are of nodes and groups of a picture (views/graph/picture.ts): an address, or the path of a group. */
export type GraphLook = {
  readonly projection: Projection;
  readonly measure: GraphMeasure;
  readonly colour: Colouring;
  readonly detail: Detail;
  /** Groups drawn as one node. */
  readonly collapsed: readonly string[];
  /** Addresses never folded, and folds (a country, "+n others") whose addresses are drawn alone. */
  readonly alone: readonly string[];
  readonly hidden: readonly string[];
  /** Nothing else is drawn; empty: everything is. */
  readonly only: readonly string[];
  readonly groups: readonly HandGroup[];
  /** Where nodes were put, in thousandths of their box. */
  readonly locked: Readonly<Record<string, readonly [number, number]>>;
  readonly path: SoughtPath | null;
};

export const FIRST_LOOK: GraphLook = {
  projection: "graph",
  measure: "bytes",
  colour: "decision",
  detail: "fit",
  collapsed: [],
  alone: [],
  hidden: [],
  only: [],
  groups: [],
  locked: {},
  path: null,
};

/** "" for the first look; else JSON of what differs from it. */
export function printLook(look: GraphLook): string {
  const differing = Object.entries(look).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(FIRST_LOOK[name as keyof GraphLook]), // entries of a look
  );
  return differing.length === 0 ? "" : JSON.stringify(Object.fromEntries(differing));
}

/** Anyone can write an address: what is not right is left out. */
export function lookIn(text: string | null): GraphLook {
  const from = parsed(text);
  return {
    projection: oneOf(projections, from.projection) ?? FIRST_LOOK.projection,
    measure: oneOf(measures, from.measure) ?? FIRST_LOOK.measure,
    colour: oneOf(colourings, from.colour) ?? FIRST_LOOK.colour,
    detail: oneOf(details, from.detail) ?? FIRST_LOOK.detail,
    collapsed: texts(from.collapsed),
    alone: texts(from.alone),
    hidden: texts(from.hidden),
    only: texts(from.only),
    groups: list(from.groups).flatMap((each) => handGroup(each)),
    locked: Object.fromEntries(Object.entries(object(from.locked)).flatMap(([id, place]) => lock(id, place))),
    path: pathIn(from.path),
  };
}

function parsed(text: string | null): Readonly<Record<string, unknown>> {
  try {
    return object(JSON.parse(text ?? "{}"));
  } catch {
    return {};
  }
}

function object(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {}; // each field is checked by its reader
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function texts(value: unknown): readonly string[] {
  return list(value).filter((each) => typeof each === "string");
}

function oneOf<T extends string>(names: readonly T[], value: unknown): T | null {
  return names.find((name) => name === value) ?? null;
}

function handGroup(value: unknown): readonly HandGroup[] {
  const { name, members } = object(value);
  return typeof name === "string" && name !== "" ? [{ name, members: texts(members) }] : [];
}

function lock(id: string, value: unknown): readonly (readonly [string, readonly [number, number]])[] {
  const [x, y] = list(value);
  const isPlace = (each: unknown): each is number =>
    Number.isInteger(each) && Number(each) >= 0 && Number(each) <= 1000;
  return isPlace(x) && isPlace(y) ? [[id, [x, y]]] : [];
}

function pathIn(value: unknown): SoughtPath | null {
  const { from, to, kind } = object(value);
  if (typeof from !== "string" || typeof to !== "string") return null;
  return { from, to, kind: kind === "time" ? "time" : "hops" };
}
