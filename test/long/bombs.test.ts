// RELIABILITY R7 and R10: archives made to exhaust, at full size, read in a process of their own that may do nothing but read: no
// write, no process, no addon. Stopped within a second of what the start of the process takes, memory grown by less than 100 MB.

import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type Bomb, bombs, manyEntriesZip } from "../support/bombs.ts";
import { folder } from "../support/cli.ts";
import type { SourceRead } from "../support/read-source.ts";

const root = join(import.meta.dirname, "..", "..");
const program = join(root, "test", "support", "read-source.ts");

function readAlone(path: string): SourceRead & { readonly error: string } {
  const allowed = [`--allow-fs-read=${root}`, `--allow-fs-read=${path}`, "--allow-fs-read=/proc/self/status"];
  const run = spawnSync(process.execPath, ["--permission", ...allowed, program, path], {
    cwd: root,
    encoding: "utf8",
    timeout: 120_000,
  });
  if (run.status !== 0) throw new Error(`exit ${run.status} ${run.signal}: ${run.stderr}`);
  return { ...(JSON.parse(run.stdout) as SourceRead), error: run.stderr };
}

test.each(bombs)("$name", ({ name, make, told, tuples }: Bomb) => {
  const home = folder();
  const path = join(home, "evidence");
  const bytes = make(300_000_000);
  writeFileSync(path, bytes);
  const read = readAlone(path);
  console.log(
    `R7 ${name}: ${bytes.length} bytes, ${read.members} members, ${Math.round(read.ms)} ms, +${Math.round(read.grownBytes / 1e6)} MB: ${read.told[0] ?? ""}`,
  );
  expect(read.tuples).toBe(tuples);
  expect(read.told.join("\n")).toMatch(told ?? /^$/);
  expect(read.grownBytes).toBeLessThan(100_000_000);
  expect(readdirSync(home)).toEqual(["evidence"]);
});

test("70,000 entries are read", () => {
  const home = folder();
  mkdirSync(join(home, "logs"));
  const path = join(home, "logs", "evidence");
  writeFileSync(path, manyEntriesZip(70_000));
  const read = readAlone(path);
  console.log(`R7 70,000 entries: ${Math.round(read.ms)} ms, +${Math.round(read.grownBytes / 1e6)} MB`);
  expect([read.members, read.tuples, read.told]).toEqual([70_000, 70_000, []]);
});
