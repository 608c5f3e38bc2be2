// Reads a source as `work` does, without a case: members, tuples, what is told, and what it took. Run as a program it prints that as
// JSON, so that it can be run with nothing allowed but reading.

import { existsSync, readFileSync } from "node:fs";
import { listSource } from "../../electron/archive/list-source.ts";
import { unitsOf } from "../../electron/ingest/pool.ts";
import { readUnit } from "../../electron/ingest/read-unit.ts";

export type SourceRead = {
  readonly members: number;
  readonly tuples: number;
  readonly told: readonly string[];
  readonly ms: number;
  /** Of memory at its highest, over what it was before. */
  readonly grownBytes: number;
};

export async function readSource(path: string, casePath: string | null = null): Promise<SourceRead> {
  const before = process.memoryUsage.rss();
  const began = performance.now();
  const listing = await listSource(path, casePath);
  let tuples = 0;
  let members = 0;
  const told = listing.refused === null ? [] : [listing.refused];
  for (const unit of unitsOf(listing.members, true)) {
    await readUnit(unit, async (part) => {
      for (let i = 0; i < part.records.length; i++) tuples += part.records.tuples[i] ?? 0;
      members += part.members.length;
      for (const { reason } of part.members) if (reason !== null) told.push(reason);
    });
  }
  listing.close();
  const grownBytes = Math.max(0, highest() - before);
  return { members, tuples, told: [...new Set(told)].slice(0, 20), ms: performance.now() - began, grownBytes };
}

/** Resident bytes at their highest; where the system does not tell of this program alone, those of now. */
function highest(): number {
  const status = "/proc/self/status";
  const [, kilobytes] = existsSync(status) ? (/VmHWM:\s+(\d+) kB/.exec(readFileSync(status, "utf8")) ?? []) : [];
  return kilobytes === undefined ? process.memoryUsage.rss() : Number(kilobytes) * 1024;
}

const [, program, path] = process.argv;
if (program === import.meta.filename && path !== undefined) console.log(JSON.stringify(await readSource(path)));
