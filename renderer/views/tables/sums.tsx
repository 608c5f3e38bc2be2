// The row of sums under a table: everything in scope, from the totals of the scope. Rows that overlap (a tuple counts at both its ends)
// are counted and not added up.

import type { ReactElement } from "react";
import type { Totals } from "../../../shared/contract.ts";
import { count, exactBytes } from "../../model/format.ts";
import type { TableName } from "../../model/view.ts";
import { Bytes, NotMeasured } from "./cells.tsx";
import { rowNouns } from "./titles.ts";

/** The column under which it says how many rows there are. */
const FIRST: Readonly<Record<TableName, string>> = {
  conversations: "srcIp",
  flows: "srcIp",
  tuples: "time",
  edges: "srcIp",
  endpoints: "ip",
  nics: "nic",
  ports: "dstPort",
  rules: "rule",
  encryption: "code",
  countries: "country",
  asns: "asn",
  members: "member",
  rejects: "reason",
};
/** Rows that share tuples. */
const OVERLAPPING: ReadonlySet<TableName> = new Set(["endpoints", "countries", "asns"]);

export function sumsOf(
  table: TableName,
  totals: Totals,
  length: number,
  counted: string,
): Readonly<Record<string, ReactElement | string>> {
  const [one, several] = rowNouns[table];
  const many = `Σ ${count(length)} ${length === 1 ? one : several}`;
  const first = FIRST[table];
  if (OVERLAPPING.has(table)) return { [first]: many };
  const isMeasured = totals.allowed > 0 || totals.denied === 0; // the log has no counters for what was denied
  return {
    ...(table === "tuples"
      ? {}
      : { tuples: count(totals.tuples), allowed: count(totals.allowed), denied: count(totals.denied) }),
    ...(totals.flows === null ? {} : { flows: count(totals.flows) }),
    conversations: count(totals.conversations),
    packetsSent: count(totals.packetsSent),
    packetsReceived: count(totals.packetsReceived),
    bytesSent: isMeasured ? sized(totals.bytesSent) : <NotMeasured />,
    bytesReceived: isMeasured ? sized(totals.bytesReceived) : <NotMeasured />,
    [first]: `${many}, ${counted}`,
  };
}

/** The row above the sums: what the filter's conditions on rows leave out, so that the rows and it are what the sums say. */
export function restOf(
  table: TableName,
  notHeld: Readonly<Record<string, number>>,
): Readonly<Record<string, ReactElement | string>> | null {
  const { count: many = 0, ...sums } = notHeld;
  if (many === 0) return null;
  const words = `+${count(many)} ${many === 1 ? "other" : "others"}`;
  const first = <span title="Left out by what the filter says of bytes or packets of a row">{words}</span>;
  if (OVERLAPPING.has(table)) return { [FIRST[table]]: first };
  const cells = Object.entries(sums).map(([field, value]) => [
    field,
    field.startsWith("bytes") ? sized(value) : count(value),
  ]);
  return { ...Object.fromEntries(cells), [FIRST[table]]: first };
}

function sized(value: number): ReactElement {
  return (
    <span title={exactBytes(value)}>
      <Bytes value={value} />
    </span>
  );
}
