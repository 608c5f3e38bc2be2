// R1 and R15: kill -9 in the middle of adding evidence, a hundred times; and two processes that want one case.

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { copyFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openForReading, openForWriting } from "../../electron/store/case-file.ts";
import { listMembers } from "../../electron/store/read.ts";
import { failureOf } from "../../shared/failure.ts";
import { folder } from "../support/cli.ts";
import { smallCase } from "../support/damage.ts";
import { everythingIn } from "../support/everything.ts";
import { ingestHere } from "../support/ingest-here.ts";
import { killAndGoOn } from "../support/kill.ts";
import { manyLogs, randomFrom } from "../support/logs.ts";
import { mixedFiles } from "../support/mixed.ts";
import { verifyHere } from "../support/recover-here.ts";

test("R1: 100 kills at random moments", async () => {
  const source = folder(manyLogs(40, 20, 60));
  const whole = join(folder(), "whole.tidemark");
  const began = performance.now();
  await ingestHere(whole, [source], { jobs: 2 });
  const wholeMs = performance.now() - began;
  const content = await everythingIn(whole, 0);
  const random = randomFrom(1_2025);
  let kills = 0;
  const wrong: string[] = [];
  while (kills < 100) {
    const moments = Array.from({ length: 3 }, () => random() * wholeMs);
    const killed = await killAndGoOn(join(folder(), "a.tidemark"), source, moments);
    kills += killed.kills;
    wrong.push(...killed.wrong);
    if (killed.content !== content) wrong.push(`after ${moments.join(", ")} ms: another content`);
  }
  console.log(`R1: ${kills} kills, ${wrong.length} violations`);
  expect(wrong).toEqual([]);
});

const HOLD = join(import.meta.dirname, "..", "support", "fixtures", "hold-case.ts");

async function owner(caseFile: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, [HOLD, caseFile], { stdio: ["pipe", "pipe", "inherit"] });
  await once(child.stdout, "data");
  return child;
}

test("R15: a second writer of a case, its owner running, stopped, killed", async () => {
  const made = join(folder(), "a.tidemark");
  await smallCase(made, folder(mixedFiles));
  let slowest = 0;
  const refusal = (caseFile: string): string => {
    const began = performance.now();
    try {
      openForWriting(caseFile).close();
      return "it was opened";
    } catch (thrown) {
      return failureOf(thrown).message;
    } finally {
      slowest = Math.max(slowest, performance.now() - began);
    }
  };
  for (let run = 0; run < 10; run++) {
    const caseFile = join(folder(), "a.tidemark");
    copyFileSync(made, caseFile);
    const child = await owner(caseFile);
    const inUse = `${caseFile} is in use by PID ${child.pid} on ${hostname()}.`;
    expect(refusal(caseFile)).toBe(inUse);
    child.kill("SIGSTOP");
    for (let tries = 0; tries < 5; tries++) expect(refusal(caseFile)).toBe(inUse);
    const db = openForReading(caseFile);
    expect(listMembers(db)).toHaveLength(mixedFiles.length); // what the owner has not committed is not there
    db.close();
    child.kill("SIGKILL");
    await once(child, "exit");
    openForWriting(caseFile).close();
    expect(verifyHere(caseFile)).toMatchObject({ ok: true });
    expect(await everythingIn(caseFile, 0)).toBe(await everythingIn(made, 0));
  }
  console.log(
    `R15: 70 refusals by PID and host, the slowest after ${Math.round(slowest)} ms; 10 of 10 whole after kill -9`,
  );
  expect(slowest).toBeLessThan(1000);
});
