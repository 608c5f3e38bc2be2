// The sample incident of this version as a case: written and read on first use, then kept, with what the user writes into it. It
// is made under a temporary name and renamed when whole, so a half-made one is never opened.

import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import type { Progress } from "../../shared/contract.ts";
import { startEngine } from "../engine/engine.ts";
import type { Launch } from "../engine/keeper.ts";
import { writeSample } from "../sample/write.ts";

type Hear = (progress: Progress) => void;

export type Sample = {
  /** The path of its case. Who asks while it is being made hears how far it is, and waits for the same one. */
  prepare(hear: Hear): Promise<string>;
};

export function newSample(folder: string, version: string, launch: (casePath: string) => Launch): Sample {
  const home = join(folder, `sample-${version}`);
  const casePath = join(home, "sample-incident.tidemark");
  const hearing = new Set<Hear>();
  let making: Promise<void> | null = null;

  async function make(): Promise<void> {
    mkdirSync(home, { recursive: true });
    sweep(home);
    const { logs } = await writeSample(home);
    const unfinished = join(home, `unfinished-${process.pid}-${Date.now()}.tidemark`);
    const engine = startEngine({ launch: launch(unfinished) });
    try {
      engine.listen("ingest.progress", (progress) => {
        for (const hear of hearing) hear(progress);
      });
      const jobs = Math.min(4, availableParallelism());
      await engine.ask("source.add", { paths: [logs], upload: null, embed: true, jobs });
      await engine.stop();
      if (!existsSync(casePath)) renameSync(unfinished, casePath); // another host may have made it meanwhile
    } finally {
      await engine.stop();
      for (const suffix of ["", "-wal", "-shm", "-journal", "-lock"]) rmSync(unfinished + suffix, { force: true });
    }
  }

  return {
    async prepare(hear) {
      if (existsSync(casePath)) return casePath;
      hearing.add(hear);
      try {
        making ??= make().finally(() => {
          making = null;
        });
        await making;
        return casePath;
      } finally {
        hearing.delete(hear);
      }
    },
  };
}

const UNFINISHED = /^unfinished-(\d+)-\d+\.tidemark/;

/** What a process that was killed has left. */
function sweep(home: string): void {
  for (const name of readdirSync(home)) {
    const pid = Number(UNFINISHED.exec(name)?.[1]);
    if (Number.isInteger(pid) && !isAlive(pid)) rmSync(join(home, name), { force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (thrown) {
    return thrown instanceof Error && "code" in thrown && thrown.code === "EPERM"; // another user's
  }
}
