// One question → one page of one answer. The answers asked last are kept, so that their next pages cost nothing.

import { recordsRead, tuplesRead } from "../../shared/account.ts";
import { type Answer, PAGE_ROWS, type Question } from "../../shared/contract.ts";
import { AppError, never } from "../../shared/failure.ts";
import { parseFilter } from "../../shared/filter/parse.ts";
import { type Cell, rowFields } from "../../shared/rows.ts";
import { accountedMembers } from "../store/account.ts";
import { listCopies } from "../store/copies.ts";
import { eachReject } from "../store/read.ts";
import type { Catalog } from "./catalog.ts";
import { coverageTable } from "./coverage.ts";
import { type Facts, noFacts } from "./facts.ts";
import { flowTable } from "./flows.ts";
import { conversationTable, edgeTable, endpointTable } from "./group.ts";
import { asnTable, countryTable, encryptionTable, groupTable, nicTable, portTable, ruleTable } from "./groups.ts";
import { asksFacts, inScope, isOfOneSide } from "./in-scope.ts";
import { notHeldOf, rowsThatHold } from "./row-conditions.ts";
import type { InScope } from "./scope-asked.ts";
import { spreadTimeline } from "./spread-timeline.ts";
import { leftOutOf, pageOf, type Sorted, sortTable, type Table } from "./table.ts";
import { pickBin, timelineTable } from "./timeline.ts";
import { laneTable } from "./timeline-lanes.ts";
import { tupleTable } from "./tuples.ts";
import { asksWhole, wholeQuestion, withWhole } from "./whole-case.ts";

/** An answer in its order, and what its limit and its conditions on rows leave out. */
export type Ordered = {
  readonly sorted: Sorted;
  readonly leftOut: Record<string, number>;
  /** What the filter's conditions on rows took out; null where it has none. */
  readonly notHeld: Record<string, number> | null;
};
type Kept = Ordered & { readonly catalog: Catalog; readonly name: string };

// The page asks timeline, edges, endpoints and tables of one scope alternately, and pages of each: the last answers are kept.
const kept: Kept[] = [];
const KEPT_ANSWERS = 24;
const KEPT_ROWS = 4_000_000;

/** What a page may take as JSON: with long ids a row of tuples takes about 700 bytes, and a message holds 8 MiB. */
const PAGE_BYTES = 4 * 1024 * 1024;

export function answer(catalog: Catalog, question: Question, facts: Facts = noFacts): Answer {
  const { limit, after } = question;
  const { sorted, leftOut, notHeld } = orderedAnswer(catalog, question, facts);
  const length = limit === 0 ? sorted.order.length : Math.min(limit, sorted.order.length);
  const from = Math.min(after, length);
  const { rows, rounded } = pageOf(sorted, from, Math.min(length, from + (question.rows ?? PAGE_ROWS)), PAGE_BYTES);
  const next = from + rows.length;
  return {
    rows: rows as Answer["rows"],
    next: next < length ? next : null,
    state: stateOf(catalog, question, facts),
    length,
    leftOut,
    ...(notHeld && { notHeld }),
    remarks: remarks(question, leftOut, rounded),
  };
}

/** Of the evidence, and of the notebook where a filter asks what it says. */
function stateOf(catalog: Catalog, { scope }: Question, facts: Facts): string {
  const mayChange = asksFacts(parseFilter(scope.filter)) || asksFacts(parseFilter(scope.part ?? ""));
  return mayChange ? `${catalog.state} ${facts.revision}` : catalog.state;
}

/** Throws `interrupted` where the question names a state of the case that is gone. */
export function orderedAnswer(catalog: Catalog, question: Question, facts: Facts): Ordered {
  const state = stateOf(catalog, question, facts);
  if (question.state !== undefined && question.state !== state)
    throw new AppError(
      "interrupted",
      "The case has changed while an answer was read page by page, so its next page would be of another one; ask again from the beginning.",
    );
  const name = JSON.stringify([{ ...question, after: 0, rows: 0, state: "" }, state]);
  const at = kept.findIndex((each) => each.catalog === catalog && each.name === name);
  const [known] = at === -1 ? [] : kept.splice(at, 1);
  const found = known ?? { catalog, name, ...order(catalog, question, facts) };
  kept.unshift(found);
  let rows = 0;
  const keep = kept.findIndex((each, i) => {
    rows += each.sorted.order.length;
    return i > 0 && (each.catalog !== catalog || i >= KEPT_ANSWERS || rows > KEPT_ROWS);
  });
  if (keep !== -1) kept.length = keep;
  return found;
}

