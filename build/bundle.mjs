// How the program's code is bundled: every module in one flat folder, a package with native code left where it is.
// A file that is started by its address (`new URL("./thread.ts", import.meta.url)`) becomes a file of its own, whoever starts it.

import { existsSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("..", import.meta.url));
const STARTED = /new URL\("([^"]+)\.ts", import\.meta\.url\)/g;

/** electron/ingest/thread.ts → ingest-thread.mjs */
const nameOf = (file) => `${relative(join(root, "electron"), file).replace(/\.ts$/, "").replace(/[\\/]/g, "-")}.mjs`;

const startedFiles = {
  name: "started-files",
  transform(code, id) {
    if (!id.endsWith(".ts") || !STARTED.test(code)) return null;
    const changed = code.replace(STARTED, (_, path) => {
      const file = resolve(dirname(id), `${path}.ts`);
      if (!existsSync(file)) throw new Error(`${id} starts ${file}, which is not there`);
      this.emitFile({ type: "chunk", id: file, fileName: nameOf(file) });
      return `new URL("./${nameOf(file)}", import.meta.url)`;
    });
    return { code: changed, map: null };
  },
};

/** Names in the folder of what is bundled. */
export const modules = { format: "es", entryFileNames: "[name].mjs", chunkFileNames: "[name]-[hash].mjs" };

/** For Vite. `plugins`: more of them. */
export const bundling = (outDir, rolldownOptions, emptyOutDir, plugins = []) => ({
  configFile: false,
  root,
  logLevel: "warn",
  publicDir: false,
  plugins: [startedFiles, ...plugins],
  ssr: { target: "node", noExternal: true, external: ["electron", "better-sqlite3"] },
  build: { ssr: true, outDir, emptyOutDir, target: "node24", minify: false, sourcemap: false, rolldownOptions },
});
