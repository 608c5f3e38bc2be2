// The canonical form of a JSON document: its values decide, not the order of keys, white space, escapes or the look of a number.

import fc from "fast-check";
import { expect, test } from "vitest";
import { digest16 } from "../../electron/ingest/digest.ts";
import { newWalker, walkValue } from "../../electron/ingest/json.ts";
import { rankOfKey } from "../../electron/ingest/record-keys.ts";

const walker = newWalker(rankOfKey);

function canonical(text: string): { readonly form: string; readonly digest: string } {
  const bytes = Buffer.from(`${text} `); // a number ends where something follows
  Object.assign(walker, { bytes, end: bytes.length, at: 0, canonAt: 0, depth: 0, fault: -1 });
  walkValue(walker);
  expect(bytes.toString("utf8", walker.at).trim()).toBe("");
  const form = Buffer.from(walker.canon.subarray(0, walker.canonAt)).toString("utf8");
  return { form, digest: Buffer.from(digest16(walker.canon, 0, walker.canonAt)).toString("hex") };
}

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/**
 * Checking by `JSON.parse` needs keys that it reads rightly: V8 13.6 (Node 24.21) takes an escaped key of one character for a
 * backslash where an object before had the key "\\" in that place: `JSON.parse('{"\\u0054":1,"\\\\":2}')`, then
 * `JSON.parse('{"\\u0054":1,"\\u0055":2}')` gives the keys T and \\ . Evidence is not read by it.
 */
const readable = (key: string): boolean => key !== "__proto__" && key !== "\\";

const keys = fc.oneof(
  fc.constantFrom(
    "time",
    "category",
    "flowRecords",
    "flows",
    "rule",
    "flowTuples",
    "flowGroups",
    "aclID",
    "mac",
    "a",
    "b",
    "ab",
    "é",
    "",
  ),
  fc.string({ unit: "binary", maxLength: 5 }).filter(readable),
);
const { document } = fc.letrec<{ document: Json; leaf: Json }>((tie) => ({
  leaf: fc.oneof(
    fc.string({ unit: "binary" }),
    fc.string({ unit: "grapheme" }),
    fc.constantFrom(null, true, false, 0, 1, -1, 1.5, 1e21, 1e-7, Number.MAX_SAFE_INTEGER, 2 ** 53),
    fc.maxSafeInteger(),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => (value === 0 ? 0 : value)),
  ),
  document: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    tie("leaf"),
    fc.array(tie("document"), { maxLength: 5 }),
    fc.dictionary(keys, tie("document"), { maxKeys: 8, noNullPrototype: true }),
    // beyond what is sorted by insertion
    fc.dictionary(fc.string({ maxLength: 4 }).filter(readable), tie("leaf"), {
      minKeys: 66,
      maxKeys: 80,
      noNullPrototype: true,
    }),
  ),
}));

/** The same document written otherwise, as the numbers of `next` say. */
function otherwise(value: Json, next: () => number): string {
  const space = (): string => ["", "", " ", "\n", "\t ", "\r\n"][next() % 6]!;
  const string = (text: string): string => {
    let out = "";
    for (const unit of text.split("")) {
      const escaped = `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
      const usual = JSON.stringify(unit).slice(1, -1);
      const surrogate = /[\ud800-\udfff]/.test(unit); // halves of a pair stay together, or both are escaped: see below
      out += surrogate
        ? unit
        : [
            usual,
            escaped,
            unit === "/" ? "\\/" : usual,
            escaped.replace(/[a-f]/g, (c) => c.toUpperCase()).replace("\\U", "\\u"),
          ][next() % 4];
    }
    const lone = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;
    if (next() % 3 > 0 && !lone.test(out)) return `"${out}"`;
    return `"${out.replace(/[\ud800-\udfff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16)}`)}"`;
  };
  if (typeof value === "string") return string(value);
  if (typeof value === "number" && Number.isSafeInteger(value))
    return [String(value), `${value}.0`, `${value}e0`, `${value}.00E+0`, `${value}0e-1`][
      next() % (value === 0 ? 1 : 5)
    ]!;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if (Array.isArray(value))
    return `[${space()}${(value as Json[]).map((each) => otherwise(each, next)).join(`${space()},${space()}`)}${space()}]`;
  const entries = Object.entries(value).map(([key, each]) => ({
    text: `${string(key)}${space()}:${space()}${otherwise(each, next)}`,
    by: next(),
  }));
  return `{${space()}${entries
    .sort((a, b) => a.by - b.by)
    .map(({ text }) => text)
    .join(`${space()},${space()}`)}${space()}}`;
}

const numbers = fc.infiniteStream(fc.nat(1 << 20)).map((stream) => () => stream.next().value as number);

test("the same document written otherwise has the same form and digest", () => {
  fc.assert(
    fc.property(document, numbers, (value, next) => {
      const text = otherwise(value, next);
      expect(JSON.parse(text)).toEqual(value);
      expect(canonical(text)).toEqual(canonical(JSON.stringify(value)));
    }),
    { numRuns: 700 },
  );
});

test("the form is JSON of the same value, and its own form", () => {
  fc.assert(
    fc.property(document, (value) => {
      const { form } = canonical(JSON.stringify(value));
      expect(JSON.parse(form)).toEqual(value);
      expect(canonical(form).form).toBe(form);
    }),
    { numRuns: 400 },
  );
});

test("another document has another digest", () => {
  const same = (a: Json, b: Json): boolean =>
    canonical(JSON.stringify(a)).digest === canonical(JSON.stringify(b)).digest;
  fc.assert(
    fc.property(document, document, (a, b) => {
      expect(same(a, b)).toBe(fc.stringify(sorted(a)) === fc.stringify(sorted(b)));
    }),
    { numRuns: 400 },
  );
  for (const [a, b] of [
    [
      { a: 1, b: 2 },
      { a: 2, b: 1 },
    ],
    [
      [1, 2],
      [2, 1],
    ],
    ["1", 1],
    [null, "null"],
    [[], {}],
    [[[]], []],
    [{ a: {} }, { a: [] }],
    [1, 1.5],
  ] as const)
    expect(same(a as Json, b as Json)).toBe(false);
});

function sorted(value: Json): unknown {
  if (Array.isArray(value)) return (value as Json[]).map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, each]) => [key, ":", sorted(each)])
    .concat(["{}"]);
}
