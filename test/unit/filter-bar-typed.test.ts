// What is typed into the filter bar: times in every form, always UTC unless a zone is said; what can stand at the caret; faults with places.

import { describe, expect, test } from "vitest";
import { checkFilter } from "../../renderer/views/filter-bar/checked-filter.ts";
import {
  conditionsIn,
  type Draft,
  draftOf,
  editing,
  joinedBack,
  prepared,
  rebased,
} from "../../renderer/views/filter-bar/filter-draft.ts";
import { accepted, expectedAt, suggestions, written } from "../../renderer/views/filter-bar/suggest.ts";
import { lengths, presets, printTime, typedRange, typedTime } from "../../renderer/views/filter-bar/typed-range.ts";
import { parseFilter } from "../../shared/filter/parse.ts";

const shown = { from: Date.UTC(2026, 2, 3, 21), to: Date.UTC(2026, 2, 4, 4) };
const at = (...parts: [number, number, number?, number?]): number =>
  Date.UTC(2026, 2, parts[0], parts[1], parts[2] ?? 0, parts[3] ?? 0);
const HOUR = 3_600_000;
const whole = { from: at(2, 0), to: at(6, 0) };

describe("a typed time", () => {
  test.each<[string, "from" | "to", number]>([
    ["2026-03-04T02:10:06.412Z", "from", at(4, 2, 10, 6) + 412],
    ["2026-03-04 02:10", "from", at(4, 2, 10)],
    [" 2026-03-04 02:10 UTC ", "from", at(4, 2, 10)],
    ["2026-03-04", "to", at(4, 0)],
    ["2026-03-04 02:10+02:00", "from", at(4, 0, 10)],
    ["1772590206412", "from", 1772590206412],
    ["1772590206", "from", 1772590206000],
    ["1772590206.5", "from", 1772590206500],
    ["22:30", "from", at(3, 22, 30)],
    ["02:30:15", "to", at(4, 2, 30, 15)],
    ["24:00", "from", at(4, 0)],
    ["-2h", "from", at(4, 2)],
    ["+30m", "to", at(3, 21, 30)],
    ["+30 min", "from", at(3, 21, 30)],
    ["-90s", "to", shown.to - 90_000],
    ["-1.5h", "from", shown.to - 1.5 * HOUR],
    ["-1d", "from", shown.to - 24 * HOUR],
  ])("%j as %s", (text, edge, time) => expect(typedTime(text, edge, shown)).toEqual({ time }));

  test.each(["", "yesterday", "2026-13-04", "25:10", "10:61", "-2 weeks", "2126-01-01", "02/03/2026x"])(
    "%j is refused in a sentence",
    (text) => expect(typedTime(text, "from", shown)).toEqual({ fault: expect.stringMatching(/\.$/) }),
  );
});

