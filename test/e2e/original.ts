// A second way from a row of the command line to its bytes: the member is read from the sample's own files, the record by matching
// brackets from its offset, the tuple by counting. Shares no code with the product.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { inject } from "vitest";

export type TupleRow = Readonly<Record<string, string | number | null>>;

/** A tuple of a virtual network flow log as Azure writes it, from the fields of a row. */
export function tupleText(row: TupleRow): string {
  const fields = [
    ...["time", "srcIp", "dstIp", "srcPort", "dstPort", "protocol", "direction", "state", "encryption"],
    ...["packetsSent", "bytesSent", "packetsReceived", "bytesReceived"],
  ];
  return fields.map((field) => row[field] ?? "").join(",");
}

/** Where the row's tuple stands in its member, and its text there, both found in the file. */
export function tupleInFile(row: TupleRow): { readonly offset: number; readonly text: string } {
  // One byte, one character: indices are offsets.
  const member = readFileSync(join(inject("demo"), "logs", String(row.member)), "latin1");
  const start = Number(row.offset);
  const record = member.slice(start, endOfObject(member, start));
  let before = 0;
  for (const list of record.matchAll(/"flowTuples":\s*\[([^\]]*)\]/g)) {
    const open = list.index + list[0].indexOf("[") + 1;
    for (const tuple of (list[1] ?? "").matchAll(/"([^"]*)"/g))
      if (before++ === row.tuple) return { offset: start + open + tuple.index, text: tuple[1] ?? "" };
  }
  throw new Error(`The record at ${start} of ${row.member} has only ${before} tuples.`);
}

function endOfObject(text: string, start: number): number {
  let depth = 0;
  let quoted = false;
  for (let i = start; i < text.length; i++) {
    const c = text[i];
    if (quoted && c === "\\") i++;
    else if (c === '"') quoted = !quoted;
    else if (!quoted && c === "{") depth++;
    else if (!quoted && c === "}" && --depth === 0) return i + 1;
  }
  throw new Error(`No object ends after ${start}.`);
}
