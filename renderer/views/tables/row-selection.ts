// What selecting or opening a row means: the selection all views share, and the tuples behind it.

import { scopeOfRow } from "../../../shared/row-scope.ts";
import type { Row } from "../../../shared/rows.ts";
import { openDialog } from "../../model/dialogs.ts";
import { conversationTerm, term } from "../../model/filter-edit.ts";
import { service } from "../../model/format.ts";
import { navigate, shownView } from "../../model/navigate.ts";
import { bothOf, type Selection, type TableName, type View } from "../../model/view.ts";
import { number, text } from "./cells.tsx";

export function selectionOf(table: TableName, row: Row): Selection | null {
  switch (table) {
    case "edges":
      return { kind: "edge", src: text(row.srcIp), dst: text(row.dstIp) };
    case "endpoints":
      return { kind: "endpoint", ip: text(row.ip) };
    case "nics":
      return { kind: "nic", nic: text(row.nic) };
    case "ports":
    case "rules":
    case "encryption":
    case "countries":
    case "asns": {
      const filter = termOfRow(table, row);
      return filter === null ? null : { kind: "group", filter, title: groupTitle(table, row) };
    }
    case "conversations":
    case "flows":
    case "tuples": {
      const filter = conversationTerm(row);
      if (filter === null) return null;
      const to = service(number(row.dstPort), number(row.protocol));
      return { kind: "conversation", filter, title: `${text(row.srcIp)} → ${text(row.dstIp)} ${to}` };
    }
    default:
      return null;
  }
}

/** What the tuples of a row have in common, as a filter; null where rows are no tuples, or cannot be named. */
export function termOfRow(table: TableName, row: Row): string | null {
  const every = (fields: readonly string[]): string | null => {
    const terms = fields.map((field) => term(field, row[field]));
    return terms.includes(null) ? null : terms.join(" and ");
  };
  switch (table) {
    case "conversations":
    case "tuples":
      return conversationTerm(row);
    case "flows": {
      const conversation = conversationTerm(row);
      return conversation === null ? null : bothOf(conversation, `sport == ${number(row.srcPort)}`);
    }
    case "edges":
      return every(["srcIp", "dstIp"]);
    case "endpoints":
      return every(["ip"]);
    case "nics":
      return every(["nic"]);
    case "ports":
      return every(["dstPort", "protocol"]);
    case "rules":
      return every(["rule", "acl"]);
    case "encryption":
      return every(["encryption"]);
    case "countries":
      return `country == ${row.country === null ? "null" : text(row.country)}`;
    case "asns":
      return `asn == ${row.asn === null ? "null" : text(row.asn)}`;
    case "members":
    case "rejects":
      return null;
  }
}

function groupTitle(table: "ports" | "rules" | "encryption" | "countries" | "asns", row: Row): string {
  switch (table) {
    case "ports":
      return service(number(row.dstPort), number(row.protocol));
    case "rules":
      return `Rule ${text(row.rule) || "none"}`;
    case "encryption":
      return `Encryption ${text(row.encryption) || "none"}`;
    case "countries":
      return `Country ${text(row.country) || "none"}`;
    case "asns":
      return `AS ${text(row.asn) || "none"}`;
  }
}

/** The tuples of a row, on the evidence page; a file or a reject by itself. */
export function openRow(table: TableName, row: Row): void {
  if (table === "members") return openDialog("member", row);
  if (table === "rejects") return openDialog("reject", row);
  const exhibit = exhibitOf(table, row);
  if (exhibit) navigate({ page: "evidence", exhibit });
}

function exhibitOf(table: TableName, row: Row): View["exhibit"] {
  if (table === "tuples") {
    const place = {
      source: text(row.source),
      member: text(row.member),
      record: number(row.record),
      tuple: number(row.tuple),
    };
    const filter = conversationTerm(row);
    return { filter: filter ?? "", title: filter ? "Its conversation" : "Tuples in scope", place };
  }
  const selection = selectionOf(table, row);
  const { scope } = shownView();
  const { part, bar, flow } = scopeOfRow({ by: table, scope }, row) ?? {};
  if (selection === null || (part === undefined && flow === undefined)) return null;
  const title = titleOf(selection);
  return {
    filter: "",
    ...(part ? { part } : {}),
    ...(bar ? { bar: { from: bar.from, to: bar.to } } : {}),
    ...(flow ? { flow } : {}),
    title: table === "flows" ? `${title} from port ${number(row.srcPort)}` : title,
    place: null,
  };
}

export function titleOf(selection: Selection): string {
  switch (selection.kind) {
    case "edge":
      return `${selection.src} → ${selection.dst}`;
    case "endpoint":
      return selection.ip;
    case "nic":
      return `NIC ${selection.nic}`;
    case "conversation":
    case "several":
    case "group":
      return selection.title;
    case "bar":
      return "One bar of the timeline";
  }
}

/** The terms a cell can be filtered by, the likeliest first. */
export function termsOfCell(column: string, row: Row): readonly string[] {
  if (column === "country" || column === "asn")
    return [`${column} == ${row[column] === null ? "null" : text(row[column])}`];
  const made = column === "dstPort" ? [term("dstPort", row.dstPort)] : [term(column, row[column])];
  return made.filter((each) => each !== null);
}
