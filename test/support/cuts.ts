// A flow log cut at a byte, and what must come of it.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { constants, gunzipSync, gzipSync } from "node:zlib";
import { listSource } from "../../electron/archive/list-source.ts";
import { readUnit } from "../../electron/ingest/read-unit.ts";
import type { UnitPart } from "../../electron/segment/part.ts";
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

const home = mkdtempSync(join(tmpdir(), "tidemark-cuts-"));
process.on("exit", () => rmSync(home, { recursive: true, force: true }));

async function readFileOf(bytes: Buffer): Promise<Found> {
  const file = join(home, "PT1H.json.gz");
  writeFileSync(file, bytes);
  const parts: UnitPart[] = [];
  const { members, refused } = await listSource(file, null);
  const unit = { unit: 0, members, embed: false };
  if (refused === null) await readUnit(unit, async (part) => void parts.push(structuredClone(part)));
  return foundIn(parts);
}

/**
 * A gzip file cut at a byte: never said to be complete, and what was read is of whole records only, all those that a plain reader
 * gets out of the bytes before the cut.
 */
export async function cutGzip(whole: Buffer, cuts: Iterable<number>): Promise<{ faults: string[]; most: number }> {
  const packed = gzipSync(whole);
  const records = wholeRecords(whole);
  const faults: string[] = [];
  let most = 0;
  for (const cut of cuts) {
    const found = await readFileOf(packed.subarray(0, cut));
    const held = cut < 18 ? 0 : gunzipSync(packed.subarray(0, cut), { finishFlush: constants.Z_SYNC_FLUSH }).length;
    const expected = records.filter(({ offset, length }) => offset + length <= held).map(({ offset }) => offset);
    const kept = found.records.filter((record) => record.kept).map(({ offset }) => offset);
    if (found.members.some(({ status }) => status === "complete")) faults.push(`gzip cut at ${cut}: complete`);
    if (kept.join() !== expected.join()) faults.push(`gzip cut at ${cut}: records at ${kept} and not ${expected}`);
    most = Math.max(most, kept.length);
  }
  return { faults, most };
}

/** Bytes of a gzip header that say nothing of the content: time, extra flags, operating system. */
const BENIGN = [4, 5, 6, 7, 8, 9];

/** A gzip file with a byte changed is never said to be complete, unless it is one that says nothing of the content. */
export async function flipGzip(
  whole: Buffer,
  step: number,
): Promise<{ flips: number; benign: number; faults: string[] }> {
  const packed = gzipSync(whole);
  const right = await readFileOf(packed);
  const flips = { flips: 0, benign: 0, faults: [] as string[] };
  for (let at = 0; at < packed.length; at += step) {
    const bytes = Buffer.from(packed);
    bytes[at] = bytes[at]! ^ 255;
    const found = await readFileOf(bytes);
    flips.flips++;
    if (!found.members.some(({ status }) => status === "complete")) continue;
    if (BENIGN.includes(at) && JSON.stringify(found.tuples) === JSON.stringify(right.tuples)) flips.benign++;
    else flips.faults.push(`byte ${at}: ${JSON.stringify(found.members)}`);
  }
  return flips;
}
