// R2: a WAL cut off or damaged at any place, as a power cut or a bad disk leaves it. The case opens to an exact prefix of what was
// committed: the state at the last commit before the place, no other, and without an error.

import { createHash } from "node:crypto";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { openForReading } from "../../electron/store/case-file.ts";
import { loggedTables, rowTexts } from "../../electron/store/fingerprint.ts";
import { journalRows } from "../../electron/store/journal.ts";
import { addEvidence } from "../../electron/work/add-evidence.ts";
import { holdCase } from "../../electron/work/held-case.ts";
import { newPause } from "../../electron/work/pause.ts";
import { folder } from "./cli.ts";
import { someNotes } from "./damage.ts";
import { noteHere } from "./ingest-here.ts";
import { manyLogs, randomFrom } from "./logs.ts";

const FRAME_HEAD = 24;
const WAL_HEAD = 32;

/** Main file and WAL as they lie before the last checkpoint. */
async function crashed(): Promise<{ readonly main: Buffer; readonly wal: Buffer }> {
  const desk = folder();
  const caseFile = join(desk, "a.tidemark");
  const sources = Array.from({ length: 10 }, (_, i) => folder(manyLogs(2, 3, 20, i + 1)));
  const first = folder(manyLogs(1, 2, 10, 99));
  const { signal } = new AbortController();
  const add = (paths: readonly string[], announce: () => void): Promise<unknown> =>
    addEvidence(holdCase(caseFile), { paths, embed: true, jobs: 1 }, announce, signal, newPause(), () => {});
  await add([first], () => {});
  noteHere(caseFile, someNotes);
  let taken = { main: Buffer.alloc(0), wal: Buffer.alloc(0) };
  await add(sources, () => {
    taken = { main: readFileSync(caseFile), wal: readFileSync(`${caseFile}-wal`) };
  });
  return taken;
}

/** Where each commit ends in the WAL: a frame that says how large the file then is. */
function commitsIn(wal: Buffer): number[] {
  const page = wal.readUInt32BE(8);
  const ends: number[] = [];
  for (let at = WAL_HEAD; at + FRAME_HEAD + page <= wal.length; at += FRAME_HEAD + page)
    if (wal.readUInt32BE(at + 4) !== 0) ends.push(at + FRAME_HEAD + page);
  return ends;
}

const desk = folder();

/** Every logged row and entry, once the case was opened with this WAL. */
function stateWith(main: Buffer, wal: Buffer): string {
  const path = join(desk, "b.tidemark");
  for (const suffix of ["-shm", "-wal"]) rmSync(path + suffix, { force: true });
  writeFileSync(path, main);
  writeFileSync(`${path}-wal`, wal);
  const db = openForReading(path);
  try {
    const sum = createHash("sha256");
    for (const table of loggedTables) for (const [, text] of rowTexts(db, table)) sum.update(`${text}\n`);
    for (const row of journalRows(db)) sum.update(row.hash);
    expect(db.pragma("quick_check", { simple: true })).toBe("ok");
    return sum.digest("hex");
  } finally {
    db.close();
  }
}

/** Cuts the WAL at `times` places, and changes one bit at as many. Returns a line of figures. */
export async function damageWal(times: number): Promise<string> {
  const { main, wal } = await crashed();
  const commits = commitsIn(wal);
  expect(commits.length).toBeGreaterThan(20);
  const states = [0, ...commits].map((end) => stateWith(main, wal.subarray(0, end)));
  const frame = FRAME_HEAD + wal.readUInt32BE(8);
  const stateBefore = (at: number): string => states[commits.filter((end) => end <= at).length]!;
  const random = randomFrom(77);
  let exact = 0;
  for (let i = 0; i < times; i++) {
    const at = Math.floor(random() * (wal.length + 1));
    if (stateWith(main, wal.subarray(0, at)) === stateBefore(at)) exact++;

    const place = Math.floor(random() * wal.length);
    const flipped = Buffer.from(wal);
    flipped[place] = flipped[place]! ^ (1 << Math.floor(random() * 8));
    const damagedFrom = place < WAL_HEAD ? 0 : WAL_HEAD + Math.floor((place - WAL_HEAD) / frame) * frame;
    const state = stateWith(main, flipped);
    // Bytes of a head that no checksum covers change nothing: then it is all there.
    if (state === stateBefore(damagedFrom) || state === states.at(-1)) exact++;
  }
  expect(exact).toBe(times * 2);
  return `R2: ${times * 2} damaged WALs, ${exact} opened to an exact committed prefix (${commits.length} commits)`;
}
