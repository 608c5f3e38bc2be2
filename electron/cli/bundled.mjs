// The bundled program (build/bundle-program.mjs), for as long as it is of these very sources. Plain JavaScript: the launcher asks before
// anything else is loaded.

import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const project = fileURLToPath(new URL("../..", import.meta.url));

/** Its folder; null where there is none, or where a source has another size or time of change than it was made of. */
export function bundledProgram(folder = join(project, "dist", "program")) {
  try {
    const sources = Object.entries(JSON.parse(readFileSync(join(folder, "sources.json"), "utf8")));
    const isSame = ([path, [size, mtimeMs]]) => {
      const now = statSync(join(project, path));
      return now.size === size && now.mtimeMs === mtimeMs;
    };
    return sources.length > 0 && sources.every(isSame) ? folder : null;
  } catch {
    return null; // none, or a source that is gone: the sources themselves run, and say what is wrong with them
  }
}
