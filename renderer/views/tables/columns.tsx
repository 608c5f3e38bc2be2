// The columns of each table: field of the contract's row, title, width, how a value looks and what it says exactly.
// Over 300 lines: one list a table, read as a list.

import { fieldWords } from "../../../shared/row-words.ts";
import type { Row } from "../../../shared/rows.ts";
import type { BesideRow } from "../../model/beside.ts";
import { countryName } from "../../model/country-name.ts";
import { count, exactBytes, exactInstant, instant, service } from "../../model/format.ts";
import type { TableName } from "../../model/view.ts";
import { besideColumns } from "./beside-columns.tsx";
import {
  Address,
  Bytes,
  countText,
  Decision,
  Encryption,
  encryptionText,
  type Known,
  NotMeasured,
  nameOf,
  number,
  type RowColumn,
  text,
} from "./cells.tsx";
import { copySentence, copyWord } from "./copy-words.ts";
import { gapText } from "./gap-text.ts";

/** `largest`: of each summed field in sight, for the bars (log scale). `beside`: what is known so far beside the rows in sight. */
export function columnsOf(
  table: TableName,
  known: Known,
  largest: Readonly<Record<string, number>>,
  beside: ReadonlyMap<Row, BesideRow>,
): readonly RowColumn[] {
  const own = columnsWith(table, known, largest);
  return withBeside(own, besideColumns(table, beside)).map((column) => ({
    words: fieldWords[column.id] ?? "",
    ...column,
  }));
}

/** Each behind the figure it says more of; activity before the first of them. */
function withBeside(own: readonly RowColumn[], beside: readonly RowColumn[]): readonly RowColumn[] {
  return own.flatMap((column) => [
    ...(column.id === "tuples" ? beside.filter(({ id }) => id === "activity") : []),
    column,
    ...beside.filter(({ id }) => id === `${column.id}Whole` || id === `${column.id}Share`),
  ]);
}

