// `tidemark recover`: what is whole of a damaged case, into a new one; what is lost, by name.

import { resolve } from "node:path";
import type { Recovery } from "../../shared/contract.ts";
import { grouped } from "../../shared/grouped.ts";
import { clearProgress, count, showProgress, untilCancelled } from "./commands.ts";
import { withEngine } from "./engine.ts";
import { type Arguments, only, Usage } from "./usage.ts";

export async function runRecover(args: Arguments): Promise<number> {
  const from = resolve(only(args, "case"));
  const to = args.value("output");
  if (to === null) throw new Usage("where to? Name a new case with -o");
  const recovery = await withEngine(resolve(to), (engine) => {
    engine.listen("ingest.progress", showProgress);
    return untilCancelled((signal) => engine.ask("case.recover", { from }, { signal }));
  });
  clearProgress();
  if (args.has("json")) process.stdout.write(`${JSON.stringify(recovery)}\n`);
  else process.stdout.write(printRecovery(recovery));
  return recovery.lost.length > 0 ? 1 : 0;
}

function printRecovery(recovery: Recovery): string {
  const { members, readAnew, records, tuples, lostTuples, notes, lostNotes, lost } = recovery;
  const lines = [
    `${recovery.case} holds ${count(members, "file")} (${grouped(readAnew)} read anew from their embedded bytes), ${count(records, "record")}, ${count(tuples, "tuple")}, ${count(notes, "entry", "entries")} of the journal.`,
    lost.length === 0
      ? "Nothing was lost."
      : `Lost: ${count(lostTuples, "tuple")} counted before, ${count(lostNotes, "entry", "entries")} of the journal, and in particular`,
    ...lost.map((each) => `  ${each}`),
    `${recovery.from} was not changed.`,
  ];
  return `${lines.join("\n")}\n`;
}
