// The desktop program as it is packaged, with a stand-in for Electron: what is in the archive and what beside it, the fuses read back,
// and the engine run from what was packed.

import { execFileSync } from "node:child_process";
import { cpSync, existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { extractAll, listPackage } from "@electron/asar";
import { FuseState, FuseV1Options, getCurrentFuseWire } from "@electron/fuses";
import { Platform } from "electron-builder";
import { beforeAll, describe, expect, test } from "vitest";
import { startEngine } from "../../electron/engine/engine.ts";
import { forkEntry } from "../../electron/engine/fork.ts";
import { folder } from "../support/cli.ts";
import { standInElectron } from "../support/stand-in-electron.ts";

const root = join(import.meta.dirname, "..", "..");
const version = (
  JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { devDependencies: { electron: string } }
).devDependencies.electron;
const PAGE = [
  ["index.html", "<!doctype html>"],
  ["assets/index.js", "export {};"],
] as const;

type Tools = {
  bundleShell(outDir: string): Promise<void>;
  packFolder(parts: Readonly<Record<string, string>>, platform: unknown): Promise<void>;
};
const tool = async (name: string): Promise<Partial<Tools>> =>
  (await import(new URL(`../../build/${name}`, import.meta.url).href)) as Tools; // plain JavaScript without types

let packed = "";
let archived: readonly string[] = [];

beforeAll(async () => {
  const { bundleShell } = await tool("bundle-shell.mjs");
  const { packFolder } = await tool("package.mjs");
  const shell = folder([]);
  const output = folder([]);
  await bundleShell!(shell);
  const electronDist = await standInElectron(version);
  await packFolder!(
    { shell, page: folder(PAGE.map(([name, text]) => [name, text])), output, electronDist },
    Platform.LINUX,
  );
  packed = join(output, readdirSync(output).find((name) => name.startsWith("linux"))!);
  archived = listPackage(join(packed, "resources", "app.asar"), { isPack: false }).map((path) =>
    path.replaceAll("\\", "/"),
  );
}, 120_000);

const files = (): string[] => archived.filter((path) => !archived.some((other) => other.startsWith(`${path}/`)));

describe("the archive", () => {
  test("holds the bundled program, its page and its one package, and no other thing", () => {
    const kinds = new Set(
      files().map((path) => path.replace(/^(\/dist\/(?:shell|renderer)|\/node_modules\/[^/]+)\/.*/, "$1")),
    );
    expect([...kinds].sort()).toEqual([
      "/dist/renderer",
      "/dist/shell",
      "/node_modules/better-sqlite3",
      "/package.json",
    ]);
    const wanted = ["main.mjs", "preload.cjs", "look-main.mjs", "work-main.mjs", "ingest-thread.mjs"].map(
      (name) => `/dist/shell/${name}`,
    );
    expect(files()).toEqual(expect.arrayContaining([...wanted, ...PAGE.map(([name]) => `/dist/renderer/${name}`)]));
  });

  test("has nothing of development in it", () => {
    const odd =
      /\.(ts|tsx|map|md|c|h|cc|gyp)$|\/(test|build|docs|src|deps|electron|renderer\/[a-z]+\/.*tsx?)\/|biome|vitest|\.git|tsconfig/;
    expect(
      files().filter((path) => odd.test(path.replace("/dist/", "/")) && !path.startsWith("/dist/renderer/")),
    ).toEqual([]);
  });

  test("has this platform's binary alone, and that one outside", () => {
    const binary = `/node_modules/better-sqlite3/prebuilds/linux-${process.arch}.node`;
    expect(files().filter((path) => path.endsWith(".node"))).toEqual([binary]);
    const unpacked = join(packed, "resources", "app.asar.unpacked");
    const outside = readdirSync(unpacked, { recursive: true, encoding: "utf8" }).filter((path) =>
      statSync(join(unpacked, path)).isFile(),
    );
    expect(outside.map((path) => `/${path}`)).toEqual([binary]);
  });

  test("is started at the bundled shell", () => {
    const { main, type, name } = JSON.parse(readFileSync(join(extracted(), "package.json"), "utf8")) as Record<
      string,
      string
    >;
    expect({ main, type, name }).toEqual({ main: "dist/shell/main.mjs", type: "module", name: "tidemark" });
  });
});

test("beside it lie the countries' database with its licence, and no page or code", () => {
  const resources = join(packed, "resources");
  expect(readdirSync(resources).sort()).toEqual([
    "app.asar",
    "app.asar.unpacked",
    "geo-whois-asn-country.LICENSE",
    "geo-whois-asn-country.mmdb",
    "tidemark.LICENSE",
  ]);
  const mmdb = "node_modules/@ip-location-db/geo-whois-asn-country-mmdb/geo-whois-asn-country.mmdb";
  expect(readFileSync(join(resources, "geo-whois-asn-country.mmdb")).equals(readFileSync(join(root, mmdb)))).toBe(true);
});

test("all nine fuses are what they must be", async () => {
  const wire = (await getCurrentFuseWire(join(packed, "tidemark"))) as unknown as Record<string, unknown>;
  const names = Object.entries(FuseV1Options).filter(([, n]) => typeof n === "number");
  const read = Object.fromEntries(names.map(([name, n]) => [name, wire[String(n)] === FuseState.ENABLE]));
  expect(read).toEqual({
    RunAsNode: false,
    EnableCookieEncryption: true,
    EnableNodeOptionsEnvironmentVariable: false,
    EnableNodeCliInspectArguments: false,
    EnableEmbeddedAsarIntegrityValidation: true,
    OnlyLoadAppFromAsar: true,
    LoadBrowserProcessSpecificV8Snapshot: false,
    GrantFileProtocolExtraPrivileges: false,
    WasmTrapHandlers: true, // as shipped
  });
});

test("files of cases belong to it on every system", async () => {
  const { packaging } = (await import(new URL("../../build/electron-builder.mjs", import.meta.url).href)) as {
    packaging(parts: object): {
      fileAssociations: { ext: string }[];
      npmRebuild: boolean;
      mac: { entitlements: string; icon: string };
      win: { icon: string };
    };
  };
  const { fileAssociations, npmRebuild, mac, win } = packaging({});
  expect([fileAssociations.map(({ ext }) => ext), npmRebuild]).toEqual([["tidemark"], false]);
  for (const path of [mac.entitlements, mac.icon, win.icon]) expect(existsSync(path), path).toBe(true);
  expect(readFileSync(mac.entitlements, "utf8")).toContain("com.apple.security.cs.allow-jit");
});

let copy = "";
/** The archive as files, its unpacked ones among them: what Electron sees in it. */
function extracted(): string {
  if (copy === "") {
    copy = folder([]);
    extractAll(join(packed, "resources", "app.asar"), copy);
    cpSync(join(packed, "resources", "app.asar.unpacked"), copy, { recursive: true });
  }
  return copy;
}

test.runIf(process.platform === "linux")("the packed engine reads evidence and answers", async () => {
  const app = extracted();
  const casePath = join(folder([]), "a.tidemark");
  const engine = startEngine({
    launch: (name) => forkEntry(join(app, "dist", "shell", `${name}-main.mjs`), [casePath]),
  });
  const evidence = join(root, "test", "evidence", "documented-sample.json");
  const { added } = await engine.ask("source.add", { paths: [evidence], upload: null, embed: true, jobs: 2 });
  const info = await engine.ask("case.info", {});
  expect(added.tuples).toBeGreaterThan(0);
  expect(info.tuples).toBe(added.tuples);
  const to = join(folder([]), "copy.tidemark");
  expect((await engine.ask("case.copy", { to })).path).toBe(to); // by a thread of its own
  await engine.stop();
});

test("the packed preload is CommonJS and asks for nothing but electron", () => {
  const text = readFileSync(join(extracted(), "dist", "shell", "preload.cjs"), "utf8");
  expect([...text.matchAll(/require\("([^"]+)"\)/g)].map(([, name]) => name)).toEqual(["electron"]);
  expect(text).not.toMatch(/^\s*(import|export)\b/m);
  execFileSync(process.execPath, ["--check", join(extracted(), "dist", "shell", "preload.cjs")]);
});
