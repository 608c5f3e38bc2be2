// `tidemark demo` and, until there is a window, `npm start`: the sample incident, its account and first answers.

import { existsSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Question } from "../../shared/contract.ts";
import { rowFields } from "../../shared/rows.ts";
import { EVERYTHING } from "../../shared/scope.ts";
import { writeSample } from "../sample/write.ts";
import { ingest, printAccount, printInfo } from "./commands.ts";
import { withEngine } from "./engine.ts";
import { print, writers } from "./formats.ts";
import { type Arguments, only, Usage } from "./usage.ts";

const JOBS = 2;

export async function runDemo(args: Arguments): Promise<number> {
  const dir = only(args, "folder");
  if (existsSync(join(dir, "demo.tidemark")))
    throw new Usage(`${dir} holds a demo.tidemark already; name another folder`);
  const account = await makeDemo(dir);
  process.stdout.write(args.has("json") ? `${JSON.stringify({ dir, ...account })}\n` : printAccount(account));
  return 0;
}

async function makeDemo(dir: string): ReturnType<typeof ingest> {
  mkdirSync(dir, { recursive: true });
  await writeSample(dir);
  return await ingest(join(dir, "demo.tidemark"), {
    paths: [join(dir, "logs")],
    upload: null,
    embed: true,
    jobs: JOBS,
  });
}

const FIRST: readonly {
  readonly title: string;
  readonly by: Question["by"];
  readonly filter: string;
  readonly sort: string;
  readonly fields: readonly string[];
}[] = [
  {
    title: "Who sent the most (endpoints by bytes out)",
    by: "endpoints",
    filter: "",
    sort: "bytesOut",
    fields: ["ip", "tuples", "denied", "bytesOut", "bytesIn", "firstTime", "lastTime"],
  },
  {
    title: "What left the networks (edges from private to public addresses by bytes sent)",
    by: "edges",
    filter: "src == private and dst == public",
    sort: "bytesSent",
    fields: ["srcIp", "dstIp", "srcNic", "tuples", "bytesSent", "bytesReceived", "firstTime", "lastTime"],
  },
  {
    title: "Who was let in to RDP from outside (conversations by tuples)",
    by: "conversations",
    filter: "src == public and dport == 3389 and decision == allow",
    sort: "tuples",
    fields: ["srcIp", "dstIp", "rule", "tuples", "bytesSent", "bytesReceived", "firstTime", "lastTime"],
  },
];

/** Builds the sample incident anew in the project's own folder, then prints what it is. */
export async function runStart(): Promise<number> {
  const dir = fileURLToPath(new URL("../../.sample", import.meta.url));
  rmSync(dir, { recursive: true, force: true });
  process.stdout.write(
    "Building the sample incident: three days of flow logs of a hub and a spoke network, with an intrusion in them …\n\n",
  );
  process.stdout.write(`${printAccount(await makeDemo(dir))}\n`);
  const casePath = join(dir, "demo.tidemark");
  await withEngine(casePath, async (engine) => {
    process.stdout.write(printInfo(await engine.ask("case.info", {})));
    for (const { title, by, filter, sort, fields } of FIRST) {
      await print(`\n${title}\n`);
      const question: Question = {
        by,
        scope: { ...EVERYTHING, filter },
        sort: { field: sort, order: "desc" },
        limit: 8,
        after: 0,
        bin: null,
      };
      const answer = await engine.ask("query.rows", question);
      await writers
        .table(fields.filter((field) => (rowFields[by] as readonly string[]).includes(field)))
        .rows(answer.rows);
    }
  });
  await print(
    `\nThe case is ${casePath}; its story is in ${join(dir, "STORY.md")}.\nAsk on, for example:\n  npx tidemark query ${casePath} --by tuples --filter "dport == 3389 and src == public" --limit 20\n`,
  );
  return 0;
}