describe("a typed range", () => {
  const both = { from: at(4, 2), to: at(4, 3, 30) };
  test.each([
    "2026-03-04 02:00 to 2026-03-04 03:30",
    "2026-03-04T02:00Z/2026-03-04T03:30Z",
    "2026-03-04 02:00 → 2026-03-04 03:30",
    "2026-03-04 02:00 - 03:30",
    "2026-03-04 02:00..2026-03-04 03:30",
    "2026-03-04 02:00 to +90m",
    "1772589600 to 1772595000",
  ])("%j pasted sets both ends", (text) => {
    expect(typedRange(text, "from", shown, whole)).toEqual(both);
    expect(typedRange(text, "to", shown, whole)).toEqual(both);
  });
  test("one end leaves the other", () => {
    expect(typedRange("-2h", "from", shown, whole)).toEqual({ from: at(4, 2), to: shown.to });
    expect(typedRange("+1h", "to", shown, whole)).toEqual({ from: shown.from, to: at(3, 22) });
  });
  test.each([
    ["last 2h", { from: whole.to - 2 * HOUR, to: whole.to }],
    [" Last 30 min ", { from: whole.to - HOUR / 2, to: whole.to }],
    ["last hour", { from: whole.to - HOUR, to: whole.to }],
    ["first day", { from: whole.from, to: whole.from + 24 * HOUR }],
    ["last 2 days", { from: whole.to - 48 * HOUR, to: whole.to }],
    ["last 900d", whole],
  ])("%j is an end of the case", (text, range) => expect(typedRange(text, "to", shown, whole)).toEqual(range));
  test("a length keeps the middle of what is shown, inside the case", () => {
    const found = lengths(shown, whole, String);
    expect(found.at(-1)).toEqual({ title: String(24 * HOUR), range: { from: at(3, 12, 30), to: at(4, 12, 30) } });
    expect(found.every(({ range }) => range.from >= whole.from && range.to <= whole.to)).toBe(true);
  });
  test("the wrong way round is refused", () =>
    expect(typedRange("2026-03-05", "from", shown, whole)).toEqual({ fault: "The range would end before it begins." }));
  test("three ends are refused", () => expect(typedRange("a to b to c", "from", shown, whole)).toHaveProperty("fault"));
  test("what is shown is read back as the same instant", () => {
    for (const time of [shown.from, shown.to + 1, 1772590206412])
      expect(typedTime(printTime(time), "from", shown)).toEqual({ time });
  });
});

test("presets: the case's last hour and day, and each of its days", () => {
  const { last, days } = presets(shown, (time) => new Date(time).toISOString().slice(0, 10));
  expect(last.map(({ title }) => title)).toEqual(["Last hour of the case"]);
  expect(days.map(({ title }) => title)).toEqual(["2026-03-03", "2026-03-04"]);
  expect(presets({ from: 0, to: 4000 * 24 * HOUR }, String).days).toHaveLength(31);
});

describe("at the caret", () => {
  test.each<[string, object | null]>([
    ["", { what: "field", typed: "", at: 0 }],
    ["s", { what: "field", typed: "s", at: 0 }],
    ["src ", { what: "operator", field: "src", at: 4 }],
    ["src == ", { what: "value", field: "src" }],
    ["src == 10.0", { what: "value", field: "src", typed: "10.0", at: 7 }],
    ["src == 10.0.0.1 ", { what: "joiner" }],
    ["src == 10.0.0.1 and ", { what: "field" }],
    ["not (d", { what: "field", typed: "d", at: 5 }],
    ["dport in ", null],
    ["dport in {", { what: "value", field: "dport" }],
    ["dport in {80, ", { what: "value", field: "dport" }],
    ["dport in {80, 443} ", { what: "joiner" }],
    ['rule == "half', null],
    ['rule == "and" ', { what: "joiner" }],
    ["(src == 10.0.0.1) or ", { what: "field" }],
  ])("%j", (before, expected) => {
    if (expected === null) expect(expectedAt(before)).toBeNull();
    else expect(expectedAt(before)).toMatchObject(expected);
  });

  test("taking every first proposal writes a whole filter", () => {
    const values = (): { text: string; says: string }[] => [{ text: written("a rule"), says: "" }];
    for (const field of ["decision", "rule", "proto", "src"]) {
      let text = field;
      let caret = text.length;
      for (let i = 0; i < 3; i++) {
        const expected = expectedAt(text.slice(0, caret));
        const first = expected === null ? undefined : suggestions({ ...expected, typed: "" }, values)[0];
        if (i === 0) {
          ({ text, caret } = { text: `${field} `, caret: field.length + 1 });
          continue;
        }
        expect(first, text).toBeDefined();
        if (expected && first) ({ text, caret } = accepted(text, caret, expected, first.text));
      }
      expect(() => parseFilter(text), text).not.toThrow();
    }
  });
  test("what begins alike comes first", () => {
    const expected = expectedAt("p");
    expect(expected && suggestions(expected, () => []).map(({ text }) => text)).toEqual([
      "port",
      "proto",
      "packets",
      "ip",
      "sport",
      "dport",
    ]);
  });
});

