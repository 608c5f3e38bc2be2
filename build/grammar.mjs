// Makes shared/filter/grammar.ts and grammar.terms.ts of the filter language's grammar: `node build/grammar.mjs`. A test holds them equal.

import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { buildParserFile } from "@lezer/generator";

const folder = new URL("../shared/filter/", import.meta.url);

/** File name → text. */
export function madeFromGrammar() {
  const grammar = readFileSync(new URL("filter.grammar", folder), "utf8");
  const { parser, terms } = buildParserFile(grammar, {
    typeScript: true,
    moduleStyle: "es",
    includeNames: false,
    warn: (message) => {
      throw new Error(message);
    },
  });
  const imported = parser.replace('"./filter.grammar.terms.ts"', '"./grammar.terms.ts"');
  return { "grammar.ts": imported, "grammar.terms.ts": terms };
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  for (const [name, text] of Object.entries(madeFromGrammar())) writeFileSync(new URL(name, folder), text);
