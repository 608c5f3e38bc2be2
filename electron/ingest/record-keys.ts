// The keys of a record that mean something, whatever its form.

import { UNRANKED } from "./json.ts";

// Known keys, numbered in the order in which Azure writes them: that order is the canonical one, so that a record as Azure wrote
// it needs no reordering for its digest. Keys of other forms take their place between.
export const KEY = {
  time: 1,
  systemId: 2,
  flowLogGUID: 3,
  macAddress: 4,
  category: 5,
  flowLogResourceID: 6,
  targetResourceID: 7,
  resourceId: 8,
  resourceid: 8,
  flowLogVersion: 9,
  operationName: 10,
  flowRecords: 11,
  properties: 12,
  records: 13,
  Version: 14,
  aclID: 15,
  rule: 16,
  mac: 17,
  flows: 18,
  flowGroups: 19,
  flowTuples: 20,
} as const;

const byLength: { bytes: Uint8Array; id: number }[][] = [];
for (const [name, id] of Object.entries(KEY)) {
  byLength[name.length] ??= [];
  byLength[name.length]?.push({ bytes: Buffer.from(name), id });
}

/** Number of the key at from … to. */
export function rankOfKey(canon: Uint8Array, from: number, to: number): number {
  const candidates = byLength[to - from];
  if (candidates === undefined) return UNRANKED;
  next: for (let c = 0; c < candidates.length; c++) {
    const { bytes, id } = candidates[c] as { bytes: Uint8Array; id: number };
    for (let i = 0; i < bytes.length; i++) if (canon[from + i] !== bytes[i]) continue next;
    return id;
  }
  return UNRANKED;
}