function columnsWith(table: TableName, known: Known, largest: Readonly<Record<string, number>>): readonly RowColumn[] {
  const address = (id: string, title: string, grow = true): RowColumn => ({
    id,
    title,
    width: 132,
    grow,
    sortable: true,
    cell: (row) => <Address ip={text(row[id])} known={known} />,
    text: (row) => `${text(row[id])} ${nameOf(text(row[id]), known)}`.trim(),
  });
  const words = (id: string, title: string, width: number, grow = false, mono = false): RowColumn => ({
    id,
    title,
    width,
    grow,
    sortable: true,
    cell: (row) => (mono ? <span className="ip">{text(row[id])}</span> : text(row[id])),
    text: (row) => text(row[id]),
  });
  // Paths of one archive begin alike: where there is no room, their beginning is left out.
  const path = (id: string, title: string, width: number): RowColumn => ({
    ...words(id, title, width, true),
    cell: (row) => (
      <span className="ip path-end">
        <bdi>{text(row[id])}</bdi>
      </span>
    ),
  });
  const figure = (id: string, title: string, width = 70): RowColumn => ({
    id,
    title,
    width,
    number: true,
    sortable: true,
    cell: (row) => countText(row[id]),
    text: (row) => countText(row[id]),
  });
  const size = (id: string, title: string, bar = false): RowColumn => ({
    id,
    title,
    width: bar ? 90 : 80,
    number: true,
    sortable: true,
    cell: (row) => (unmeasured(row) ? <NotMeasured /> : <Bytes value={row[id]} />),
    text: (row) => (unmeasured(row) ? "not measured" : exactBytes(number(row[id]))),
    ...(bar ? { share: (row: Row) => share(number(row[id]), largest[id] ?? 0) } : {}),
  });
  const moment = (id: string, title: string, digits: "ms" | "s" = "s"): RowColumn => ({
    id,
    title: `${title}, UTC`,
    width: digits === "ms" ? 172 : 148,
    number: true,
    sortable: true,
    cell: (row) => (typeof row[id] === "number" ? <span className="ip">{instant(number(row[id]), digits)}</span> : ""),
    text: (row) => (typeof row[id] === "number" ? exactInstant(number(row[id])) : ""),
  });
  const decision: RowColumn = {
    id: "decision",
    title: "",
    width: 30,
    sortable: false,
    cell: (row) => <Decision {...decided(row)} />,
    text: (row) => decidedText(row),
  };
  const toPort: RowColumn = {
    id: "dstPort",
    title: "Service",
    width: 90,
    sortable: true,
    cell: (row) => <span className="ip">{service(number(row.dstPort), number(row.protocol))}</span>,
    text: (row) => service(number(row.dstPort), number(row.protocol)),
  };
  const encryption: RowColumn = {
    id: "encryption",
    title: "Enc",
    width: 42,
    sortable: true,
    cell: (row) => <Encryption code={text(row.encryption) || null} />,
    text: (row) => encryptionText(text(row.encryption) || null),
  };
  const between = [address("srcIp", "Source"), address("dstIp", "Destination")];
  const span = [moment("firstTime", "First"), moment("lastTime", "Last")];
  const moved = [size("bytesSent", "Sent →", true), size("bytesReceived", "Received ←", true)];
  const rare = (column: RowColumn): RowColumn => ({ ...column, rare: true });
  /** Of a resource id the last part says most. */
  const resource = (id: string, title: string): RowColumn => ({
    ...words(id, title, 140),
    cell: (row) => text(row[id]).split("/").at(-1),
  });
  const packets = [rare(figure("packetsSent", "Packets →", 86)), rare(figure("packetsReceived", "Packets ←", 86))];
  const place = [rare(path("member", "Member", 300)), rare(path("source", "Source path", 160))];
  const grouped = [
    figure("tuples", "Tuples", 80),
    figure("allowed", "Allowed", 80),
    figure("denied", "Denied", 76),
    figure("flows", "Flows", 70),
    figure("conversations", "Conversations", 96),
    figure("sources", "Sources", 70),
    figure("destinations", "Destinations", 88),
    ...moved,
    ...packets,
    ...span,
  ];
  const ofEnds = [
    figure("endpoints", "Endpoints", 80),
    figure("tuples", "Tuples", 80),
    figure("allowed", "Allowed", 80),
    figure("denied", "Denied", 76),
    size("bytesOut", "Bytes out", true),
    size("bytesIn", "Bytes in", true),
    rare(figure("packetsOut", "Packets out", 90)),
    rare(figure("packetsIn", "Packets in", 90)),
    ...span,
  ];
  switch (table) {
    case "ports":
      return [decision, { ...toPort, width: 178 }, rare(figure("protocol", "Protocol")), ...grouped];
    case "rules":
      return [decision, words("rule", "Rule", 240, true), resource("acl", "ACL"), ...grouped];
    case "encryption":
      return [
        encryption,
        {
          id: "code",
          title: "Code",
          width: 230,
          grow: true,
          sortable: false,
          cell: (row) => encryptionText(text(row.encryption) || null),
          text: (row) => encryptionText(text(row.encryption) || null),
        },
        ...grouped,
      ];
    case "countries":
      return [
        decision,
        {
          ...words("country", "Country", 200, true),
          cell: (row) =>
            row.country === null ? (
              <span className="dim">none: private, or not in the list</span>
            ) : (
              <>
                {text(row.country)} <span className="dim">{countryName(text(row.country))}</span>
              </>
            ),
        },
        ...ofEnds,
      ];
    case "asns":
      return [
        decision,
        {
          ...words("asn", "AS", 160, true),
          cell: (row) =>
            row.asn === null ? <span className="dim">none, or not in any list</span> : `AS${text(row.asn)}`,
        },
        ...ofEnds,
      ];
    case "conversations":
      return [
        decision,
        ...between,
        toPort,
        words("rule", "Rule", 130, true),
        encryption,
        figure("tuples", "Tuples"),
        ...moved,
        moment("firstTime", "First"),
        words("direction", "Dir", 38),
        words("nic", "NIC", 116, false, true),
        moment("lastTime", "Last"),
        rare(figure("flows", "Flows")),
        ...packets,
        rare(resource("acl", "ACL")),
        rare(resource("flowLog", "Flow log")),
      ];
    case "flows":
      return [
        decision,
        ...between,
        words("srcPort", "From port", 76, false, true),
        toPort,
        words("rule", "Rule", 130, true),
        words("begin", "Begin", 66),
        words("end", "End", 60),
        figure("tuples", "Tuples", 60),
        figure("joins", "Joins", 54),
        ...moved,
        ...span,
        words("direction", "Dir", 38),
        words("nic", "NIC", 116, false, true),
        rare(figure("retries", "Retries", 60)),
        rare(words("leftOut", "Left out", 66)),
        ...packets,
        rare(resource("acl", "ACL")),
        ...place,
      ];
    case "edges":
      return [
        decision,
        ...between,
        figure("tuples", "Tuples", 80),
        figure("allowed", "Allowed", 80),
        figure("denied", "Denied", 76),
        ...moved,
        ...packets,
        ...span,
        rare(words("srcNic", "Source NIC", 116, false, true)),
        rare(words("dstNic", "Destination NIC", 116, false, true)),
      ];
    case "endpoints":
      return [
        decision,
        address("ip", "Address"),
        words("country", "Country", 70),
        figure("tuples", "Tuples", 80),
        figure("denied", "Denied", 76),
        size("bytesOut", "Bytes out", true),
        size("bytesIn", "Bytes in", true),
        ...span,
        words("nics", "NICs", 130, false, true),
        rare(words("asn", "AS", 70)),
        rare(figure("allowed", "Allowed", 76)),
        rare(figure("packetsOut", "Packets out", 90)),
        rare(figure("packetsIn", "Packets in", 90)),
      ];
    case "nics":
      return [
        words("nic", "NIC", 124, false, true),
        words("network", "Virtual network", 130),
        words("subnet", "Subnet", 100),
        words("name", "Name", 110),
        words("addresses", "Addresses", 180, true, true),
        {
          id: "gaps",
          title: "Hours without log",
          width: 150,
          sortable: false,
          words: "Whole hours between its first and last in which it was not logged, of the whole case.",
          cell: (row) => gapText(known.nics.list.find(({ nic }) => nic === row.nic)?.gaps ?? []),
          text: (row) => gapText(known.nics.list.find(({ nic }) => nic === row.nic)?.gaps ?? []),
        },
        ...grouped,
      ];
    case "tuples":
      return [
        decision,
        moment("time", "Time", "ms"),
        ...between,
        figure("srcPort", "Port", 64),
        toPort,
        words("state", "State", 50),
        words("direction", "Dir", 38),
        words("rule", "Rule", 140, true),
        encryption,
        ...moved,
        words("nic", "NIC", 116, false, true),
        figure("record", "Record"),
        figure("tuple", "Tuple", 60),
        ...packets,
        rare(resource("acl", "ACL")),
        rare(figure("offset", "Offset", 90)),
        ...place,
      ];
    case "members":
      return [
        words("status", "Status", 80),
        path("member", "Member", 300),
        size("bytes", "Size"),
        figure("records", "Records"),
        figure("duplicateRecords", "Seen before", 92),
        figure("tuples", "Tuples"),
        figure("rejects", "Rejects"),
        {
          id: "relation",
          title: "Copy",
          width: 92,
          sortable: true,
          cell: (row) => <span className={row.relation === "altered" ? "denied" : ""}>{copyWord(row)}</span>,
          text: copySentence,
        },
        words("remark", "Path says otherwise", 150, true),
        ...span,
        words("sha256", "SHA-256", 130, false, true),
        path("source", "Source", 160),
      ];
    case "rejects":
      return [
        words("reason", "Reason", 260, true),
        path("member", "Member", 240),
        figure("record", "Record"),
        figure("tuple", "Tuple", 60),
        figure("offset", "Offset", 90),
        figure("length", "Length", 76),
        words("text", "Text", 220, true, true),
      ];
  }
}

function decided(row: Row): { readonly allowed: number; readonly denied: number } {
  if (typeof row.decision === "string")
    return row.decision === "deny" ? { allowed: 0, denied: 1 } : { allowed: 1, denied: 0 };
  return { allowed: number(row.allowed), denied: number(row.denied) };
}

function decidedText(row: Row): string {
  const { allowed, denied } = decided(row);
  if (typeof row.decision === "string") return denied ? "denied" : "allowed";
  return `${count(allowed)} allowed, ${count(denied)} denied`;
}

/** Everything in the row was denied: the log carries no counters for it. */
function unmeasured(row: Row): boolean {
  return (
    row.bytesSent === null || (decided(row).allowed === 0 && decided(row).denied > 0 && number(row.bytesSent) === 0)
  );
}

function share(value: number, largest: number): number {
  return value <= 0 || largest <= 0 ? 0 : Math.log1p(value) / Math.log1p(largest);
}
