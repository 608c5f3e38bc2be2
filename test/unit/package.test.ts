// What installing promises: no script runs, versions are exact, every package comes from the public registry with its hash.

import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

const root = join(import.meta.dirname, "..", "..");
const read = (path: string): string => readFileSync(join(root, path), "utf8");
const json = <T>(path: string): T => JSON.parse(read(path)) as T;

type Package = Record<
  "scripts" | "dependencies" | "devDependencies" | "optionalDependencies" | "bin",
  Record<string, string>
>;
type Locked = {
  readonly version: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly hasInstallScript?: boolean;
  readonly os?: readonly string[];
};
const own = json<Package>("package.json");
const locked = Object.entries(json<{ packages: Record<string, Locked> }>("package-lock.json").packages).slice(1);
const wanted = { ...own.dependencies, ...own.devDependencies, ...own.optionalDependencies };

test("install scripts are off, and stay off", () => {
  expect(read(".npmrc").split("\n")).toContain("ignore-scripts=true");
});

test("no script runs by itself before or after another, or at install", () => {
  const names = Object.keys(own.scripts);
  const byItself = names.filter(
    (name) => /^(pre|post)/.test(name) || ["install", "prepare", "prepack", "dependencies"].includes(name),
  );
  expect(byItself).toEqual([]);
});

test("no package needs an install script: better-sqlite3 brings its binaries", () => {
  const scripted = locked.flatMap(([path, { hasInstallScript }]) => (hasInstallScript ? [path] : []));
  expect(scripted).toEqual(["node_modules/electron-winstaller"]); // comes with electron-builder, for a target we do not make
});

describe("every version", () => {
  test("is exact, and the one that is locked", () => {
    const inLock = Object.fromEntries(
      locked.map(([path, { version }]) => [path.replace(/^node_modules\//, ""), version]),
    );
    const versions = Object.entries(wanted).map(([name, wish]) => [name, wish.replace(/^npm:[^@]+@/, "")]); // under another name
    expect(Object.fromEntries(Object.keys(wanted).map((name) => [name, inLock[name]]))).toEqual(
      Object.fromEntries(versions),
    );
  });
  // Development tools' binaries for platforms whose packages the registry did not hand out when this was locked: npm ci wants
  // them named, installs them nowhere else, and knows no hash of them.
  const unhashed = /^node_modules\/@(biomejs\/cli|duckdb\/node-bindings|oxc-parser\/binding)-(?!linux-x64(-gnu)?$)/;
  test("comes from the public registry, with its hash", () => {
    const registry = /^https:\/\/registry\.npmjs\.org\//; // left out where npm writes no addresses, which means the same
    const odd = locked.filter(
      ([path, { resolved, integrity }]) =>
        !registry.test(resolved ?? "https://registry.npmjs.org/") ||
        !(/^sha512-/.test(integrity ?? "") || unhashed.test(path)),
    );
    expect(odd.map(([path]) => path)).toEqual([]);
  });
});

test("the packages that bring Node are for their platforms alone", () => {
  const nodes = Object.keys(own.optionalDependencies);
  const bound = locked.flatMap(([path, { os }]) => (os ? [path.replace(/^node_modules\//, "")] : []));
  expect(nodes.filter((name) => !bound.includes(name))).toEqual([]);
});

test.skipIf(process.platform === "win32")("the command can be executed", () => {
  const runnable = Object.values(own.bin).filter((path) => (statSync(join(root, path)).mode & 0o111) !== 0);
  expect(runnable).toEqual(Object.values(own.bin));
});
