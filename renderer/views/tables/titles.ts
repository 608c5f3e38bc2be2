// What each table is called, and what one of its rows is.

import type { TableName } from "../../model/view.ts";

export const titles: Readonly<Record<TableName, string>> = {
  conversations: "Conversations",
  flows: "Flows",
  tuples: "Tuples",
  edges: "Edges",
  endpoints: "Endpoints",
  nics: "NICs",
  ports: "Ports",
  rules: "Rules",
  encryption: "Encryption",
  countries: "Countries",
  asns: "ASNs",
  members: "Members",
  rejects: "Rejects",
};

/** Singular and plural. */
export const rowNouns: Readonly<Record<TableName, readonly [string, string]>> = {
  conversations: ["conversation", "conversations"],
  flows: ["flow", "flows"],
  tuples: ["tuple", "tuples"],
  edges: ["edge", "edges"],
  endpoints: ["endpoint", "endpoints"],
  nics: ["NIC", "NICs"],
  ports: ["port", "ports"],
  rules: ["rule", "rules"],
  encryption: ["code", "codes"],
  countries: ["country", "countries"],
  asns: ["autonomous system", "autonomous systems"],
  members: ["member", "members"],
  rejects: ["reject", "rejects"],
};
