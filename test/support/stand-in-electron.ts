// A folder that electron-builder takes for an unpacked Electron: the names it looks for, and a program with nothing in it but the
// fuses, all as Electron ships them.

import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createPackage } from "@electron/asar";
import { folder } from "./cli.ts";

const SENTINEL = "dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX";
/** Fuse wire of version 1, nine fuses, each as the character 0 or 1. */
const SHIPPED = "101100011";

export async function standInElectron(version: string): Promise<string> {
  const dist = folder([
    ["version", version],
    ["LICENSE", "MIT"],
    ["LICENSES.chromium.html", ""],
    ["chrome-sandbox", ""],
  ]);
  const wire = Buffer.concat([Buffer.from(SENTINEL), Buffer.from([1, SHIPPED.length]), Buffer.from(SHIPPED)]);
  writeFileSync(join(dist, "electron"), Buffer.concat([Buffer.alloc(4096), wire, Buffer.alloc(4096)]));
  chmodSync(join(dist, "electron"), 0o755);
  mkdirSync(join(dist, "resources"));
  await createPackage(folder([["package.json", "{}"]]), join(dist, "resources", "default_app.asar"));
  return dist;
}
