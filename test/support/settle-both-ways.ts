// One case of settling-cases.ts, settled by the program and by the naive implementation. A test that uses it puts `poolHere`
// (pool-here.ts) in place of the pool of threads.

import { join } from "node:path";
import { folder } from "./cli.ts";
import { ingestHere } from "./ingest-here.ts";
import { packed, type Said, saidByNaive, saidByProgram } from "./settled-by-program.ts";
import { settlingCase } from "./settling-cases.ts";

/** Sources are added by one call, or each by a call of its own, with what came before settled in between. */
export type Adding = "together" | "one by one";

export async function settleBothWays(
  seed: number,
  networks: number,
  order: number,
  adding: Adding,
  jobs: number,
): Promise<{ readonly program: Said; readonly naive: Said; readonly tuples: number }> {
  const one = settlingCase(seed, order, networks);
  const root = folder(one.sources.map((files, index) => [`source-${index}.zip`, packed(files)]));
  const paths = one.sources.map((_, index) => join(root, `source-${index}.zip`));
  const caseFile = join(root, "case.tidemark");
  for (const call of adding === "together" ? [paths] : paths.map((path) => [path])) {
    await ingestHere(caseFile, call, { embed: false, jobs });
  }
  return { program: saidByProgram(caseFile), naive: saidByNaive(one), tuples: one.tuples.length };
}
