// Values that can be proposed for a filter's fields: from the conversations in range and the NICs of the case. None are counted here.

import { useMemo } from "react";
import { useAnswer } from "../../model/answer.ts";
import { useNics } from "../../model/facts.ts";
import { service } from "../../model/format.ts";
import { type Suggestion, written } from "./suggest.ts";

const ROWS = 400;
const FIELDS = {
  src: ["srcIp"],
  dst: ["dstIp"],
  ip: ["srcIp", "dstIp"],
  dport: ["dstPort"],
  port: ["dstPort"],
  enc: ["encryption"],
  rule: ["rule"],
  acl: ["acl"],
} as const;

/** `wanted`: somebody is typing. */
export function useKnownValues(
  range: { readonly from: number | null; readonly to: number | null },
  wanted: boolean,
): (field: string) => readonly Suggestion[] {
  const { value } = useAnswer(
    "query.rows",
    wanted
      ? {
          by: "conversations",
          scope: { ...range, filter: "" },
          sort: { field: "tuples", order: "desc" },
          limit: ROWS,
          after: 0,
          bin: null,
        }
      : null,
  );
  const { list, byAddress } = useNics();
  return useMemo(() => {
    const rows = value?.rows ?? [];
    return (field) => {
      if (field === "nic")
        return list.map(({ nic, name, addresses }) => ({ text: nic, says: name ?? addresses[0]?.ip ?? "" }));
      if (!Object.hasOwn(FIELDS, field)) return [];
      const found = new Map<string, Suggestion>();
      for (const row of rows)
        for (const column of FIELDS[field as keyof typeof FIELDS]) {
          // own: one of its keys
          const cell = row[column];
          const text = cell === null || cell === undefined ? "null" : written(String(cell));
          if (!found.has(text)) found.set(text, { text, says: saying(field, cell, row.protocol) });
        }
      return [...found.values()];
    };

    function saying(field: string, cell: unknown, protocol: unknown): string {
      if (cell === null) return "not named in the log";
      if (field.endsWith("port")) return service(Number(cell), Number(protocol));
      return byAddress.get(String(cell))?.name ?? "";
    }
  }, [value, list, byAddress]);
}
