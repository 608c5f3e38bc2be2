// Files that a window saves, and settings: whole or not at all, nothing written over, nothing outside their place.

import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { newSavedFiles } from "../../electron/host/saved-files.ts";
import { openSettings } from "../../electron/host/settings.ts";
import { calls } from "../../shared/contract.ts";
import { failureOf } from "../../shared/failure.ts";
import { folder } from "../support/cli.ts";

const piece = (path: string, at: number, text: string, last: boolean) =>
  ({ path, at, piece: text, as: "text", last }) as const;

async function refusal(asked: Promise<unknown>): Promise<string> {
  return await asked.then(
    () => "written",
    (thrown: unknown) => failureOf(thrown).message,
  );
}

test("a file is there when its last piece is, and only then", async () => {
  const home = folder();
  const path = join(home, "rows.csv");
  const files = newSavedFiles("new files");
  expect(await files.write(piece(path, 0, "ä,b\r\n", false))).toEqual({ bytes: 6 });
  expect(existsSync(path)).toBe(false);
  expect(await files.write(piece(path, 6, "1,2\r\n", true))).toEqual({ bytes: 11 });
  expect(readFileSync(path, "utf8")).toBe("ä,b\r\n1,2\r\n");
  expect(readdirSync(home)).toEqual(["rows.csv"]);
});

test("bytes that are no text come as base64", async () => {
  const path = join(folder(), "picture.png");
  const bytes = Buffer.from([0x89, 0x50, 0, 255]);
  const files = newSavedFiles("new files");
  await files.write({ path, at: 0, piece: bytes.toString("base64"), as: "base64", last: true });
  expect(readFileSync(path)).toEqual(bytes);
});

test("what is let go of leaves nothing behind", async () => {
  const home = folder();
  const files = newSavedFiles("new files");
  await files.write(piece(join(home, "a.csv"), 0, "a", false));
  await files.write(piece(join(home, "b.csv"), 0, "b", false));
  await files.drop(join(home, "a.csv"));
  await files.dropAll();
  expect(readdirSync(home)).toEqual([]);
});

test("nothing is written over without a dialog, and with one only what it returned", async () => {
  const path = join(folder(), "kept.csv");
  writeFileSync(path, "kept");
  expect(await refusal(newSavedFiles("new files").write(piece(path, 0, "x", true)))).toContain("is there already");
  const files = newSavedFiles("files agreed to");
  expect(await refusal(files.write(piece(path, 0, "x", true)))).toContain("was not chosen in the dialog");
  expect(readFileSync(path, "utf8")).toBe("kept");
  files.agree(path);
  expect(await refusal(files.write(piece(path, 0, "new", true)))).toBe("written");
  expect(readFileSync(path, "utf8")).toBe("new");
});

test.each([
  ["rows.csv", "not a whole path"],
  [join(folder(), "run.sh"), "has no ending"],
  [join(folder(), "nowhere", "rows.csv"), "There is no folder"],
])("%s is refused", async (path, sentence) => {
  expect(await refusal(newSavedFiles("new files").write(piece(path, 0, "x", true)))).toContain(sentence);
});

test("a piece out of turn is refused", async () => {
  const path = join(folder(), "rows.csv");
  const files = newSavedFiles("new files");
  await files.write(piece(path, 0, "abc", false));
  expect(await refusal(files.write(piece(path, 2, "d", false)))).toContain("begin it again");
});

test("settings are kept by name, and a name is no path", () => {
  const settings = openSettings(folder());
  expect(settings.read("sql")).toBeNull();
  settings.write("sql", "[1]");
  settings.write("tables", "{}");
  expect([settings.read("sql"), settings.read("tables")]).toEqual(["[1]", "{}"]);
  settings.write("sql", null);
  expect([settings.read("sql"), settings.read("tables")]).toEqual([null, "{}"]);
  for (const name of ["../x", "a/b", "", "other"])
    expect(calls["settings.read"].params.safeParse({ name }).success, name).toBe(false);
});
