// `tidemark demo`: the sample incident as logs and as a case.

import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { writeSample } from "../sample/write.ts";
import { ingest, printAccount } from "./commands.ts";
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
