// Evidence through the whole of adding (listing, reading, writing, deriving, digests) in this process, and out again as answers.
// The test that uses it puts `readHere` (pool-here.ts) in place of the pool of threads.

import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { answer } from "../../electron/query/answer.ts";
import { openCatalog } from "../../electron/query/catalog.ts";
import { openForReading } from "../../electron/store/case-file.ts";
import { property } from "../../electron/store/fingerprint.ts";
import { addEvidence } from "../../electron/work/add-evidence.ts";
import { holdCase } from "../../electron/work/held-case.ts";
import { newPause } from "../../electron/work/pause.ts";
import type { IngestAccount } from "../../shared/contract.ts";
import { logOf, type Random, randomOf, writeArchive } from "./archives.ts";
import { blob } from "./logs.ts";
import { type OracleTuple, readMembers } from "./oracle.ts";

type Added = {
  readonly account: IngestAccount;
  readonly digest: string;
  /** Tuples of each source as text. Without their place. */
  readonly tuples: readonly (readonly [source: string, tuple: string])[];
};

const PAGE = { scope: { filter: "", from: null, to: null }, sort: null, limit: 0, bin: null };

async function add(casePath: string, paths: readonly string[], jobs: number, embed: boolean): Promise<Added> {
  const { signal } = new AbortController();
  const account = await addEvidence(
    holdCase(casePath),
    { paths, embed, jobs },
    () => {},
    signal,
    newPause(),
    () => {},
  );
  const db = openForReading(casePath);
  try {
    const catalog = openCatalog(db);
    const tuples: [string, string][] = [];
    for (let after: number | null = 0; after !== null; ) {
      const page: ReturnType<typeof answer> = answer(catalog, { by: "tuples", after, ...PAGE });
      for (const row of page.rows as unknown as OracleTuple[]) tuples.push([row.source, plain(row)]);
      after = page.next;
    }
    return { account, digest: property(db, "logical digest") ?? "none", tuples };
  } finally {
    db.close();
  }
}

function plain(tuple: OracleTuple): string {
  const { source: _, member: __, record: ___, tuple: ____, offset: _____, ...said } = tuple;
  return JSON.stringify(Object.entries(said).sort(([a], [b]) => (a < b ? -1 : 1)));
}

type Expected = { readonly records: number; readonly rejects: number; readonly tuples: readonly string[] };

function expectedOf(log: readonly object[]): Expected {
  const reading = readMembers([{ source: "", member: "", bytes: blob(...log) }]);
  return { records: log.length, rejects: reading.rejects.length, tuples: reading.tuples.map(plain).sort() };
}

export type RoundTrips = { archives: number; tuples: number; kinds: Set<string>; pooled: number; faults: string[] };

/** Logs that share a case: making a case costs more than adding to it. */
const TOGETHER = 20;
const CASES = 5;

/**
 * Rounds of 100 archives: 20 seeded logs, each in five archives, one in each of five cases, in another order. Every archive gives the
 * tuples that the independent reader finds in the records, and the five cases have one digest. One case of every `pooled` is read by
 * the pool, with two or three jobs.
 */
export async function roundTrips(seed: number, rounds: number, pooled: number): Promise<RoundTrips> {
  const home = mkdtempSync(join(process.platform === "linux" ? "/dev/shm" : tmpdir(), "tidemark-trips-"));
  const trips: RoundTrips = { archives: 0, tuples: 0, kinds: new Set(), pooled: 0, faults: [] };
  try {
    for (let round = 0; round < rounds && trips.faults.length === 0; round++) {
      const r = randomOf(seed * 1_000_000 + round);
      const logs = Array.from({ length: TOGETHER }, (_, n) => logOf(r, n));
      const expected = logs.map(expectedOf);
      const digests = new Set<string>();
      for (let each = 0; each < CASES; each++) {
        const jobs = (round * CASES + each) % pooled === pooled - 1 ? 2 + r.pick(2) : 1;
        if (jobs > 1) trips.pooled += TOGETHER;
        const folder = join(home, `${round}-${each}`);
        const found = await oneCase(r, folder, logs, jobs, trips.kinds);
        const name = `seed ${seed}, round ${round}, case ${each}, ${jobs} jobs`;
        trips.faults.push(...faultsOf(found, folder, expected).map((fault) => `${name}: ${fault}`));
        digests.add(found.digest);
        trips.archives += TOGETHER;
        trips.tuples += found.tuples.length;
        rmSync(folder, { recursive: true });
      }
      if (digests.size !== 1) trips.faults.push(`seed ${seed}, round ${round}: ${digests.size} digests`);
    }
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
  return trips;
}

/** All logs in one case, each in an archive of its own below `folder`, added in some order. */
async function oneCase(
  r: Random,
  folder: string,
  logs: readonly (readonly object[])[],
  jobs: number,
  kinds: Set<string>,
): Promise<Added> {
  const archives = logs.map((log, n) => {
    const below = join(folder, String(n));
    mkdirSync(below, { recursive: true });
    const { paths, what } = writeArchive(r, log, below);
    kinds.add(what);
    return { paths, key: r() };
  });
  const paths = archives.sort((a, b) => a.key - b.key).flatMap((archive) => archive.paths);
  return await add(join(folder, "case.tidemark"), paths, jobs, r() < 0.3);
}

function faultsOf({ account, tuples }: Added, folder: string, expected: readonly Expected[]): string[] {
  const logOfPath = (path: string): number => Number(path.slice(folder.length + 1).split("/")[0]);
  const found = expected.map(() => ({ records: 0, rejects: 0, tuples: [] as string[] }));
  const faults: string[] = [];
  for (const [source, tuple] of tuples) found[logOfPath(source)]!.tuples.push(tuple);
  for (const { path, status, reason, records, rejects } of account.sources) {
    const own = found[logOfPath(path)]!;
    own.records += records;
    own.rejects += rejects;
    if (status !== "complete" && status !== "unchanged") faults.push(`${path} is ${status}: ${reason}`);
  }
  for (const [n, own] of found.entries()) {
    own.tuples.sort();
    if (JSON.stringify(own) !== JSON.stringify(expected[n]))
      faults.push(`log ${n}: ${JSON.stringify(own)} and not ${JSON.stringify(expected[n])}`);
  }
  return faults;
}
