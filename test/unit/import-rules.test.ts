// The import rules bite: forbidden imports planted in a copy of the program are all found, and nothing else is.

import { spawnSync } from "node:child_process";
import { cpSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { folder, put } from "../support/cli.ts";

const root = join(import.meta.dirname, "..", "..");
const tool = join(root, "node_modules/dependency-cruiser/bin/dependency-cruiser.mjs");

/** File → what it holds → the rule that must forbid it. */
const planted: readonly (readonly [file: string, text: string, rule: string])[] = [
  ["electron/query/planted.ts", 'import { newBatch } from "../ingest/batch.ts";\nnewBatch();', "query-imports"],
  [
    "electron/ingest/planted.ts",
    'import type { ReadDb } from "../store/database.ts";\nexport type A = ReadDb;',
    "ingest-imports",
  ],
  ["electron/store/planted.ts", 'export const later = import("../query/info.ts");', "store-imports"],
  ["electron/analysis/planted.ts", 'export * from "../segment/columns.ts";', "analysis-imports"],
  ["electron/engine/planted.ts", 'import "../look/main.ts";', "engine-imports"],
  ["electron/cli/planted.ts", 'import "../store/lock.ts";', "cli-imports"],
  ["electron/sample/planted.ts", 'import "../segment/frame.ts";', "sample-imports"],
  ["shared/planted.ts", 'import "../electron/analysis/conversation-index.ts";', "shared-imports"],
  ["shared/planted-node.ts", 'import { readFileSync } from "node:fs";\nreadFileSync("");', "shared-has-no-node"],
  [
    "shared/planted-node-type.ts",
    'import type { Buffer } from "buffer";\nexport type A = Buffer;',
    "shared-has-no-node",
  ],
  ["electron/analysis/planted-node.ts", 'import "node:crypto";', "analysis-has-no-node"],
  ["electron/query/planted-sql.ts", 'import Database from "better-sqlite3";\nDatabase;', "better-sqlite3-has-owners"],
  [
    "electron/query/planted-sql-type.ts",
    'import type D from "better-sqlite3";\nexport type A = D;',
    "better-sqlite3-has-owners",
  ],
  ["electron/store/planted-zip.ts", 'import "yazl";', "yazl-has-owners"],
  ["electron/work/planted-zod.ts", 'import "zod";', "zod-has-owners"],
  ["electron/store/planted-tool.ts", 'import "fast-check";', "no-undeclared-packages"],
  ["electron/store/planted-nothing.ts", 'import "no-such-package";', "nothing-unresolved"],
  ["electron/store/planted-alone.ts", "export const alone = 1;", "no-orphans"],
  ["electron/store/planted-test.ts", 'import "../../test/support/planted.ts";', "tests-are-not-imported"],
  ["electron/store/planted-a.ts", 'import "./planted-b.ts";', "no-cycles"],
];

type Found = { readonly from: string; readonly rule: { readonly name: string } };

test("each forbidden import is found, by its rule and no other", () => {
  const copy = folder(
    [...planted, ["test/support/planted.ts", "export const a = 1;"]].map(([file, text]) => [file!, text!]),
  );
  for (const path of [
    "electron",
    "shared",
    "build/layers.mjs",
    "build/rooms.mjs",
    "build/tsconfig.base.json",
    "build/vitest.config.ts",
    "package.json",
  ])
    cpSync(join(root, path), join(copy, path), { recursive: true });
  put(copy, [["electron/store/planted-b.ts", 'import "./planted-a.ts";']]); // a cycle is told once
  put(copy, [["test/planted.test.ts", 'import "../electron/store/lock.ts";\nimport "fast-check";']]);
  symlinkSync(join(root, "node_modules"), join(copy, "node_modules"), "junction");
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [tool, "--config", "build/layers.mjs", "--output-type", "json", "shared", "electron", "test"],
    { cwd: copy, encoding: "utf8", maxBuffer: 1 << 28 },
  );
  expect(stderr).toBe("");
  const { violations } = (JSON.parse(stdout) as { summary: { violations: Found[] } }).summary;
  const expected = new Set(planted.map(([file, , rule]) => `${file}: ${rule}`));
  const found = violations
    .filter(({ from }) => from.includes("planted"))
    .map(({ from, rule }) => `${from}: ${rule.name}`);
  expect(new Set(found)).toEqual(expected);
});
