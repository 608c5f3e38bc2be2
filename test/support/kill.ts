// Ingests that are killed with -9 at a moment of their own, again and again, until one comes to its end.

import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { everythingIn } from "./everything.ts";
import { ingestHere } from "./ingest-here.ts";
import { verifyHere } from "./recover-here.ts";

const CHILD = join(import.meta.dirname, "fixtures", "ingest-child.ts");

/** `afterMs` past the moment in which it begins to write. Whether it was killed before its end. */
async function ingestKilled(caseFile: string, source: string, afterMs: number): Promise<boolean> {
  const child = spawn(process.execPath, [CHILD, caseFile, source], { stdio: ["ignore", "ignore", "inherit"] });
  const ended = new Promise<void>((settle) => child.once("exit", () => settle()));
  let over = false;
  void ended.then(() => {
    over = true;
  });
  while (!over && !existsSync(`${caseFile}-wal`)) await wait(1);
  await Promise.race([ended, wait(afterMs)]);
  child.kill("SIGKILL");
  await ended;
  return child.signalCode === "SIGKILL";
}

export type Killed = { readonly kills: number; readonly wrong: string[]; readonly content: string };

/** `moments`: one a kill, ms. After each the case, where there is one, must hold together but for what is unfinished. */
export async function killAndGoOn(caseFile: string, source: string, moments: readonly number[]): Promise<Killed> {
  const wrong: string[] = [];
  let kills = 0;
  for (const moment of moments) {
    if (!(await ingestKilled(caseFile, source, moment))) break;
    kills++;
    if (!existsSync(caseFile)) continue;
    const { findings } = verifyOrUnmade(caseFile);
    wrong.push(...findings.filter((finding) => !/has not ended|was interrupted/.test(finding)));
  }
  await ingestHere(caseFile, [source], { jobs: 2 });
  const { ok, findings } = verifyHere(caseFile);
  if (!ok) wrong.push(...findings);
  return { kills, wrong, content: await everythingIn(caseFile, 0) };
}

/** A kill in the middle of making the file leaves one that was never finished. */
function verifyOrUnmade(caseFile: string): { readonly findings: readonly string[] } {
  try {
    return verifyHere(caseFile);
  } catch (thrown) {
    const { message } = thrown as Error;
    return {
      findings: /never finished|is empty|does not begin like one|unable to open/.test(message) ? [] : [message],
    };
  }
}
