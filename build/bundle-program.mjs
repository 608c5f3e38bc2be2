// The command line's code into dist/program, which starts in half the time that its 300 sources take. sources.json says what it was
// made of; while a source is another (electron/cli/bundled.mjs looks), the sources run instead.

import { mkdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vite";
import { bundling, modules, root } from "./bundle.mjs";

export async function bundleProgram(outDir = join(root, "dist", "program")) {
  const sources = new Set();
  const listing = {
    name: "sources",
    buildEnd() {
      for (const id of this.getModuleIds()) if (isOwn(id)) sources.add(id);
    },
  };
  const made = `${outDir}.${process.pid}`; // whole, or not there
  const input = { main: join(root, "electron", "cli", "main.ts") };
  await build(bundling(made, { input, output: modules }, true, [listing]));
  // The packages that went in change with npm's own list of them.
  const all = [...sources, join(root, "node_modules", ".package-lock.json")].sort();
  const stats = all.map((path) => [relative(root, path).split(sep).join("/"), madeOf(path)]);
  writeFileSync(join(made, "sources.json"), JSON.stringify(Object.fromEntries(stats)));
  rmSync(outDir, { recursive: true, force: true });
  mkdirSync(join(outDir, ".."), { recursive: true });
  renameSync(made, outDir);
}

const isOwn = (id) => id.startsWith(root) && !id.includes("node_modules") && !id.includes("\0");

/** Bytes, and ms since 1970. */
function madeOf(path) {
  const { size, mtimeMs } = statSync(path);
  return [size, mtimeMs];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await bundleProgram();
