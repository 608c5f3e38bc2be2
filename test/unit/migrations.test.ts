// A shipped migration is never edited. One that is new gets its line here with the release that ships it.

import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { migrations } from "../../electron/store/migrations/list.ts";

const shipped = [
  [1, "case", "0094dfca8e91cc4c704cc24966ca09bf4e4af06b62333572303604f4450fc9e2"],
  [2, "journal", "48fde7bf5d96b2bac170e1d137bf7701ebb42fb50c0c3aace39819cefdc2fdeb"],
  [3, "copies", "d5746ee9d7d20534b130e9eedfe1b06a07e4209aaa545bc221223eb705489b10"],
  [4, "settled", "a6f4a9d14d2d4f0022024381939a55d633dd8469bc1c6b1afb8aee65eb765bb9"],
  [5, "activity", "ff1f50a11dafd83a40dfd5ce5ff15d16e85fbff090b5358cce313ad21f05830b"],
];

test("each is the text that was shipped", () => {
  const found = migrations.map(({ version, name, sql }) => [
    version,
    name,
    createHash("sha256").update(sql).digest("hex"),
  ]);
  expect(found).toEqual(shipped);
});
