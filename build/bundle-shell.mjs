// The desktop window's code into dist/shell: its main process, the engine's processes and threads as modules in one flat folder, the
// preload as CommonJS, for a sandboxed page's preload can be nothing else. Electron's Node strips no types inside a package.
// A file that is started by its address (`new URL("./thread.ts", import.meta.url)`) becomes a file of its own, whoever starts it.

import { existsSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vite";

const root = fileURLToPath(new URL("..", import.meta.url));
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

/** Packages with native code or data beside it are left where they are; all else goes in. */
const options = (outDir, rolldownOptions, emptyOutDir) => ({
  configFile: false,
  root,
  logLevel: "warn",
  publicDir: false,
  plugins: [startedFiles],
  ssr: { target: "node", noExternal: true, external: ["electron", "better-sqlite3"] },
  build: { ssr: true, outDir, emptyOutDir, target: "node24", minify: false, sourcemap: false, rolldownOptions },
});

export async function bundleShell(outDir = join(root, "dist", "shell")) {
  const shell = join(root, "electron", "shell");
  const modules = { format: "es", entryFileNames: "[name].mjs", chunkFileNames: "[name]-[hash].mjs" };
  await build(options(outDir, { input: { main: join(shell, "main.ts") }, output: modules }, true));
  const preload = { format: "cjs", entryFileNames: "preload.cjs", codeSplitting: false };
  await build(options(outDir, { input: { preload: join(shell, "preload.ts") }, output: preload }, false));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await bundleShell();