/** Options that mean nothing for what a row of this answer is. */
function refuseUnmeant({ by, scope, spread, lanes, settled, group }: Question): void {
  const isListed = by === "members" || by === "rejects" || by === "coverage";
  if (isListed && (scope.time ?? "inside") !== "inside")
    throw new AppError(
      "bad-request",
      `Time ${scope.time} is said of flows; ${by} are listed whole, whatever the range.`,
    );
  if (spread && by !== "timeline")
    throw new AppError("bad-request", `Only the timeline spreads counters over time; ${by} count each tuple whole.`);
  if (spread && lanes)
    throw new AppError(
      "bad-request",
      "Counters are spread over the timeline of all NICs together, not over one a NIC.",
    );
  if (settled && by !== "tuples")
    throw new AppError("bad-request", `What settling says of a tuple is shown with tuples, not with ${by}.`);
  if (group && by !== "groups") throw new AppError("bad-request", `Fields to group by go with groups, not with ${by}.`);
}

function order(catalog: Catalog, question: Question, facts: Facts): Ordered {
  refuseUnmeant(question);
  const scope = inScope(catalog, question.scope, facts);
  const all = tableOf(catalog, question, scope, facts);
  const table = rowsThatHold(all, scope.rows);
  const sortable = asksWhole(question)
    ? withWhole(question.by, table, wholeOf(catalog, question, scope, facts))
    : table;
  const sorted = { table, order: sortTable(sortable, question.sort, question.limit).order };
  const notHeld = table === all ? null : notHeldOf(all, table);
  return { sorted, leftOut: leftOutOf(sorted, question.limit), notHeld };
}

/** The same table of the whole case. */
export function wholeOf(catalog: Catalog, question: Question, scope: InScope, facts: Facts): Table {
  const whole = wholeQuestion(question, scope);
  return tableOf(catalog, whole, inScope(catalog, whole.scope, facts), facts);
}

function remarks(question: Question, leftOut: Readonly<Record<string, number>>, rounded: boolean): string[] {
  const sentences: string[] = [];
  const { filter, from, to, sides } = question.scope;
  if (
    (question.by === "members" || question.by === "rejects" || question.by === "coverage") &&
    (filter.trim() !== "" || from !== null || to !== null)
  )
    sentences.push(`${question.by} are listed whole: a time range or filter does not apply to them.`);
  if (sides === "once" && isOfOneSide(parseFilter(filter)))
    sentences.push(
      "Once has no effect here: the filter names a NIC or a direction, so each flow is looked at from that side.",
    );
  if (rounded || Object.values(leftOut).some((sum) => sum > Number.MAX_SAFE_INTEGER))
    sentences.push("Some sums reach 2^53 and are rounded.");
  return sentences;
}

export function tableOf(catalog: Catalog, question: Question, scope: InScope, facts: Facts): Table {
  const most = question.sort === null && question.limit <= PAGE_ROWS ? question.limit : 0;
  switch (question.by) {
    case "tuples":
      return tupleTable(catalog, scope, question.settled === true);
    case "conversations":
      return conversationTable(catalog, scope, most);
    case "flows":
      return flowTable(catalog, scope);
    case "edges":
      return edgeTable(catalog, scope, most);
    case "endpoints":
      return endpointTable(catalog, scope, facts);
    case "nics":
      return nicTable(catalog, scope, facts);
    case "ports":
      return portTable(catalog, scope, facts);
    case "rules":
      return ruleTable(catalog, scope, facts);
    case "encryption":
      return encryptionTable(catalog, scope, facts);
    case "countries":
      return countryTable(catalog, scope, facts);
    case "asns":
      return asnTable(catalog, scope, facts);
    case "groups":
      if (question.group === undefined) throw new AppError("bad-request", "Groups of what? Name one to four fields.");
      return groupTable(catalog, scope, facts, question.group);
    case "coverage":
      return coverageTable(catalog);
    case "timeline":
      return timeline(question)(catalog, scope, question.bin ?? pickBin(catalog, scope));
    case "members":
      return memberTable(catalog);
    case "rejects":
      return rejectTable(catalog);
    default:
      return never(question.by);
  }
}

function timeline({ lanes, spread }: Question): typeof timelineTable {
  if (spread) return spreadTimeline;
  return lanes ? laneTable : timelineTable;
}

function memberTable(catalog: Catalog): Table {
  const rows = accountedMembers(catalog.db);
  const copies = new Map(listCopies(catalog.db).map((copy) => [copy.memberId, copy]));
  const cell = (field: string, i: number): Cell => {
    const row = rows[i];
    if (!row) return null;
    if (field === "member") return row.path;
    if (field === "recordsRead") return recordsRead(row);
    if (field === "tuplesRead") return tuplesRead(row);
    const copy = copies.get(row.id);
    if (field === "relation") return copy?.relation ?? null;
    if (field === "missingRecords") return copy?.missing ?? null;
    const earlier = copy === undefined ? undefined : catalog.members.get(copy.earlierId);
    if (field === "earlierSource") return earlier?.source ?? null;
    if (field === "earlierMember") return earlier?.path ?? null;
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
