// `npm start`: the page is built, the sample incident made, and the app opened on it.

import { dirname, join } from "node:path";
import { forkProcess } from "../engine/fork.ts";
import { programVersion } from "../host/desk.ts";
import { newSample } from "../host/sample.ts";
import { clearProgress, showProgress } from "./commands.ts";
import { openApp } from "./open.ts";
import { builtPage, builtProgram, projectFolder } from "./serve-page.ts";
import { type Arguments, Usage } from "./usage.ts";

export async function runStart(args: Arguments): Promise<number> {
  if (args.operands.length > 0) throw new Usage('"start" opens the sample incident; "open" takes a case');
  await Promise.all([builtPage(), builtProgram()]);
  const folder = process.env.TIDEMARK_SAMPLE_DIR || join(projectFolder, ".sample");
  process.stderr.write(
    "The sample incident: three days of flow logs of a hub and a spoke network, with an intrusion in them.\n",
  );
  const casePath = await newSample(folder, programVersion(), forkProcess).prepare(showProgress);
  clearProgress();
  process.stderr.write(`The case is ${casePath}; its story is in ${join(dirname(casePath), "STORY.md")}.\n`);
  return await openApp(casePath, folder);
}
