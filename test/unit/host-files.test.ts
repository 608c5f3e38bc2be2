// What the host keeps for itself: where, how safely, and what it makes of a folder and of a name.

import { existsSync, mkdirSync, readFileSync, statSync, symlinkSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { configFolder, readJson, sampleFolder, writeJson } from "../../electron/host/folders.ts";
import { kindOf, listFolder } from "../../electron/host/list-folder.ts";
import { openRecents } from "../../electron/host/recents.ts";
import { uploadNames } from "../../electron/host/upload-name.ts";
import type { CaseInfo } from "../../shared/contract.ts";
import { failureOf } from "../../shared/failure.ts";
import { folder, listing } from "../support/cli.ts";

test("its folders are those of the operating system, or the ones named", () => {
  expect([configFolder({}, "linux"), sampleFolder({}, "linux")]).toEqual([
    join(homedir(), ".config", "tidemark"),
    join(homedir(), ".local", "share", "tidemark"),
  ]);
  const xdg = { XDG_CONFIG_HOME: "/c", XDG_DATA_HOME: "/d" };
  expect([configFolder(xdg, "linux"), sampleFolder(xdg, "linux")]).toEqual(["/c/tidemark", "/d/tidemark"]);
  expect(configFolder({}, "darwin")).toBe(join(homedir(), "Library", "Application Support", "Tidemark"));
  const windows = { APPDATA: "/r", LOCALAPPDATA: "/l" };
  expect([configFolder(windows, "win32"), sampleFolder(windows, "win32")]).toEqual(["/r/Tidemark", "/l/Tidemark"]);
  const named = { ...xdg, TIDEMARK_CONFIG_DIR: "/x", TIDEMARK_SAMPLE_DIR: "/y" };
  expect([configFolder(named, "linux"), sampleFolder(named, "linux")]).toEqual(["/x", "/y"]);
});

describe("a settings file", () => {
  const text = (value: unknown): string | null => (typeof value === "string" ? value : null);

  test.skipIf(process.platform === "win32")("is its owner's alone and replaces the one before whole", () => {
    const file = join(folder(), "new", "settings.json");
    writeJson(file, "one");
    writeJson(file, "two");
    expect([readJson(file, text), statSync(file).mode & 0o777]).toEqual(["two", 0o600]);
    expect([statSync(join(file, "..")).mode & 0o777, listing(join(file, ".."))]).toEqual([0o700, ["settings.json"]]);
  });

  test.each(["", "{", "[1, 2", "null", "{}", "7"])("that holds %j is kept aside and begun anew", (damaged) => {
    const home = folder([["settings.json", damaged]]);
    const file = join(home, "settings.json");
    expect(readJson(file, text)).toBeNull();
    const [aside = ""] = listing(home);
    expect([listing(home).length, aside]).toEqual([1, expect.stringMatching(/^settings\.json\.damaged-\d+$/)]);
    expect(readFileSync(join(home, aside), "utf8")).toBe(damaged);
    writeJson(file, "anew");
    expect(readJson(file, text)).toBe("anew");
  });
});

describe("the list of cases opened last", () => {
  const info = { fileBytes: 9, tuples: 8, nics: 7, firstTime: 1, lastTime: 2 } as CaseInfo;
  const shown = (path: string) => ({ path, name: "x", readOnly: null });

  test("holds the newest 20, each once, and new figures only of those that are listed", () => {
    const recents = openRecents(folder());
    for (let i = 0; i < 25; i += 1) recents.remember(shown(`/case-${i}`), info);
    recents.remember(shown("/case-10"), info);
    const paths = recents.list().cases.map(({ path }) => path);
    expect([paths.length, paths.slice(0, 3), new Set(paths).size]).toEqual([
      20,
      ["/case-10", "/case-24", "/case-23"],
      20,
    ]);
    recents.refresh("/case-24", { ...info, tuples: 80 });
    recents.refresh("/case-0", info);
    expect(
      recents
        .list()
        .cases.map(({ path, tuples }) => [path, tuples])
        .slice(0, 2),
    ).toEqual([
      ["/case-10", 8],
      ["/case-24", 80],
    ]);
    expect(recents.list().cases.map(({ path }) => path)).toEqual(paths);
  });

  test("of which the file is damaged is empty, and takes new ones", () => {
    const home = folder([["recents.json", '{"cases": [{"path": 1}]}']]);
    const recents = openRecents(home);
    expect(recents.list()).toEqual({ cases: [] });
    recents.remember(shown("/a"), info);
    expect(recents.list().cases.length).toBe(1);
    expect(listing(home).length).toBe(2);
  });
});

describe("a folder", () => {
  test("is listed folders first, by name and number, hidden ones after the others, links as what they lead to", async () => {
    const home = folder([
      ["b10.json", "1234"],
      ["b9.json", ""],
      ["A.tidemark", ""],
      [".hidden.json", ""],
      ["z/x", ""],
      [".git/x", ""],
      ["d2/x", ""],
    ]);
    symlinkSync(join(home, "z"), join(home, "link to z"));
    symlinkSync(join(home, "nothing"), join(home, "broken.zip"));
    const { entries, more, parent } = await listFolder(home, null);
    expect(entries.map(({ name, kind }) => `${kind} ${name}`)).toEqual([
      "folder d2",
      "folder link to z",
      "folder z",
      "folder .git",
      "case A.tidemark",
      "evidence b9.json",
      "evidence b10.json",
      "evidence broken.zip",
      "evidence .hidden.json",
    ]);
    const b10 = entries.find(({ name }) => name === "b10.json");
    expect(b10).toMatchObject({ path: join(home, "b10.json"), bytes: 4 });
    expect(Math.abs((b10?.modifiedTime ?? 0) - statSync(join(home, "b10.json")).mtimeMs)).toBeLessThan(1);
    expect([more, parent]).toEqual([0, join(home, "..")]);
  });

  test("of more than 2,000 entries says how many are not listed", async () => {
    const home = folder(Array.from({ length: 2005 }, (_, i) => [`${i}.json`, ""] as const));
    mkdirSync(join(home, "folder"));
    const { entries, more } = await listFolder(home, null);
    expect([entries.length, more, entries[0]?.name, entries.at(-1)?.name]).toEqual([2000, 6, "folder", "1998.json"]);
  });

  test("that is none, or no whole path, fails with a sentence", async () => {
    const home = folder([["file", ""]]);
    const failed = async (path: string): Promise<unknown> => await listFolder(path, null).then(() => null, failureOf);
    expect(await failed(join(home, "x"))).toMatchObject({ kind: "not-found" });
    expect(await failed(join(home, "file"))).toMatchObject({ kind: "bad-request" });
    expect(await failed("relative")).toMatchObject({ kind: "bad-request" });
  });

  test("is one of the places to begin only where it is there, and the last used is among them", async () => {
    const home = folder();
    const { places } = await listFolder(home, home);
    expect(places.every(({ path }) => existsSync(path))).toBe(true);
    expect(places.map(({ path }) => path)).toEqual(expect.arrayContaining([homedir(), home]));
    expect(new Set(places.map(({ path }) => path)).size).toBe(places.length);
  });
});

test("a file's kind is told by its ending", () => {
  const kinds = ["a.tidemark", "a.json", "a.JSON.gz", "a.gz", "a.zip", "a.tar", "a.tar.gz", "a.tgz", "a.txt", "json"];
  expect(kinds.map(kindOf)).toEqual(["case", ...Array(7).fill("evidence"), "other", "other"]);
});

describe("a name of an uploaded file", () => {
  test("that any system can hold is taken as it was sent", () => {
    expect(uploadNames("a/b%20c/y%3D2025/%C3%A9%26.json")).toEqual(["a", "b c", "y=2025", "é&.json"]);
    expect(uploadNames(".hidden/..json")).toEqual([".hidden", "..json"]);
    expect(uploadNames("console/null.json/com10")).toEqual(["console", "null.json", "com10"]);
  });

  test.each([
    "",
    ".",
    "..",
    "a/..",
    "a//b",
    "/a",
    "a/",
    "%2e%2e",
    "a%2Fb",
    "a%5Cb",
    "c%3A",
    "%00",
    "a%0Ab",
    "%7F",
    "a.",
    "a%20",
    "CON",
    "con.txt",
    "Lpt9.json",
    "%C0%AE",
    "%",
    "x".repeat(256),
    `${"a/".repeat(2100)}b`,
  ])("is refused: %j", (name) => {
    try {
      expect(uploadNames(name)).toBe("refused");
    } catch (thrown) {
      expect(failureOf(thrown).kind).toBe("bad-request");
    }
  });
});
