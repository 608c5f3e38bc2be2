// What is made of the grammar is what lies beside it.

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { madeFromGrammar } from "../../build/grammar.mjs";

test("node build/grammar.mjs would change nothing", () => {
  for (const [name, text] of Object.entries(madeFromGrammar()))
    expect(readFileSync(new URL(`../../shared/filter/${name}`, import.meta.url), "utf8"), name).toBe(text);
});
