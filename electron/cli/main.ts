// `tidemark`: arguments → engine → text. A contract: names, shapes and exit codes are those of docs/command-line.md.

import { availableParallelism } from "node:os";
import { type Failure, failureOf } from "../../shared/failure.ts";
import { runInfo, runIngest, runVerify } from "./commands.ts";
import { runExport } from "./export.ts";
import { HELP } from "./help.ts";
import { runQuery } from "./query.ts";
import { readArguments, Usage } from "./usage.ts";

// What shows the app or writes the sample is loaded when it is asked for: a question starts a quarter sooner without.

/** 0 done · 1 done, but something was refused, damaged or does not verify · 2 wrong use · 3 cannot be opened · 130 cancelled. */
const EXIT: Readonly<Record<Failure["kind"], number>> = {
  "bad-request": 2,
  unsupported: 2,
  "not-found": 3,
  busy: 3,
  "case-damaged": 3,
  "case-from-future": 3,
  "evidence-changed": 3,
  "disk-full": 3,
  interrupted: 3,
  cancelled: 130,
  bug: 70,
};

async function run(argv: readonly string[]): Promise<number> {
  const [command = "open", ...rest] = argv;
  switch (command) {
    case "ingest":
      return await runIngest(
        readArguments(rest, { "no-embed": "switch", jobs: "value", undo: "value", json: "switch" }),
        Math.min(4, availableParallelism()),
      );
    case "info":
      return await runInfo(readArguments(rest, { json: "switch" }));
    case "query":
      return await runQuery(
        readArguments(rest, {
          by: "value",
          filter: "value",
          from: "value",
          to: "value",
          limit: "value",
          sort: "value",
          format: "value",
          bin: "value",
          group: "value",
          json: "switch",
          once: "switch",
          adjusted: "switch",
          settled: "switch",
          spread: "switch",
          time: "value",
          sql: "value",
        }),
      );
    case "verify":
      return await runVerify(readArguments(rest, { rebuild: "switch", json: "switch" }));
    case "export":
      return await runExport(
        readArguments(
          rest.map((word) => (word === "-o" ? "--output" : word)),
          { format: "value", output: "value", filter: "value", from: "value", to: "value", json: "switch" },
        ),
      );
    case "recover":
      return await (await import("./recover.ts")).runRecover(
        readArguments(
          rest.map((word) => (word === "-o" ? "--output" : word)),
          { output: "value", json: "switch" },
        ),
      );
    case "demo":
      return await (await import("./demo.ts")).runDemo(readArguments(rest, { json: "switch" }));
    case "start":
      return await (await import("./start.ts")).runStart(readArguments(rest, {}));
    case "open":
      return await (await import("./open.ts")).runOpen(readArguments(rest, {}));
    case "serve":
      return await (await import("./serve.ts")).runServe(readArguments(rest, { port: "value", "no-open": "switch" }));
    case "help":
    case "--help":
    case "-h":
      process.stdout.write(HELP);
      return 0;
    case "merge":
    case "enrich":
    case "hunt":
    case "report":
      throw new Usage(`"${command}" is not part of this version yet`);
    default:
      throw new Usage(`"${command}" is not a command of tidemark; "tidemark help" lists them`);
  }
}

try {
  process.exitCode = await run(process.argv.slice(2));
} catch (thrown) {
  if (thrown instanceof Usage) {
    process.stderr.write(`tidemark: ${thrown.message}\n`);
    process.exitCode = 2;
  } else {
    const failure = failureOf(thrown);
    process.stderr.write(`tidemark: ${failure.message}\n`);
    if (failure.kind === "case-damaged")
      process.stderr.write(
        process.argv[2] === "recover"
          ? "So little of it can be read that nothing could be taken over; add the evidence anew, into a new case.\n"
          : '"tidemark recover CASE -o NEW" takes over what can still be read of a case into a new one.\n',
      );
    if (failure.kind === "bug")
      process.stderr.write(
        `This is a mistake in the program${thrown instanceof Error ? `:\n${thrown.stack ?? ""}` : ""}\n`,
      );
    process.exitCode = EXIT[failure.kind];
  }
}
