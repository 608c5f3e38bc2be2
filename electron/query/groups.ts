// Conversations in scope added up by anything that is the same for all tuples of one: ports, rules, NICs, encryption, or any fields that
// are named. And by what addresses belong to: countries, autonomous systems.

import type { Nic } from "../../shared/contract.ts";
import { printService } from "../../shared/filter/print.ts";
import { decisions, directions } from "../../shared/flow.ts";
import { type Cell, fieldsOf, type Groupable, rowFields } from "../../shared/rows.ts";
import type { Catalog } from "./catalog.ts";
import type { Facts } from "./facts.ts";
import { OUT_AND_IN, tableOf, withFlows } from "./group.ts";
import type { Sums } from "./group-sums.ts";
import { listNics } from "./nics.ts";
import type { InScope } from "./scope-asked.ts";
import { sumBy, sumConversations, sumEnds } from "./sums.ts";
import type { Table, Told } from "./table.ts";

/** What conversations are told apart by: a number each, and what a number shows. */
type Column = { readonly of: (conversation: number) => number; readonly show: (id: number) => Cell };

export function groupTable(catalog: Catalog, scope: InScope, facts: Facts, by: readonly Groupable[]): Table {
  return groupedBy(
    catalog,
    scope,
    by.map((field) => columnOf(catalog, facts, field)),
    by,
    fieldsOf({ by: "groups", group: by }),
  );
}

export function portTable(catalog: Catalog, scope: InScope, facts: Facts): Table {
  return ofFields(catalog, scope, facts, ["dstPort", "protocol"], rowFields.ports);
}

export function ruleTable(catalog: Catalog, scope: InScope, facts: Facts): Table {
  return ofFields(catalog, scope, facts, ["acl", "rule"], rowFields.rules);
}

export function encryptionTable(catalog: Catalog, scope: InScope, facts: Facts): Table {
  return ofFields(catalog, scope, facts, ["encryption"], rowFields.encryption);
}

/** With what its logs say of each (nics.ts); tuples whose log names no NIC stand under null. */
export function nicTable(catalog: Catalog, scope: InScope, facts: Facts): Table {
  const table = ofFields(catalog, scope, facts, ["nic"], rowFields.nics);
  const known = new Map<Cell, Nic>(listNics(catalog).map((nic) => [nic.nic, nic]));
  const cell = (field: string, i: number): Cell => {
    if (field !== "name" && field !== "network" && field !== "subnet" && field !== "addresses")
      return table.cell(field, i);
    const nic = known.get(table.cell("nic", i));
    if (field === "addresses") return nic?.addresses.map(({ ip }) => ip) ?? [];
    return nic?.[field] ?? null;
  };
  return { ...table, cell };
}

export function countryTable(catalog: Catalog, scope: InScope, facts: Facts): Table {
  return ofEnds(catalog, scope, facts.country, "country", rowFields.countries);
}

export function asnTable(catalog: Catalog, scope: InScope, facts: Facts): Table {
  return ofEnds(catalog, scope, facts.asn, "asn", rowFields.asns);
}

function ofFields(
  catalog: Catalog,
  scope: InScope,
  facts: Facts,
  by: readonly Groupable[],
  fields: readonly string[],
): Table {
  return groupedBy(
    catalog,
    scope,
    by.map((field) => columnOf(catalog, facts, field)),
    by,
    fields,
  );
}

function groupedBy(
  catalog: Catalog,
  scope: InScope,
  columns: readonly Column[],
  names: readonly string[],
  fields: readonly string[],
): Table {
  const each = sumConversations(catalog, scope);
  // Ids of several columns become one number after another, each pair once.
  let group = numbered(each, (c) => (columns[0] as Column).of(c));
  for (const { of } of columns.slice(1)) group = numbered(each, (_, i) => group.of[i] as number, of);
  const sums = sumBy(each, group.count, group.of);
  const counted = countsOf(catalog, each, group);
  const conversationOf = (id: number): number => each.id[group.first[id] as number] as number;
  const of = (conversation: number): string => columns.map((column) => column.of(conversation)).join(" ");
  const table = tableOf(sums, fields, (field, id) => {
    const column = columns[names.indexOf(field)];
    return column ? column.show(column.of(conversationOf(id))) : counted(field, id);
  });
  return { ...withFlows(catalog, table), told: { row: (i) => of(conversationOf(sums.id[i] as number)), of } };
}

/** Groups of the rows of `sums`: `first`: a row of each. */
type Numbered = { readonly count: number; readonly of: Uint32Array; readonly first: Uint32Array };

/** Rows with equal numbers are one group, in the order in which they are met. */
export function numbered(
  sums: Sums,
  one: (conversation: number, row: number) => number,
  two: (conversation: number) => number = () => 0,
): Numbered {
  const of = new Uint32Array(sums.length);
  const first: number[] = [];
  const outer = new Map<number, Map<number, number>>();
  for (let i = 0; i < sums.length; i++) {
    const conversation = sums.id[i] as number;
    const a = one(conversation, i);
    const b = two(conversation);
    let inner = outer.get(a);
    if (!inner) {
      inner = new Map();
      outer.set(a, inner);
    }
    let group = inner.get(b);
    if (group === undefined) {
      group = first.length;
      first.push(i);
      inner.set(b, group);
    }
    of[i] = group;
  }
  return { count: first.length, of, first: Uint32Array.from(first) };
}

