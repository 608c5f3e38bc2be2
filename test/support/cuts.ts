// A flow log cut at a byte, and what must come of it.

import { wholeRecords } from "./oracle.ts";
import { type Found, faultsOf, foundIn, readBytes } from "./read-bytes.ts";

const TELLS = /"flowRecords"|"flowTuples"|"FlowLogFlowEvent"|"NetworkSecurityGroupFlowEvent"/;

type Record = ReturnType<typeof wholeRecords>[number];

/** Sentences on what is wrong with what was found in the first `cut` bytes of a whole log. */
function faultsOfCut(found: Found, whole: Buffer, records: readonly Record[], cut: number): string[] {
  const bytes = whole.subarray(0, cut);
  const faults = faultsOf(found, [bytes]);
  const member = found.members[0]!;
  const places = found.records.filter(({ kept }) => kept).map((each) => `${each.offset}+${each.bytes}`);
  const expected = records
    .filter(({ offset, length }) => offset + length <= cut)
    .map(({ offset, length }) => `${offset}+${length}`);
  if (places.join() !== expected.join()) faults.push(`records ${places} and not ${expected}`);
  const status = isWhole(bytes) ? "complete" : TELLS.test(bytes.toString("latin1")) ? "partial" : "refused";
  if (member.status !== status) faults.push(`${member.status}, not ${status}: ${member.reason}`);
  if (status === "refused" && !/too short to tell|empty/.test(member.reason ?? "")) faults.push(String(member.reason));
  return faults.map((fault) => `cut at ${cut}: ${fault}`);
}

function isWhole(bytes: Buffer): boolean {
  try {
    return bytes.length > 0 && typeof JSON.parse(bytes.toString("utf8").replace(/^\uFEFF/, "")) === "object";
  } catch {
    return false;
  }
}

export async function cutPlain(whole: Buffer, cuts: Iterable<number>): Promise<{ cuts: number; faults: string[] }> {
  const faults: string[] = [];
  const records = wholeRecords(whole);
  let count = 0;
  for (const cut of cuts) {
    count++;
    const bytes = whole.subarray(0, cut);
    const found = foundIn(await readBytes([bytes], false, 4096 + cut));
    faults.push(...faultsOfCut(found, whole, records, cut));
  }
  return { cuts: count, faults };
}
