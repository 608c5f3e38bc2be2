// The sample incident for tests: the one that was made before them (`TIDEMARK_DEMO`: by `npm test`, or by whoever writes tests), or one made now.

import { join } from "node:path";
import { folder, json } from "./cli.ts";

/** A folder as `tidemark demo` makes it: logs, logs.zip, truth.json, STORY.md, demo.tidemark. Only looked at: others use it too. */
export async function sampleIncident(): Promise<string> {
  const { TIDEMARK_DEMO: made } = process.env;
  if (made) return made;
  const home = join(folder(), "incident");
  await json(["demo", home, "--json"]);
  return home;
}