/** Conversations, and different sources and destinations, of each group; worked out when a cell asks. */
function countsOf(catalog: Catalog, each: Sums, group: Numbered): (field: string, id: number) => Cell {
  const { src, dst } = catalog.conversations.columns;
  const counts = new Map<string, Uint32Array>();
  const count = (field: string): Uint32Array | null => {
    if (field === "conversations") return differing(each, group, (c) => c);
    if (field === "sources") return differing(each, group, (c) => src[c] as number);
    return field === "destinations" ? differing(each, group, (c) => dst[c] as number) : null;
  };
  return (field, id) => {
    const known = counts.get(field) ?? count(field);
    if (known === null) return null;
    counts.set(field, known);
    return known[id] as number;
  };
}

/** How many different numbers the conversations of each group have. */
function differing(each: Sums, group: Numbered, of: (conversation: number) => number): Uint32Array {
  const pairs = new Float64Array(each.length);
  const most = 2 ** 32;
  for (let i = 0; i < each.length; i++) pairs[i] = (group.of[i] as number) * most + of(each.id[i] as number);
  pairs.sort();
  const counts = new Uint32Array(group.count);
  for (let i = 0; i < pairs.length; i++) {
    if (i > 0 && pairs[i] === pairs[i - 1]) continue;
    const id = Math.floor((pairs[i] as number) / most);
    counts[id] = (counts[id] as number) + 1;
  }
  return counts;
}

export function columnOf(catalog: Catalog, facts: Facts, field: Groupable): Column {
  const { context, src, dst, service } = catalog.conversations.columns;
  switch (field) {
    case "srcIp":
      return { of: (c) => src[c] as number, show: (id) => catalog.ip(id) };
    case "dstIp":
      return { of: (c) => dst[c] as number, show: (id) => catalog.ip(id) };
    case "srcCountry": {
      const { of, show } = ofEndpoints(catalog, facts.country);
      return { of: (c) => of(src[c] as number), show };
    }
    case "dstCountry": {
      const { of, show } = ofEndpoints(catalog, facts.country);
      return { of: (c) => of(dst[c] as number), show };
    }
    case "dstPort":
      return { of: (c) => (service[c] as number) & 0xffff, show: (id) => id };
    case "protocol":
      return { of: (c) => ((service[c] as number) >>> 16) & 0xff, show: (id) => id };
    case "service":
      return {
        of: (c) => (service[c] as number) & 0xffffff,
        show: (id) => printService({ port: id & 0xffff, protocol: id >>> 16 }),
      };
    case "direction":
      return { of: (c) => ((service[c] as number) >>> 24) & 1, show: (id) => directions[id] as string };
    case "decision":
      return { of: (c) => (service[c] as number) >>> 25, show: (id) => decisions[id] as string };
    default: {
      const isResource = field === "acl" || field === "flowLog";
      const { of, show } = texts(
        (id) => catalog.contexts.get(id)?.[field] ?? null,
        isResource ? "any case" : "as logged",
      );
      for (const id of catalog.contexts.keys()) of(id); // so that what is shown of one does not depend on the scope
      return { of: (c) => of(context[c] as number), show };
    }
  }
}

/** Numbers for what is known of things by number. In any case: texts that differ only so are one, shown as the first in byte order. */
function texts(textOf: (thing: number) => string | null, spelling: "as logged" | "any case"): Column {
  const ids = new Map<number, number>();
  const known = new Map<string | null, number>();
  const shown: (string | null)[] = [];
  const of = (thing: number): number => {
    const before = ids.get(thing);
    if (before !== undefined) return before;
    const text = textOf(thing);
    const name = spelling === "any case" ? (text?.toLowerCase() ?? null) : text;
    const id = known.get(name) ?? shown.length;
    known.set(name, id);
    if (id === shown.length || (text ?? "") < (shown[id] ?? "")) shown[id] = text;
    ids.set(thing, id);
    return id;
  };
  return { of, show: (id) => shown[id] ?? null };
}

function ofEndpoints(catalog: Catalog, known: (ip: string) => string | null): Column {
  return texts((endpoint) => known(catalog.ip(endpoint)), "as logged");
}

function ofEnds(
  catalog: Catalog,
  scope: InScope,
  known: (ip: string) => string | null,
  name: string,
  fields: readonly string[],
): Table {
  const each = sumConversations(catalog, scope);
  const { columns, endpoints } = catalog.conversations;
  const { of, show } = ofEndpoints(catalog, known);
  const members = new Map<number, Set<number>>();
  for (let i = 0; i < each.length; i++)
    for (const end of [columns.src[each.id[i] as number], columns.dst[each.id[i] as number]] as number[]) {
      const set = members.get(of(end)) ?? new Set();
      members.set(of(end), set.add(end));
    }
  const sums = sumEnds(each, endpoints + 1, columns, of);
  const textOf = (field: string, id: number): Cell => {
    if (field === name) return show(id);
    return field === "endpoints" ? (members.get(id)?.size ?? 0) : null;
  };
  const told: Told = {
    row: (i) => show(sums.id[i] as number),
    of: (c) => show(of(columns.src[c] as number)),
    also: (c) => show(of(columns.dst[c] as number)),
  };
  return { ...tableOf(sums, fields, textOf, OUT_AND_IN), told };
}
