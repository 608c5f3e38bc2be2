// The bundled program (build/bundle-program.mjs), for as long as it is of these very sources. Plain JavaScript: the launcher asks before
// anything else is loaded.

import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const project = fileURLToPath(new URL("../..", import.meta.url));

/** Its folder; null where there is none, or where a source has another size or time of change than it was made of. */
export function bundledProgram(pointer = join(project, "dist", "program.json")) {
  try {
    const { folder, sources } = JSON.parse(readFileSync(pointer, "utf8"));
    const isSame = ([path, [size, mtimeMs]]) => {
      const now = statSync(join(project, path));
      return now.size === size && now.mtimeMs === mtimeMs;
    };
    const bundle = join(dirname(pointer), folder);
    const isOfThese = "electron/cli/main.ts" in sources && Object.entries(sources).every(isSame);
    return isOfThese && existsSync(join(bundle, "main.mjs")) ? bundle : null;
  } catch {
    return null; // none, or a source that is gone: the sources themselves run, and say what is wrong with them
  }
}
