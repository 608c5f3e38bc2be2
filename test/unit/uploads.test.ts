// What a host that was killed left of uploads goes at the next opening of the case; what others are receiving stays.

import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { newUploads } from "../../electron/host/uploads.ts";
import { folder, put } from "../support/cli.ts";

test("left by a process that is gone: swept; of one that lives, of another machine, of anybody else: kept", () => {
  const home = folder();
  const caseFile = join(home, "a.tidemark");
  const { pid: gone } = spawnSync("true");
  const ticket = (digit: string): string => digit.repeat(32);
  const uploads = newUploads();
  const own = uploads.begin(caseFile);
  const kept = [`${ticket("b")}.${process.ppid}@${hostname()}`, `${ticket("c")}.${gone}@elsewhere`, "somebody's"];
  for (const name of [`${ticket("a")}.${gone}@${hostname()}`, ...kept])
    put(join(`${caseFile}.uploads`, name), [["deep/PT1H.json", "{}"]]);
  uploads.sweep(caseFile);
  expect(readdirSync(`${caseFile}.uploads`).sort()).toEqual([`${own}.${process.pid}@${hostname()}`, ...kept].sort());
});

test("an empty folder goes too, and one that is not there is none of its business", () => {
  const caseFile = join(folder(), "a.tidemark");
  newUploads().sweep(caseFile);
  mkdirSync(`${caseFile}.uploads`);
  newUploads().sweep(caseFile);
  expect(() => readdirSync(`${caseFile}.uploads`)).toThrow(/ENOENT/);
});
