// What is made of the grammar is what lies beside it.

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

// Imported by address: it is plain JavaScript, of which the types know nothing.
const { madeFromGrammar } = (await import(new URL("../../build/grammar.mjs", import.meta.url).href)) as {
  madeFromGrammar(): Readonly<Record<string, string>>;
};

test("node build/grammar.mjs would change nothing", () => {
  for (const [name, text] of Object.entries(madeFromGrammar()))
    expect(readFileSync(new URL(`../../shared/filter/${name}`, import.meta.url), "utf8"), name).toBe(text);
});
