// What each table is called.

import type { TableName } from "../../model/view.ts";

export const titles: Readonly<Record<TableName, string>> = {
  conversations: "Conversations",
  flows: "Flows",
  edges: "Edges",
  endpoints: "Endpoints",
  nics: "NICs",
  tuples: "Tuples",
  members: "Members",
  rejects: "Rejects",
};
