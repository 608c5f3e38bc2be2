// One writer a case: who holds it is named, and a holder that dies holds nothing.

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { acquireLock } from "../../electron/store/lock.ts";
import { AppError } from "../../shared/failure.ts";
import { folder } from "../support/cli.ts";

const script = join(import.meta.dirname, "..", "support", "fixtures", "hold-lock.ts");
const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
});

async function holder(caseFile: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, [script, caseFile], { stdio: ["pipe", "pipe", "inherit"] });
  children.push(child);
  await once(child.stdout!, "data");
  return child;
}

function refused(caseFile: string): AppError {
  try {
    acquireLock(caseFile).release();
  } catch (thrown) {
    return thrown as AppError;
  }
  throw new Error("the lock was given twice");
}

test("another process is named with its PID and host, and nothing is left when it lets go", async () => {
  const home = folder();
  const caseFile = join(home, "a.tidemark");
  const child = await holder(caseFile);
  const told = refused(caseFile);
  expect([told.kind, told.message]).toEqual(["busy", `${caseFile} is in use by PID ${child.pid} on ${hostname()}.`]);
  child.stdin?.end();
  await once(child, "exit");
  expect(readdirSync(home)).toEqual([]);
  acquireLock(caseFile).release();
  expect(readdirSync(home)).toEqual([]);
});

test("it frees itself when its holder is killed", async () => {
  const home = folder();
  const caseFile = join(home, "a.tidemark");
  const child = await holder(caseFile);
  child.kill("SIGKILL");
  await once(child, "exit");
  expect(readdirSync(home)).toEqual(["a.tidemark-lock"]);
  const lock = acquireLock(caseFile);
  expect(refused(caseFile)).toMatchObject({ kind: "busy" });
  lock.release();
  expect(readdirSync(home)).toEqual([]);
});

test("within one process too, and letting go twice harms nobody", () => {
  const caseFile = join(folder(), "a.tidemark");
  const first = acquireLock(caseFile);
  expect(refused(caseFile).message).toContain(`PID ${process.pid} on`);
  first.release();
  const second = acquireLock(caseFile);
  first.release();
  expect(refused(caseFile)).toMatchObject({ kind: "busy" });
  second.release();
});

test("cases do not stand in each other's way", () => {
  const home = folder();
  const locks = ["a", "b"].map((name) => acquireLock(join(home, `${name}.tidemark`)));
  for (const lock of locks) lock.release();
  expect(readdirSync(home)).toEqual([]);
});

test("a folder that is not there is named", () => {
  const path = join(folder(), "no", "a.tidemark");
  expect(refused(path).message).toBe(`${path}-lock cannot be written: there is no folder ${dirname(path)}.`);
});

test("a folder that is not there, and a lock file that is something else, are told in a sentence", () => {
  const home = folder();
  const nowhere = refused(join(home, "no", "a.tidemark"));
  writeFileSync(
    join(home, "b.tidemark-lock"),
    "something else entirely, and longer than a header of SQLite\n".repeat(20),
  );
  for (const told of [nowhere, refused(join(home, "b.tidemark"))]) {
    expect(told).toBeInstanceOf(AppError);
    expect([told.kind, told.message]).toEqual(["not-found", expect.stringMatching(/-lock cannot be written: .*\.$/)]);
  }
});
