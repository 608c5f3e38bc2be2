// Makes kernel-bytes.ts of the sources in kernel/, in each room that has a kernel: `node build/kernel.mjs`. A test holds them equal.

import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import asc from "assemblyscript/asc";

export const ROOMS = ["ingest", "analysis"];

/** The text of a room's kernel-bytes.ts. */
export async function madeFromKernel(room) {
  const folder = new URL(`../electron/${room}/kernel/`, import.meta.url);
  let bytes;
  const stderr = asc.createMemoryStream();
  const { error } = await asc.main(
    [
      "index.ts",
      "--outFile",
      "kernel.wasm",
      "--runtime",
      "stub",
      "--noAssert",
      "--use",
      "abort=",
      "-O3",
      "--converge",
      "--enable",
      "simd",
    ],
    {
      stderr,
      readFile: (name) => {
        try {
          return readFileSync(new URL(name, folder), "utf8");
        } catch {
          return null; // it asks for names that are not there
        }
      },
      writeFile: (name, contents) => {
        if (name === "kernel.wasm") bytes = contents;
      },
      listFiles: () => [],
    },
  );
  if (error) throw new Error(`${error.message}\n${stderr.toString()}`);
  const lines = Buffer.from(bytes)
    .toString("base64")
    .match(/.{1,120}/g);
  return [
    `// Made by build/kernel.mjs of electron/${room}/kernel; not to be edited.`,
    "",
    "export const KERNEL =",
    `${lines.map((line) => `  "${line}"`).join(" +\n")};`,
    "",
  ].join("\n");
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  for (const room of ROOMS)
    writeFileSync(new URL(`../electron/${room}/kernel-bytes.ts`, import.meta.url), await madeFromKernel(room));
