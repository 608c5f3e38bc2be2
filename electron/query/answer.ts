// One question → one page of one answer. The answer asked last is kept, so that its next page costs nothing.

import { type Answer, PAGE_ROWS, type Question } from "../../shared/contract.ts";
import { never } from "../../shared/failure.ts";
import { parseFilter } from "../../shared/filter/parse.ts";
import { type Cell, rowFields } from "../../shared/rows.ts";
import { eachReject, listMembers } from "../store/read.ts";
import type { Catalog } from "./catalog.ts";
import { conversationTable, edgeTable, endpointTable, type InScope } from "./group.ts";
import { leftOutOf, pageOf, type Sorted, sortTable, type Table } from "./table.ts";
import { pickBin, timelineTable } from "./timeline.ts";
import { tupleTable } from "./tuples.ts";

type Kept = {
  readonly catalog: Catalog;
  readonly name: string;
  readonly sorted: Sorted;
  readonly leftOut: Record<string, number>;
};
let kept: Kept | null = null;

/** What a page may take as JSON: with long ids a row of tuples takes about 700 bytes, and a message holds 8 MiB. */
const PAGE_BYTES = 4 * 1024 * 1024;

export function answer(catalog: Catalog, question: Question): Answer {
  const { limit, after } = question;
  const name = JSON.stringify({ ...question, after: 0 });
  if (kept?.catalog !== catalog || kept.name !== name) {
    const sorted = sortTable(tableOf(catalog, question), question.sort);
    kept = { catalog, name, sorted, leftOut: leftOutOf(sorted, limit) };
  }
  const { sorted, leftOut } = kept;
  const length = limit === 0 ? sorted.order.length : Math.min(limit, sorted.order.length);
  const from = Math.min(after, length);
  const { rows, rounded } = pageOf(sorted, from, Math.min(length, from + PAGE_ROWS), PAGE_BYTES);
  const next = from + rows.length;
  return {
    rows: rows as Answer["rows"],
    next: next < length ? next : null,
    leftOut,
    remarks: remarks(question, leftOut, rounded),
  };
}

function remarks(question: Question, leftOut: Readonly<Record<string, number>>, rounded: boolean): string[] {
  const sentences: string[] = [];
  const { filter, from, to } = question.scope;
  if (
    (question.by === "members" || question.by === "rejects") &&
    (filter.trim() !== "" || from !== null || to !== null)
  )
    sentences.push(`${question.by} are listed whole: a time range or filter does not apply to them.`);
  if (rounded || Object.values(leftOut).some((sum) => sum > Number.MAX_SAFE_INTEGER))
    sentences.push("Some sums reach 2^53 and are rounded.");
  return sentences;
}

function tableOf(catalog: Catalog, question: Question): Table {
  const { from, to } = question.scope;
  const scope: InScope = { filter: parseFilter(question.scope.filter), from, to };
  switch (question.by) {
    case "tuples":
      return tupleTable(catalog, scope);
    case "conversations":
      return conversationTable(catalog, scope);
    case "edges":
      return edgeTable(catalog, scope);
    case "endpoints":
      return endpointTable(catalog, scope);
    case "timeline":
      return timelineTable(catalog, scope, question.bin ?? pickBin(catalog, scope));
    case "members":
      return memberTable(catalog);
    case "rejects":
      return rejectTable(catalog);
    default:
      return never(question.by);
  }
}

function memberTable(catalog: Catalog): Table {
  const rows = listMembers(catalog.db);
  const cell = (field: string, i: number): Cell => {
    const row = rows[i];
    if (!row) return null;
    if (field === "member") return row.path;
    if (field === "sha256") return row.sha256 === null ? null : Buffer.from(row.sha256).toString("hex");
    return row[field as keyof Omit<typeof row, "sha256">]; // the other fields of a member row are columns of it
  };
  return { fields: rowFields.members, length: rows.length, cell };
}

function rejectTable(catalog: Catalog): Table {
  const rows = [...eachReject(catalog.db)];
  const cell = (field: string, i: number): Cell => {
    const row = rows[i];
    if (!row) return null;
    if (field === "source") return catalog.members.get(row.memberId)?.source ?? null;
    if (field === "member") return catalog.members.get(row.memberId)?.path ?? null;
    return row[field as keyof typeof row]; // the other fields of a reject are columns of it
  };
  return { fields: rowFields.rejects, length: rows.length, cell };
}
