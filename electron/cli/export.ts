// `tidemark export CASE --format evidence -o OUT`: the evidence of a scope as a folder of its own.

import { grouped } from "../../shared/grouped.ts";
import { withEngine } from "./engine.ts";
import { instantOf } from "./query.ts";
import { type Arguments, only, Usage } from "./usage.ts";

export async function runExport(args: Arguments): Promise<number> {
  const casePath = only(args, "case");
  const format = args.value("format");
  if (format === null) throw new Usage("--format says what to write: evidence");
  if (format !== "evidence") throw new Usage(`--format is evidence here, not "${format}"`);
  const to = args.value("output");
  if (to === null) throw new Usage("where to? -o names a folder that is not there, or is empty");
  const scope = { from: instantOf(args, "from"), to: instantOf(args, "to"), filter: args.value("filter") ?? "" };
  const stop = new AbortController();
  const cancel = (): void => stop.abort();
  process.once("SIGINT", cancel);
  try {
    const done = await withEngine(casePath, (engine) => engine.ask("evidence.export", { scope, to }, stop));
    if (args.has("json")) process.stdout.write(`${JSON.stringify({ case: casePath, ...done })}\n`);
    else {
      const n = grouped;
      process.stdout.write(
        `Wrote ${n(done.records)} records with ${n(done.tuples)} tuples in scope to ${done.folder}: ${n(done.files)} files, ${n(done.bytes)} bytes.\n` +
          `Check it there with: sha256sum -c manifest-sha256.txt\n`,
      );
    }
    return 0;
  } finally {
    process.off("SIGINT", cancel);
  }
}
