// The row of sums under a table: everything in scope, from the totals of the scope. Rows that overlap (a tuple counts at both its ends)
// are counted and not added up.

import type { ReactElement } from "react";
import type { Totals } from "../../../shared/contract.ts";
import { count, exactBytes } from "../../model/format.ts";
import type { TableName } from "../../model/view.ts";
import { Bytes } from "./cells.tsx";
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
const OVERLAPPING: ReadonlySet<TableName> = new Set(["endpoints", "countries", "asns"]);

export function sumsOf(
  table: TableName,
  totals: Totals,
  length: number,
  counted: string,
): Readonly<Record<string, ReactElement | string>> {
  const sized = (value: number): ReactElement => (
    <span title={exactBytes(value)}>
      <Bytes value={value} />
    </span>
  );
  const [one, several] = rowNouns[table];
  const many = `Σ ${count(length)} ${length === 1 ? one : several}`;
  const first = FIRST[table];
  if (OVERLAPPING.has(table)) return { [first]: many };
  return {
    ...(table === "tuples"
      ? {}
      : { tuples: count(totals.tuples), allowed: count(totals.allowed), denied: count(totals.denied) }),
    ...(totals.flows === null ? {} : { flows: count(totals.flows) }),
    conversations: count(totals.conversations),
    packetsSent: count(totals.packetsSent),
    packetsReceived: count(totals.packetsReceived),
    bytesSent: sized(totals.bytesSent),
    bytesReceived: sized(totals.bytesReceived),
    [first]: `${many}, ${counted}`,
  };
}
