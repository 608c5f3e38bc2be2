// Paths of any host as the page takes them apart: a case is offered beside its evidence, never inside.

import { expect, test } from "vitest";
import { caseFileName, caseNameFor, folderOf, nameOf, pathIn } from "../../renderer/model/paths.ts";

test.each([
  ["/evidence/logs", "/evidence", "logs.tidemark"],
  ["/evidence/logs/", "/evidence", "logs.tidemark"],
  ["/evidence/hub.2026.zip", "/evidence", "hub.2026.tidemark"],
  ["/evidence/hub.tar.gz", "/evidence", "hub.tidemark"],
  ["/evidence/PT1H.json.gz", "/evidence", "PT1H.tidemark"],
  ["/logs", "/", "logs.tidemark"],
  ["D:\\cases\\hub.zip", "D:\\cases", "hub.tidemark"],
  ["D:\\logs", "D:\\", "logs.tidemark"],
  ["\\\\nas\\share\\hub.zip", "\\\\nas\\share", "hub.tidemark"],
  ["/odd/a\\b.zip", "/odd", "a\\b.tidemark"],
  ["/evidence/.zip", "/evidence", ".zip.tidemark"],
])("%s", (evidence, folder, name) => {
  expect(folderOf(evidence)).toBe(folder);
  expect(caseNameFor(evidence)).toBe(name);
});

test("a folder and a name make the path that comes apart again", () => {
  for (const path of ["/a", "/a/b.tidemark", "C:\\a", "C:\\a\\b.tidemark", "\\\\nas\\share\\b"])
    expect(pathIn(folderOf(path) ?? "", nameOf(path))).toBe(path);
});

test("a root lies in no folder", () => {
  expect(folderOf("/")).toBeNull();
  expect(folderOf("C:\\")).toBeNull();
});

test("a case's file has its ending, once", () => {
  expect(["x", "x.tidemark", " X.TIDEMARK ", "a.b", ""].map(caseFileName)).toEqual([
    "x.tidemark",
    "x.tidemark",
    "X.TIDEMARK",
    "a.b.tidemark",
    "",
  ]);
});
