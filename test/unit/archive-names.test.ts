// Names are shown and nothing more: no name of an entry becomes a path, alike ones are told apart, one bad name costs only itself.

import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { folder } from "../support/cli.ts";
import { openAll, TAR_END, tarEntry, texts, told } from "../support/containers.ts";
import { zipped } from "../support/zip.ts";

/** Name → how it is shown. */
const names: readonly (readonly [name: string, shown: string])[] = [
  ["../../outside.json", "../../outside.json"],
  ["/etc/absolute.json", "/etc/absolute.json"],
  ["C:\\windows\\drive.json", "C:/windows/drive.json"],
  ["a\\b.json", "a/b.json"],
  ["./dot.json", "dot.json"],
  ["stream.json:hidden", "stream.json:hidden"],
  ["CON", "CON"],
  ["nul.json", "nul.json"],
  ["trailing. ", "trailing. "],
  ["esc\u001b[31m.json", "esc\\u001b[31m.json"],
  ["rtl\u202egnp.json", "rtl\\u202egnp.json"],
  ["line\nbreak.json", "line\\u000abreak.json"],
  ["é.json", "é.json"],
  ["e\u0301.json", "e\u0301.json"],
  ["Case.json", "Case.json"],
  ["case.json", "case.json"],
  ["twin.json", "twin.json"],
  ["twin.json", "twin.json#3"],
  ["twin.json#2", "twin.json#2"],
  ["inner!/path.json", "inner!/path.json"],
  ["x".repeat(4096), "x".repeat(4096)],
];
const long = "y".repeat(5000);
const deep = "d/".repeat(10_000);

/** With its long name before it, as GNU tar writes it. */
function longTar(name: string, body: Buffer): Buffer {
  return Buffer.concat([tarEntry("././@LongLink", Buffer.from(`${name}\0`), "L"), tarEntry("cut", body)]);
}
const bodies = names.map(([name], i): [string, Buffer] => [name, Buffer.from(String(i))]);
const tar = Buffer.concat([
  ...bodies.map(([name, body]) => longTar(name, body)),
  longTar(long, Buffer.from("long")),
  longTar(`${deep}x.json`, Buffer.from("deep")),
  TAR_END,
]);
const zip = zipped([
  ...bodies,
  ["nul\0byte.json", Buffer.from("nul")],
  [long, Buffer.from("long")],
  [`${deep}x.json`, Buffer.from("deep")],
]);

test.each([
  ["tar", tar, {}],
  ["zip", zip, { "nul\\u0000byte.json": "nul" }],
])("%s", async (_, bytes, more) => {
  const home = folder();
  const path = join(home, "evidence");
  writeFileSync(path, bytes);
  const opened = await openAll(path, join(home, "c.tidemark"));
  expect(texts(opened)).toEqual({ ...Object.fromEntries(names.map(([, shown], i) => [shown, String(i)])), ...more });
  expect(told(opened)).toEqual({
    [`${long.slice(0, 4096)}…`]: "its name has 5000 bytes: more than 4096 are not read",
    [`${deep.slice(0, 4096)}…`]: "its name has 20006 bytes: more than 4096 are not read",
  });
  expect(readdirSync(home)).toEqual(["evidence"]);
});

test("names that are not UTF-8 are shown as code page 437, a zip archive's better name where it has one", async () => {
  const home = folder();
  const bytes = zipped([["caf?.json", Buffer.from("1")]]);
  for (let at = bytes.indexOf("caf?"); at !== -1; at = bytes.indexOf("caf?")) bytes[at + 3] = 0x82;
  writeFileSync(join(home, "a.zip"), bytes);
  expect(texts(await openAll(join(home, "a.zip")))).toEqual({ "café.json": "1" });
});
