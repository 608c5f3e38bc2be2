// Conversations, edges and endpoints in scope as tables: sums (sums.ts) with the texts of what each group is.

import { decisions, directions } from "../../shared/flow.ts";
import { type Cell, fieldsOf, rowFields } from "../../shared/rows.ts";
import type { ContextText } from "../store/texts.ts";
import type { Catalog } from "./catalog.ts";
import type { Facts } from "./facts.ts";
import { type Measure, measures, mostTuplesFirst, type SummedBy, type Sums } from "./group-sums.ts";
import { largestFirst } from "./largest-first.ts";
import { nicsOf, ownerBetween } from "./owners.ts";
import type { InScope } from "./scope-asked.ts";
import { sumConversations, sumEnds, sumScope } from "./sums.ts";
import type { Table, Told } from "./table.ts";

const isMeasure = new Set<string>(measures);

/** What rows of ends call their sums. */
export const OUT_AND_IN: Readonly<Record<string, Measure>> = {
  bytesOut: "bytesSent",
  bytesIn: "bytesReceived",
  packetsOut: "packetsSent",
  packetsIn: "packetsReceived",
};

/** A field of a group that is no sum: by what the group is, and its place in the sums. */
type TextOf = (field: string, id: number, group: number, sums: Sums) => Cell;

/** Fields of a row that are sums, and its numbers by row. Others are `textOf` the group's id and number. */
export function tableOf(
  sums: Sums,
  fields: readonly string[],
  textOf: TextOf,
  renamed: Readonly<Record<string, Measure>> = {},
): Table {
  const measureOf = (field: string): Measure | null =>
    renamed[field] ?? (isMeasure.has(field) ? (field as Measure) : null); // checked just now
  return {
    fields,
    length: sums.length,
    before: mostTuplesFirst(sums),
    cell(field, group) {
      if (field === "allowed") return (sums.tuples[group] as number) - (sums.denied[group] as number);
      const measure = measureOf(field);
      return measure ? (sums[measure][group] as number) : textOf(field, sums.id[group] as number, group, sums);
    },
    total(field) {
      if (field === "allowed") return sumOf(sums.tuples, sums.length) - sumOf(sums.denied, sums.length);
      const measure = measureOf(field);
      if (measure) return sumOf(sums[measure], sums.length);
      let sum = 0;
      for (let group = 0; group < sums.length; group++)
        sum += Number(textOf(field, sums.id[group] as number, group, sums) ?? 0);
      return sum;
    },
    numbers(field) {
      const measure = measureOf(field);
      return measure ? sums[measure] : null;
    },
  };
}

/** Conversations or pairs of a scope, `most` of which are shown in default order; 0: all, or in another. */
function scopeTable(
  catalog: Catalog,
  scope: InScope,
  grouped: { readonly by: SummedBy; readonly most: number },
  fields: readonly string[],
  textOf: TextOf,
  told: Omit<Told, "row">,
): Table {
  let known: Table | null = null;
  const whole = (): Table => {
    const sums = sumScope(catalog, scope, grouped.by);
    known ??= { ...tableOf(sums, fields, textOf), told: { ...told, row: (i) => told.of(sums.id[i] as number) } };
    return known;
  };
  if (grouped.most === 0 || scope.rows.length > 0) return whole();
  return largestFirst(catalog, scope, grouped, (sums) => tableOf(sums, fields, textOf), whole);
}

function sumOf(column: Float64Array, length: number): number {
  let sum = 0;
  for (let i = 0; i < length; i++) sum += column[i] as number;
  return sum;
}

export function conversationTable(catalog: Catalog, scope: InScope, most: number): Table {
  const { context, src, dst, service } = catalog.conversations.columns;
  const textOf = (field: string, id: number): Cell => {
    const packed = service[id] as number;
    const texts = catalog.contexts.get(context[id] as number) as ContextText;
    switch (field) {
      case "nic":
      case "acl":
      case "rule":
      case "encryption":
      case "flowLog":
        return texts[field];
      case "srcIp":
        return catalog.ip(src[id] as number);
      case "dstIp":
        return catalog.ip(dst[id] as number);
      case "dstPort":
        return packed & 0xffff;
      case "protocol":
        return (packed >>> 16) & 0xff;
      case "direction":
        return directions[(packed >>> 24) & 1] as string;
      case "decision":
        return decisions[packed >>> 25] as string;
      default:
        return null;
    }
  };
  const told = { of: (conversation: number) => conversation };
  return withFlows(
    catalog,
    scopeTable(catalog, scope, { by: "conversation", most }, fieldsOf({ by: "conversations" }), textOf, told),
  );
}

/** Where flows are not settled there is no number of them. */
export function withFlows(catalog: Catalog, table: Table): Table {
  if (catalog.isSettled) return table;
  return { ...table, cell: (field, i) => (field === "flows" ? null : table.cell(field, i)) };
}

/** `most`: rows shown in default order; 0: all, or in another. The same of conversations. */
export function edgeTable(catalog: Catalog, scope: InScope, most: number): Table {
  const { src, dst } = catalog.conversations.columns;
  const textOf = (field: string, conversation: number, group: number, sums: Sums): Cell => {
    const [from, to] = [src[conversation] as number, dst[conversation] as number];
    const [first, last] = [sums.firstTime[group] as number, sums.lastTime[group] as number];
    switch (field) {
      case "srcIp":
        return catalog.ip(from);
      case "dstIp":
        return catalog.ip(to);
      case "srcNic":
        return ownerBetween(nicsOf(catalog, from), first, last);
      case "dstNic":
        return ownerBetween(nicsOf(catalog, to), first, last);
      default:
        return null;
    }
  };
  const { endpoints } = catalog.conversations;
  const told = { of: (c: number) => (src[c] as number) * endpoints + (dst[c] as number) };
  return scopeTable(catalog, scope, { by: "pair", most }, rowFields.edges, textOf, told);
}

/** bytesOut(ip) = Σ bytesSent where src is ip + Σ bytesReceived where dst is ip; a tuple from an address to itself counts once. */
export function endpointTable(catalog: Catalog, scope: InScope, facts: Facts): Table {
  const { columns, endpoints } = catalog.conversations;
  const sums = sumEnds(sumConversations(catalog, scope), endpoints, columns);
  const textOf = (field: string, id: number): Cell => {
    if (field === "ip") return catalog.ip(id);
    if (field === "nics") return nicsOf(catalog, id).map(({ nic }) => nic);
    if (field === "country") return facts.country(catalog.ip(id));
    return field === "asn" ? facts.asn(catalog.ip(id)) : null;
  };
  const told: Told = {
    row: (i) => sums.id[i] as number,
    of: (c) => columns.src[c] as number,
    also: (c) => columns.dst[c] as number,
  };
  return { ...tableOf(sums, rowFields.endpoints, textOf, OUT_AND_IN), told };
}
