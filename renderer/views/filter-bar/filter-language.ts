// The filter language for the editor: its words by their part in a condition, as classes that filter-bar.css colours. The grammar is
// the one that the engine reads filters with.

import { LRLanguage, syntaxHighlighting } from "@codemirror/language";
import { highlightTree, styleTags, tagHighlighter, tags } from "@lezer/highlight";
import { parser } from "../../../shared/filter/grammar.ts";

/** The same class; the page and `shared` resolve its package in two ways, which makes it two types. */
const sameParser = parser as unknown as Parameters<typeof LRLanguage.define>[0]["parser"];

const words = sameParser.configure({
  props: [
    styleTags({
      "Field/Word": tags.propertyName,
      "Compare InSign ContainsSign MatchesSign": tags.compareOperator,
      "AndSign OrSign NotSign": tags.logicOperator,
      "Value/Word": tags.literal,
      "Value/String": tags.string,
    }),
  ],
});

const classes = tagHighlighter([
  { tag: tags.propertyName, class: "word-field" },
  { tag: tags.compareOperator, class: "word-sign" },
  { tag: tags.logicOperator, class: "word-join" },
  { tag: tags.literal, class: "word-value" },
  { tag: tags.string, class: "word-value" },
]);

export const filterLanguage = [LRLanguage.define({ name: "filter", parser: words }), syntaxHighlighting(classes)];

export type Piece = { readonly text: string; readonly className: string; readonly at: number };

/** A filter in pieces that follow one another, for what shows it outside the editor. Pure. */
export function piecesOf(filter: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  const put = (to: number, className: string): void => {
    if (to > at) pieces.push({ text: filter.slice(at, to), className, at });
    at = Math.max(at, to);
  };
  highlightTree(words.parse(filter), classes, (from, to, className) => {
    put(from, "");
    put(to, className);
  });
  put(filter.length, "");
  return pieces;
}
