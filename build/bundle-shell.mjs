// The desktop window's code into dist/shell: its main process, the engine's processes and threads as modules, the preload as CommonJS,
// for a sandboxed page's preload can be nothing else. Electron's Node strips no types inside a package.

import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vite";
import { bundling, modules, root } from "./bundle.mjs";

export async function bundleShell(outDir = join(root, "dist", "shell")) {
  const shell = join(root, "electron", "shell");
  await build(bundling(outDir, { input: { main: join(shell, "main.ts") }, output: modules }, true));
  const preload = { format: "cjs", entryFileNames: "preload.cjs", codeSplitting: false };
  await build(bundling(outDir, { input: { preload: join(shell, "preload.ts") }, output: preload }, false));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await bundleShell();