describe("a filter being typed", () => {
  test.each(["", "dport == 1", "not (dport == 1 or rule contains x)"])("%j is whole", (text) =>
    expect(checkFilter(text)).toEqual({ kind: "whole" }),
  );
  test.each(["dport", "dport ==", "dport == 1 and", "(dport == 1", "dport in {1", 'rule == "x', "not"])(
    "%j goes on",
    (text) => expect(checkFilter(text).kind).toBe("unfinished"),
  );
  test("a fault points at its character", () => {
    const checked = checkFilter("dport == 443 and byte == 1");
    expect(checked).toMatchObject({ kind: "fault", from: 17, to: 21, instead: "bytes" });
  });
});

describe("a draft", () => {
  const filter = "dport == 1 and (dport == 2 or dport == 3) and proto == tcp";
  const of = (text: string): Draft => draftOf({ filter: text, off: [] });
  const filterOf = (draft: Draft): string | null => conditionsIn(draft)?.filter ?? null;
  const terms = (draft: Draft): readonly string[] => draft.kept.map(({ term }) => term);

  test("untouched gives the filter back", () => expect(filterOf(of(filter))).toBe(filter));
  test("gives nothing while its text is no filter", () =>
    expect(filterOf({ ...of(filter), typed: "dport ==" })).toBeNull());
  test("puts an edited condition back where it stood", () => {
    const draft = editing(of(filter), 1);
    expect(terms(draft)).toEqual(["dport == 1", "proto == tcp"]);
    expect(draft).toMatchObject({ typed: "(dport == 2 or dport == 3)", at: 1 });
    expect(filterOf(draft)).toBe(filter);
    expect(filterOf({ ...draft, typed: "dport == 9 or dport == 8" })).toBe(
      "dport == 1 and (dport == 9 or dport == 8) and proto == tcp",
    );
    expect(filterOf({ ...draft, typed: "" })).toBe("dport == 1 and proto == tcp");
  });
  test("editing one condition after another loses none", () => {
    for (const first of [0, 1, 2])
      for (const second of [0, 1]) {
        const draft = editing(editing(of(filter), first), second);
        expect(parseFilter(filterOf(draft) ?? "")).toEqual(parseFilter(filter));
      }
  });
  test("Backspace takes condition after condition into the text", () => {
    let draft = joinedBack({ ...of(filter), typed: "dir == I" });
    expect(draft).toMatchObject({ typed: "proto == tcp and dir == I", caret: 12, at: 2 });
    draft = joinedBack(joinedBack(draft));
    expect(draft).toMatchObject({ kept: [], at: 0, typed: `${filter} and dir == I` });
    expect(joinedBack(draft)).toMatchObject({ kept: [], typed: draft.typed });
  });
  test("changed elsewhere keeps what is new and drops an edit", () => {
    const elsewhere = rebased({ ...of(filter), typed: "dir == I" }, { filter: "proto == udp", off: [] });
    expect([terms(elsewhere), elsewhere.typed]).toEqual([["proto == udp"], "dir == I"]);
    expect(rebased(editing(of(filter), 0), { filter: `${filter} and dir == I`, off: [] }).typed).toBe("");
  });
  test("of a filter that cannot be read is one condition", () =>
    expect(terms(of('rule == "x'))).toEqual(['rule == "x']));
  test("keeps what is switched off, and never applies it", () => {
    const off = [{ at: 1, term: "dir == I" }];
    const draft = { ...draftOf({ filter, off }), typed: "SPORT==5" };
    expect(terms(draft)[1]).toBe("dir == I");
    expect(conditionsIn(draft)).toEqual({ filter: `${filter} and sport == 5`, off });
  });
  test("takes a condition that was prepared behind what is typed", () => {
    expect(prepared(of(filter), "dir == I")).toMatchObject({ typed: "dir == I" });
    expect(prepared({ ...of(filter), typed: "dir == I" }, "sport == 5").typed).toBe("dir == I and sport == 5");
    expect(prepared({ ...of(filter), typed: "dir ==" }, "sport == 5").typed).toBe("sport == 5");
  });
});
