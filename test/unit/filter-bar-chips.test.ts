// Conditions as chips: switched off, negated, moved and removed without a loss; what is written down is tidy and says the same.

import { describe, expect, test } from "vitest";
import { chipsOf, conditionsOf, moved, negatedAt, removed, switched } from "../../renderer/model/chips.ts";
import { FIRST_VIEW, parseView, printView } from "../../renderer/model/view.ts";
import { piecesOf } from "../../renderer/views/filter-bar/filter-language.ts";
import { parseFilter } from "../../shared/filter/parse.ts";
import { tidyFilter } from "../../shared/filter/tidy.ts";

const filter = "dport == 1 and (dir == I or dir == O) and proto == tcp";
const chips = chipsOf({ filter, off: [] });

describe("chips", () => {
  test("switched off and on again are the same filter", () => {
    for (const i of [0, 1, 2]) {
      const off = conditionsOf(switched(chips, i));
      expect(off.off).toEqual([{ at: i, term: chips[i]?.term }]);
      expect(conditionsOf(switched(chipsOf(off), i))).toEqual({ filter, off: [] });
    }
  });
  test("all switched off leave everything in scope", () => {
    const none = [0, 1, 2].reduce((now, i) => switched(now, i), chips);
    expect(conditionsOf(none).filter).toBe("");
    expect(chipsOf(conditionsOf(none))).toEqual(none);
  });
  test("negated twice are as they were", () =>
    expect(negatedAt(negatedAt(chips, 1), 1).map(({ term }) => term.replace(/^\(|\)$/g, ""))).toEqual(
      chips.map(({ term }) => term.replace(/^\(|\)$/g, "")),
    ));
  test("move to where they are put", () => {
    expect(moved(chips, 0, 2)).toEqual([chips[1], chips[2], chips[0]]);
    expect(moved(chips, 2, 0)).toEqual([chips[2], chips[0], chips[1]]);
    expect(moved(chips, 7, 0)).toEqual(chips);
  });
  test("removed leave the others", () =>
    expect(conditionsOf(removed(chips, 1)).filter).toBe("dport == 1 and proto == tcp"));
  test("live in the address, where nobody can put anything else", () => {
    const view = { ...FIRST_VIEW, ...{ off: [{ at: 1, term: 'rule == "a b"' }] } };
    expect(parseView(printView(view)).off).toEqual(view.off);
    for (const off of ["[", "7", '{"a":[1]}', '[["x","y"],[1,2],null,[1.5,"dir == I"]]'])
      expect(parseView(`#/explore?off=${encodeURIComponent(off)}`).off).toEqual([]);
  });
  test("that are applied again are not kept twice", () =>
    expect(chipsOf({ filter: "dport == 1", off: [{ at: 0, term: "dport == 1" }] })).toHaveLength(1));
});

describe("tidy", () => {
  test.each([
    ["src==10.0.0.4&&  !(DPORT in{80,443})", "src == 10.0.0.4 and not (dport in {80, 443})"],
    ["Dport<1024 OR rule==UserRule_X", "dport < 1024 or rule == UserRule_X"],
    ['rule == "A \\"b\\" && c"', 'rule == "A \\"b\\" && c"'],
    ["rule == And and acl CONTAINS or", "rule == And and acl contains or"],
    ["", ""],
    ["dport ==", "dport =="],
    ["nonsense here", "nonsense here"],
  ])("%j", (text, expected) => {
    expect(tidyFilter(text)).toBe(expected);
    expect(tidyFilter(expected)).toBe(expected);
  });
  test("says the same as before", () => {
    for (const text of ['rule=="null"or rule==null', "!(!(dir==I))", "bytes>10M and not ip in {10.0.0.0/8,private}"])
      expect(parseFilter(tidyFilter(text))).toEqual(parseFilter(text));
  });
});

test("pieces of a filter are the filter, its words told apart", () => {
  for (const text of [filter, "not rule == PlatformRule", 'x "', ""]) {
    const pieces = piecesOf(text);
    expect(pieces.map((piece) => piece.text).join("")).toBe(text);
  }
  expect(piecesOf("not dport == 1").map(({ text, className }) => [text, className])).toEqual([
    ["not", "word-join"],
    [" ", ""],
    ["dport", "word-field"],
    [" ", ""],
    ["==", "word-sign"],
    [" ", ""],
    ["1", "word-value"],
  ]);
});
