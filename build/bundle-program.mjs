// The command line's code bundled, which starts in half the time that its 300 sources take: into a folder of its own in dist/, named by
// what it was made of, and dist/program.json, which names that folder and each source with its size and time of change. While a source
// is another (electron/cli/bundled.mjs looks), the sources run instead. Programs that run from an earlier bundle go on: the last few stay.

import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vite";
import { bundling, modules, root } from "./bundle.mjs";

/** What is not a module of the program but decides what it becomes; npm's own list stands for all packages. */
const BESIDE = ["build/bundle.mjs", "build/bundle-program.mjs", "node_modules/.package-lock.json"];
const FOLDER = /^program-[0-9a-f]{16}$/;
const KEPT = 3;

/** `dist`: where both go; its folders must lie two deep in the project, as electron/cli does. Returns the bundle's folder. */
export async function bundleProgram(dist = join(root, "dist"), pointer = join(dist, "program.json")) {
  const sources = new Map(BESIDE.map((path) => [path, madeOf(join(root, path))]));
  const listing = {
    name: "sources",
    enforce: "pre",
    // before it is read: what is saved meanwhile makes the bundle old, and never a bundle of old code new
    load(id) {
      const path = relative(root, id.replace(/\?.*$/, "")).split(sep).join("/");
      if (/^(electron|shared)\//.test(path)) sources.set(path, madeOf(join(root, path)));
      return null;
    },
  };
  mkdirSync(dist, { recursive: true });
  const made = join(dist, `program-${process.pid}.new`);
  try {
    const input = { main: join(root, "electron", "cli", "main.ts") };
    await build(bundling(made, { input, output: modules }, true, [listing]));
    if (!sources.has("electron/cli/main.ts")) throw new Error("the bundle does not say what it was made of");
    const text = JSON.stringify(Object.fromEntries([...sources].sort()));
    const name = `program-${createHash("sha256").update(text).digest("hex").slice(0, 16)}`;
    const folder = join(dist, name);
    if (!isThere(folder)) renameSync(made, folder);
    writeFileSync(`${pointer}.${process.pid}`, `{"folder":"${name}","sources":${text}}`);
    renameSync(`${pointer}.${process.pid}`, pointer);
    dropOld(dist, name);
    return folder;
  } finally {
    rmSync(made, { recursive: true, force: true });
  }
}

function isThere(path) {
  return statSync(path, { throwIfNoEntry: false }) !== undefined;
}

/** Bytes, and ms since 1970. */
function madeOf(path) {
  const { size, mtimeMs } = statSync(path);
  return [size, mtimeMs];
}

function dropOld(dist, current) {
  const folders = readdirSync(dist).filter((name) => FOLDER.test(name) && name !== current);
  const age = (name) => statSync(join(dist, name)).mtimeMs;
  for (const name of folders.sort((a, b) => age(b) - age(a)).slice(KEPT))
    rmSync(join(dist, name), { recursive: true, force: true });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await bundleProgram();
