// The command on an older Node: it goes on under the Node that came with the package, or says in one sentence that it cannot. And what it
// then runs: the bundled program or its sources.

import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { bundledProgram } from "../../electron/cli/bundled.mjs";
import { folder } from "../support/cli.ts";
import { smallLog } from "../support/loopback.ts";

const root = join(import.meta.dirname, "..", "..");
const command = join(root, "electron/cli/tidemark.mjs");
const check = join(root, "build/check.mjs");

type Ended = { readonly status: number | null; readonly stdout: string; readonly stderr: string };
const run = (node: readonly string[], script: string, args: readonly string[]): Ended => {
  const [file = "", ...first] = node;
  return spawnSync(file, [...first, script, ...args], { encoding: "utf8", cwd: root });
};

// A Node that says it is 20; what it starts is not told so.
const older = 'Object.defineProperty(process, "versions", { value: { ...process.versions, node: "20.20.2" } });';
const pretending = [process.execPath, "--import", `data:text/javascript,${encodeURIComponent(older)}`];

/** Nodes on this machine's path that are really older. */
const found = [...new Set((process.env.PATH ?? "").split(delimiter).flatMap(nodeIn))].flatMap((file) => {
  const major = /^v(\d+)\./.exec(spawnSync(file, ["--version"], { encoding: "utf8" }).stdout ?? "")?.[1];
  return major !== undefined && Number(major) >= 18 && Number(major) < 24
    ? [[`Node ${major}, as found`, [file]] as const]
    : [];
});

function nodeIn(path: string): string[] {
  const file = join(path, process.platform === "win32" ? "node.exe" : "node");
  return existsSync(file) ? [realpathSync(file)] : [];
}

describe.each([["a Node that pretends", pretending] as const, ...found])("under %s", (_, node) => {
  test("the command works", () => {
    const [passed, direct] = [run(node, command, ["--help"]), run([process.execPath], command, ["--help"])];
    expect(passed).toMatchObject({ status: 0, stdout: direct.stdout, stderr: "" });
    expect(passed.stdout).toContain("tidemark");
  });

  test("arguments, exit code and both outputs pass through", () => {
    const args = ["info", join(folder(), "no such case.tidemark"), "--json"];
    const [passed, direct] = [run(node, command, args), run([process.execPath], command, args)];
    expect(passed).toMatchObject({ status: direct.status, stdout: direct.stdout, stderr: direct.stderr });
    expect([direct.status, direct.stderr]).toEqual([3, expect.stringContaining("no such case.tidemark")]);
  });

  test("without the packaged Node it says so in one line and ends with 2", () => {
    const alone = join(folder(), "electron/cli/tidemark.mjs");
    mkdirSync(dirname(alone), { recursive: true });
    copyFileSync(command, alone);
    const { status, stdout, stderr } = run(node, alone, ["--help"]);
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(/^Tidemark needs Node 24 or newer; this is \d+\.\d+\.\d+, and [^\n]*\n$/);
  });

  test("so do the checks", () => {
    const { status, stdout } = run(node, check, ["nothing"]);
    expect([status, stdout.trimEnd().split("\n").at(-1)]).toEqual([1, "0 passed, 1 failed"]);
    expect(stdout).toContain("── nothing");
  });
});

describe("the bundled program", () => {
  const source = join(root, "electron", "cli", "main.ts");
  const { size, mtimeMs } = statSync(source);
  const bundleOf = (pointer: string): string =>
    join(
      folder([
        ["program.json", pointer],
        ["program-1/main.mjs", ""],
      ]),
      "program.json",
    );
  const made = (sources: object): string => bundleOf(JSON.stringify({ folder: "program-1", sources }));

  test("is run while its sources are those it was made of, and never otherwise", () => {
    const same = { "electron/cli/main.ts": [size, mtimeMs] };
    const pointer = made(same);
    expect(bundledProgram(pointer)).toBe(join(dirname(pointer), "program-1"));
    const others = [
      made({ "electron/cli/main.ts": [size + 1, mtimeMs] }),
      made({ "electron/cli/main.ts": [size, mtimeMs + 1] }),
      made({ ...same, "electron/cli/gone.ts": [size, mtimeMs] }),
      made({ "package.json": statSync(join(root, "package.json")).size }),
      bundleOf(JSON.stringify({ folder: "program-2", sources: same })),
      bundleOf("{}"),
      bundleOf("{"),
      join(folder(), "program.json"),
    ];
    expect(others.map((each) => bundledProgram(each))).toEqual(others.map(() => null));
  });

  test("has every source of the program in its list, and answers as the sources do", async () => {
    const { bundleProgram } = (await import(new URL("../../build/bundle-program.mjs", import.meta.url).href)) as {
      bundleProgram(dist: string, pointer: string): Promise<string>; // plain JavaScript without types
    };
    const pointer = join(folder(), "program.json");
    const bundle = await bundleProgram(join(root, "dist"), pointer); // beside the packages that it leaves where they are
    const { sources } = JSON.parse(readFileSync(pointer, "utf8")) as { sources: Record<string, readonly number[]> };
    const listed = Object.keys(sources);
    const wanted = ["cli/query.ts", "look/main.ts", "ingest/thread.ts"].map((path) => `electron/${path}`);
    expect(listed).toEqual(expect.arrayContaining([...wanted, "shared/rows.ts", "build/bundle.mjs"]));
    expect(listed.filter((path) => /^(renderer|test|electron\/shell)\//.test(path))).toEqual([]);
    const logs = folder([["PT1H.json", smallLog("10.0.0.4")]]);
    const answers = [join(bundle, "main.mjs"), source].map((program) => {
      const casePath = join(folder(), "case.tidemark");
      const added = run([process.execPath], program, ["ingest", casePath, logs, "--json"]);
      const asked = run([process.execPath], program, ["query", casePath, "--by", "tuples", "--format", "json"]);
      return [added.status, asked.status, asked.stderr, asked.stdout];
    });
    expect(answers[0]).toEqual(answers[1]);
    expect(answers[0]?.slice(0, 3)).toEqual([0, 0, ""]);
  });
});
