// R4 and R16: a disk that is full, and one that cannot be written. A small file system is mounted where this user may; elsewhere the
// tests say so and use what a plain folder can show.

import { execFileSync } from "node:child_process";
import { chmodSync, copyFileSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { openCase } from "../../electron/host/open-case.ts";
import { folder, json, put, rows, sha256, tidemark } from "../support/cli.ts";
import { smallCase } from "../support/damage.ts";
import { manyLogs } from "../support/logs.ts";
import { mixedFiles } from "../support/mixed.ts";
import { verifyHere } from "../support/recover-here.ts";

const mounted: string[] = [];
afterAll(() => {
  for (const path of mounted) execFileSync("umount", ["-l", path]);
});

/** A file system of its own; null where none can be mounted. */
function mount(options: string): string | null {
  const path = folder();
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", options, "tmpfs", path], { stdio: "ignore" });
  } catch {
    return null;
  }
  mounted.push(path);
  return path;
}

test("R4: a full disk stops adding with what is safe, and adding goes on when there is room", async () => {
  const disk = mount("size=8m");
  if (disk === null)
    return console.log("R4: not run, no file system can be mounted here; test/long/faults.test.ts injects it");
  const home = folder(manyLogs(120, 25, 100)); // 22 MB
  const caseFile = join(disk, "a.tidemark");
  const full = await tidemark("ingest", caseFile, home, "--jobs", "1");
  expect([full.code, full.stderr]).toEqual([3, expect.stringMatching(/The disk is full: \d+ of 120 files are safe/)]);
  expect(full.stderr).not.toMatch(/\n\s+at /);

  execFileSync("mount", ["-o", "remount,size=64m", disk]);
  const again = await tidemark("ingest", caseFile, home, "--jobs", "1");
  expect(again.code, again.stderr).toBe(0);
  const whole = join(folder(), "whole.tidemark");
  await json(["ingest", whole, home, "--json"]);
  const digest = async (path: string): Promise<unknown> =>
    (await json<Record<string, unknown>>(["info", path, "--json"])).logicalDigest;
  expect(await digest(caseFile)).toBe(await digest(whole));
  expect(verifyHere(caseFile).ok).toBe(true);
  console.log(
    `R4: ${/\d+ of \d+ files are safe/.exec(full.stderr)?.[0]} on a full disk; the same logical digest when there was room`,
  );
});

test("R4: a warning comes first where the evidence is clearly larger than the room", async () => {
  const disk = mount("size=1m");
  if (disk === null) return console.log("R4: warning not run, no file system can be mounted here");
  const home = folder(manyLogs(200, 25, 100)); // 37 MB
  const run = await tidemark("ingest", join(disk, "a.tidemark"), home, "--jobs", "1");
  expect(run.stderr).toMatch(/\d MB free, and this evidence will need at least 2 MB/);
  expect(run.code).toBe(3);
  console.log("R4: warned before the first byte was read");
});

test("R16: a case and evidence on a disk that cannot be written", async () => {
  const disk = mount("size=32m");
  const home = disk ?? folder();
  put(join(home, "logs"), mixedFiles);
  const [caseFile, outside] = [join(home, "a.tidemark"), folder()];
  await smallCase(caseFile, join(home, "logs"));
  const before = sha256(caseFile);
  const writable = await rows(caseFile, "tuples");
  if (disk) execFileSync("mount", ["-o", "remount,ro", disk]);
  else for (const path of [caseFile, join(home, "logs"), home]) chmodSync(path, 0o555);

  for (const by of ["conversations", "edges", "endpoints", "timeline", "members", "rejects"]) await rows(caseFile, by);
  expect(await rows(caseFile, "tuples")).toEqual(writable);
  expect((await tidemark("verify", caseFile)).code).toBe(0);
  const exported = await tidemark("export", caseFile, "--format", "evidence", "-o", join(outside, "out"));
  expect(exported.code, exported.stderr).toBe(0);
  expect(openCase(caseFile).readOnly).toMatch(/may not write|marked read-only/);
  const changed = await tidemark("ingest", caseFile, join(home, "logs", "z", "bandwidth.json"));
  expect([0, 3], changed.stderr).toContain(changed.code); // the same evidence changes nothing
  expect(changed.stderr).not.toMatch(/\n\s+at /);
  const elsewhere = await tidemark("ingest", join(outside, "b.tidemark"), join(home, "logs"));
  expect([0, 1], elsewhere.stderr).toContain(elsewhere.code);
  expect(sha256(caseFile)).toBe(before);
  if (!disk) for (const path of [home, join(home, "logs"), caseFile]) chmodSync(path, 0o755);
  console.log(
    `R16: every view works on ${disk ? "a file system mounted read-only" : "files without write permission"}, bytes unchanged`,
  );
});

test("R16: a case that was not sealed, on a disk that cannot be written, is refused with what to do", async () => {
  const disk = mount("size=8m");
  if (disk === null) return console.log("R16: unsealed case not run, no file system can be mounted here");
  const made = join(folder(), "a.tidemark");
  await smallCase(made, folder(mixedFiles));
  const path = join(disk, "a.tidemark");
  mkdirSync(dirname(path), { recursive: true });
  copyFileSync(made, path);
  const run = await tidemark("info", path);
  expect(run.code).toBe(0);
  const { DatabaseSync } = await import("node:sqlite");
  const db = new DatabaseSync(path);
  db.exec("PRAGMA journal_mode = WAL; INSERT INTO property VALUES ('x', 'y')");
  copyFileSync(path, join(disk, "b.tidemark"));
  copyFileSync(`${path}-wal`, join(disk, "b.tidemark-wal"));
  db.close();
  execFileSync("mount", ["-o", "remount,ro", disk]);
  const refused = await tidemark("info", join(disk, "b.tidemark"));
  expect([refused.code, refused.stderr]).toEqual([3, expect.stringMatching(/was not closed by what wrote it/)]);
  console.log("R16: an unsealed case on read-only media is refused with a sentence");
});
