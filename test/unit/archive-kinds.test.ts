// The same files give the same members whatever holds them; what a file is, its bytes say; two archives are opened, a third is not.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { folder } from "../support/cli.ts";
import { containers, type Files, openAll, tarred, texts, told } from "../support/containers.ts";
import { zipped } from "../support/zip.ts";

const long = Buffer.from(JSON.stringify({ records: Array.from({ length: 20_000 }, (_, i) => ({ i, x: i * 7919 })) }));
// Not in byte order: a directory lists its files as they come.
const files: Files = [
  ["y=2025/b/PT1H.json", long],
  ["y=2025/a/PT1H.json", Buffer.from('{"records":[1]}')],
  ["é/PT1H.json", Buffer.from('{"records":[2]}')],
  ["Z.json", Buffer.alloc(0)],
  [`${"deep/".repeat(40)}PT1H.json`, Buffer.from('{"records":[3]}')],
];
const expected = Object.fromEntries(files.map(([name, bytes]) => [name, bytes.toString("utf8")]));
const inOrder = Object.keys(expected).sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));

function put(bytes: Buffer, name = "evidence"): string {
  const path = join(folder(), name);
  writeFileSync(path, bytes);
  return path;
}

describe.each([null, "beside the case"])("unpacked %s", (where) => {
  const casePath = where === null ? null : join(folder(), "c.tidemark");

  test.each(containers)("$name", async ({ pack, wrap }) => {
    const opened = await openAll(put(await pack(files)), casePath);
    expect(told(opened)).toEqual({});
    expect(opened.map(({ path }) => path)).toEqual(inOrder.map((path) => wrap + path));
    expect(texts(opened)).toEqual(Object.fromEntries(inOrder.map((path) => [wrap + path, expected[path]])));
  });

  test.each(containers)("gzipped members in $name", async ({ pack, wrap }) => {
    const packed = files.map(([name, bytes]): [string, Buffer] => [`${name}.gz`, gzipSync(bytes)]);
    const opened = await openAll(put(await pack(packed)), casePath);
    expect(told(opened)).toEqual({});
    expect(texts(opened)).toEqual(Object.fromEntries(inOrder.map((path) => [`${wrap}${path}.gz`, expected[path]])));
  });
});

test("in a folder, archives are found by their bytes and nothing by its name", async () => {
  const home = folder([
    ["a.zip", '{"records":["no archive"]}'],
    ["b/photo.jpg", zipped([["x.json", Buffer.from("1")]]) as unknown as string],
    ["b/notes", gzipSync(await tarred([["y.json", Buffer.from("2")]])) as unknown as string],
    ["c.json", (await tarred([["z.json", Buffer.from("3")]])) as unknown as string],
    ["d.json", gzipSync("4") as unknown as string],
  ]);
  expect(texts(await openAll(home))).toEqual({
    "a.zip": '{"records":["no archive"]}',
    "b/notes!/y.json": "2",
    "b/photo.jpg!/x.json": "1",
    "c.json!/z.json": "3",
    "d.json": "4",
  });
});

test("a third archive is refused by its name, and what stands beside it is read", async () => {
  const third = zipped([["deep.json", Buffer.from("deep")]]);
  const second = await tarred([
    ["third.zip", third],
    ["beside.json", Buffer.from("beside")],
    ["packed.json.gz", gzipSync("packed")],
  ]);
  const opened = await openAll(
    put(
      zipped([
        ["second.tgz", gzipSync(second)],
        ["first.json", Buffer.from("first")],
      ]),
    ),
  );
  expect(texts(opened)).toEqual({
    "first.json": "first",
    "second.tgz!/beside.json": "beside",
    "second.tgz!/packed.json.gz": "packed",
  });
  expect(told(opened)).toEqual({ "second.tgz!/third.zip": expect.stringMatching(/third is not/) });
});

test("a zip archive that is gzipped is one archive; gzip data in gzip data is refused", async () => {
  expect(texts(await openAll(put(gzipSync(zipped([["a.json", Buffer.from("a")]])))))).toEqual({ "a.json": "a" });
  expect(told(await openAll(put(gzipSync(gzipSync("a")), "a.json.gz.gz")))).toEqual({
    "a.json.gz.gz": expect.stringMatching(/gzip data inside gzip data/),
  });
});

test("an archive that holds nothing says so", async () => {
  for (const bytes of [zipped([]), gzipSync(zipped([])), await tarred([["folder/", Buffer.alloc(0)]])])
    expect(told(await openAll(put(bytes, "empty")))).toEqual({ empty: "the archive holds no files" });
});
