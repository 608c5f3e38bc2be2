// `node build/package.mjs`: builds page and shell, then a folder with the program in it (dist/package), without installer. For others
// than this platform and for installers, electron-builder itself takes the same configuration.
//
//   --electron <folder>   an unpacked Electron, instead of the one that is downloaded
//   --inspectable         a build that Playwright can drive

import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { DIR_TARGET, Platform, build as pack } from "electron-builder";
import { build } from "vite";
import { bundleShell } from "./bundle-shell.mjs";
import { packaging } from "./electron-builder.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const dist = (folder) => fileURLToPath(new URL(`../dist/${folder}`, import.meta.url));

/** Packs what has been built. */
export async function packFolder(parts, platform = Platform.current()) {
  const targets = platform.createTarget(DIR_TARGET);
  await pack({ projectDir: root, targets, config: packaging(parts), publish: "never" });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({ options: { electron: { type: "string" }, inspectable: { type: "boolean" } } });
  const parts = { shell: dist("shell"), page: dist("renderer"), output: dist("package") };
  await build({ configFile: fileURLToPath(new URL("vite.config.ts", import.meta.url)) });
  await bundleShell(parts.shell);
  await packFolder({ ...parts, electronDist: values.electron, inspectable: values.inspectable });
}
