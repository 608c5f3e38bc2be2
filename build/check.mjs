// `npm test`: types, lint, import rules, unused code, the page, the bundled program, the sample incident, then every test, a real
// browser's included, and the desktop window where Electron's program is there (else: not run, and why). Goes on after a failed step;
// its last line is "N passed, N failed", steps and tests counted together. Plain JavaScript: on an older Node it starts again under the
// packaged one. `node build/check.mjs lint unused` runs only the steps named.

import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const NEEDED = 24;
const root = fileURLToPath(new URL("..", import.meta.url));
const bin = (path) => join(root, "node_modules", path);
const report = (folder) => join(folder, "tests.json");
/** Made once for all tests that ask for it (test/support/sample.ts); without this step they make their own. */
const sample = (folder) => join(folder, "sample");

/** Name → what is started: a script of a tool and its arguments. `folder` is for its report. */
const steps = {
  // TypeScript 7, four times as fast as 6, has no programming interface yet: import rules and unused code are found with 6.
  types: () => [bin("@typescript/native/bin/tsc"), "-b"],
  lint: () => [bin("@biomejs/biome/bin/biome"), "check", "--config-path=build/biome.json", "."],
  layers: () => [
    bin("dependency-cruiser/bin/dependency-cruiser.mjs"),
    "--config",
    "build/layers.mjs",
    ...["shared", "electron", "renderer", "test"],
  ],
  unused: () => [bin("knip/bin/knip.js"), "-c", "build/knip.json", "--no-config-hints"],
  page: () => [bin("vite/bin/vite.js"), "build", "--config", "build/vite.config.ts"],
  program: () => [join(root, "build", "bundle-program.mjs")],
  sample: (folder) => [join(root, "electron", "cli", "tidemark.mjs"), "demo", sample(folder)],
  tests: (folder) => vitest("build/vitest.config.ts", report(folder)),
  browser: (folder) => vitest("build/vitest.browser.config.ts", report(folder)),
  desktop: () => [join(root, "test", "e2e", "electron.smoke.mjs")],
};
const counting = new Set(["tests", "browser"]);
/** Looked at side by side: each is one process on one core. */
const together = new Set(["types", "lint", "layers", "unused", "page", "program", "sample"]);
/** Exit code of a step that cannot run on this machine; it says why. Neither passed nor failed. */
const NOT_RUN = 77;

function vitest(config, file) {
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${file}`];
  return [bin("vitest/vitest.mjs"), "run", "--config", config, ...reporters];
}

if (Number(process.versions.node.split(".")[0]) >= NEEDED) await check(process.argv.slice(2));
else await again();

async function check(asked) {
  const names = asked.length > 0 ? asked : Object.keys(steps);
  const folder = mkdtempSync(join(tmpdir(), "tidemark-check-"));
  const ended = [];
  for (const group of grouped(names))
    ended.push(...(await Promise.all(group.map((name) => step(name, folder, group)))));
  rmSync(folder, { recursive: true, force: true });
  print(ended);
}

/** Neighbours that are looked at together make one group, every other step one of its own. */
function grouped(names) {
  const groups = [];
  for (const name of names) {
    const last = groups.at(-1);
    if (last && together.has(name) && together.has(last[0])) last.push(name);
    else groups.push([name]);
  }
  return groups;
}

/** What one of several says is printed when it has ended, so that no line stands among another's. */
async function step(name, folder, group) {
  const alone = group.length === 1;
  if (alone) console.log(`\n── ${name}`);
  const began = performance.now();
  rmSync(report(folder), { force: true });
  const said = [];
  const env = existsSync(sample(folder)) ? { ...process.env, TIDEMARK_DEMO: sample(folder) } : process.env;
  const code = steps[name] ? await run(process.execPath, steps[name](folder), alone ? null : said, env) : -1;
  if (!alone) console.log(`\n── ${name}\n${Buffer.concat(said).toString("utf8")}`.trimEnd());
  const seconds = (performance.now() - began) / 1000;
  return { name, seconds, ...(counting.has(name) ? tested(report(folder), code) : counted(code)) };
}

/** The exit code; -1 when it was ended by a signal or could not be started. `said`: where its output goes; null: to the terminal. */
function run(file, args, said, env = process.env) {
  return new Promise((resolve) => {
    const out = said === null ? "inherit" : "pipe";
    const child = spawn(file, args, { cwd: root, env, stdio: ["ignore", out, out] });
    for (const stream of [child.stdout, child.stderr]) stream?.on("data", (bytes) => said.push(bytes));
    child.on("error", () => resolve(-1));
    child.on("close", (code, signal) => {
      if (signal !== null) console.log(`ended by ${signal}`);
      resolve(code ?? -1);
    });
  });
}

function counted(code) {
  const notRun = code === NOT_RUN;
  return { passed: code === 0 ? 1 : 0, failed: code === 0 || notRun ? 0 : 1, skipped: notRun ? 1 : 0 };
}

/** A file that could not be loaded, and a run that failed without any failed test, count as one failure each. */
function tested(path, code) {
  if (!existsSync(path)) return { passed: 0, failed: 1, skipped: 0 };
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = JSON.parse(
    readFileSync(path, "utf8"),
  );
  const unloaded = testResults.filter(
    ({ status, assertionResults }) => status === "failed" && !assertionResults.some((each) => each.status === "failed"),
  ).length;
  const failed = numFailedTests + unloaded;
  return {
    passed: numPassedTests,
    failed: code !== 0 && failed === 0 ? 1 : failed,
    skipped: numPendingTests + numTodoTests,
  };
}

function print(ended) {
  const sum = (key) => ended.reduce((total, each) => total + each[key], 0);
  console.log("");
  for (const { name, seconds, passed, failed, skipped } of ended) {
    const outcome = counting.has(name)
      ? `${passed} passed, ${failed} failed, ${skipped} skipped`
      : failed
        ? "failed"
        : skipped
          ? "not run; the reason stands above"
          : "passed";
    console.log(`${name.padEnd(8)}${seconds.toFixed(1).padStart(7)} s  ${outcome}`);
  }
  console.log(`${"all".padEnd(8)}${(performance.now() / 1000).toFixed(1).padStart(7)} s`);
  console.log(`${sum("passed")} passed, ${sum("failed")} failed`);
  process.exitCode = sum("failed") === 0 && sum("passed") > 0 ? 0 : 1;
}

/** The same again under the Node that `npm ci` brought: of the optional packages only this platform's is installed. */
async function again() {
  const { optionalDependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const file = process.platform === "win32" ? "bin/node.exe" : "bin/node";
  const packaged = Object.keys(optionalDependencies)
    .map((name) => bin(`${name}/${file}`))
    .find((path) => existsSync(path));
  if (packaged) {
    process.exitCode = await run(packaged, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], null);
    return;
  }
  console.error(`Node ${NEEDED} is needed; this is ${process.versions.node}, and "npm ci" has not brought one.`);
  console.log("0 passed, 1 failed");
  process.exitCode = 1;
}
