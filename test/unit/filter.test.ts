// Filter text to tree: what binds closer, what each field takes, and faults that point at their character.

import { describe, expect, test } from "vitest";
import { AppError } from "../../shared/failure.ts";
import { parseFilter } from "../../shared/filter/parse.ts";
import { printFilter } from "../../shared/filter/print.ts";
import {
  type Filter,
  type NumberField,
  type NumberRange,
  splitMeasures,
  type TextField,
} from "../../shared/filter/tree.ts";
import { parseBlock } from "../../shared/ip.ts";

const number = (field: NumberField, ...values: NumberRange[]): Filter => ({ kind: "number", field, values });
const is = (field: NumberField, ...values: number[]): Filter =>
  number(field, ...values.map((value) => ({ from: value, to: value })));
const text = (field: TextField, ...values: string[]): Filter => ({ kind: "text", field, match: "equal", values });
const not = (one: Filter): Filter => ({ kind: "not", one });

describe("a tree", () => {
  const [one, two, three] = [is("dport", 1), is("dport", 2), is("dport", 3)];
  test.each<[string, Filter]>([
    ["", { kind: "everything" }],
    [" \n\t", { kind: "everything" }],
    ["dport == 1", one],
    ["dport==1", one],
    ["DPORT == 1", one],
    ["dport == 1 and dport == 2", { kind: "and", all: [one, two] }],
    ["dport == 1 && dport == 2 AND dport == 3", { kind: "and", all: [one, two, three] }],
    ["dport == 1 or dport == 2 and dport == 3", { kind: "or", any: [one, { kind: "and", all: [two, three] }] }],
    ["(dport == 1 || dport == 2) and dport == 3", { kind: "and", all: [{ kind: "or", any: [one, two] }, three] }],
    ["not dport == 1 and dport == 2", { kind: "and", all: [not(one), two] }],
    ["!(dport == 1)", not(one)],
    ["not not dport == 1", not(not(one))],
    ["dport != 1", not(one)],
    ["dport in {1, 2-9 ,3}", number("dport", { from: 1, to: 1 }, { from: 2, to: 9 }, { from: 3, to: 3 })],
    ["port == 20-25", number("port", { from: 20, to: 25 })],
    ["sport < 1024", number("sport", { from: 0, to: 1023 })],
    ["sport <= 1024", number("sport", { from: 0, to: 1024 })],
    ["sport > 1024", number("sport", { from: 1025, to: 65535 })],
    ["sport >= 1024", number("sport", { from: 1024, to: 65535 })],
    ["proto in {tcp, UDP, 1}", is("proto", 6, 17, 1)],
    ["proto > 17", number("proto", { from: 18, to: 255 })],
    ["decision == Denied", text("decision", "deny")],
    ["dir in {inbound, O}", text("dir", "i", "o")],
    ["nic == 00-0D-3A-11-22-33", text("nic", "000d3a112233")],
    ['rule == "Default Rule"', text("rule", "default rule")],
    ['rule == "a \\"b\\" \\\\"', text("rule", 'a "b" \\')],
    ['rule contains "or"', { kind: "text", field: "rule", match: "contains", values: ["or"] }],
    ["state in {B, e}", text("state", "b", "e")],
    ["src == 10.0.0.0/8", { kind: "address", field: "src", values: [parseBlock("10.0.0.0/8")!] }],
    ["ip in {private, ::1}", { kind: "address", field: "ip", values: ["private", parseBlock("::1")!] }],
  ])("%j", (source, tree) => {
    expect(parseFilter(source)).toEqual(tree);
  });

  test.each([
    ["service in {443/TCP, icmp, 53/17}", "service in {443/tcp, icmp, 53/udp}"],
    ["bytes > 1.5Ki and not (packets <= 3)", "bytes >= 1537 and not packets <= 3"],
    ["(port == 1 and (port == 2 and port == 3))", "port == 1 and port == 2 and port == 3"],
    ["!(country == de)", "country != de"],
    ["asn in {AS64500, 0064501}", "asn in {64500, 64501}"],
    ['rule matches "^a|b$" or rule matches (a)', null],
    ["sport < 0 or sport > 65535", "sport < 0 or sport > 65535"],
    ["ip == 2001:DB8::/32 and not ip in {private, 1.2.3.4}", "ip == 2001:db8::/32 and not ip in {private, 1.2.3.4}"],
  ])("%s is printed as one", (source, printed) => {
    if (printed === null) expect(() => parseFilter(source)).toThrow("a value is expected");
    else expect(printFilter(parseFilter(source))).toBe(printed);
  });

  test("keeps conditions on rows apart from those on tuples", () => {
    const { tuples, rows } = splitMeasures(parseFilter("bytes > 10 and (port == 1) and not packets == 1-2"));
    expect(tuples).toEqual(is("port", 1));
    expect(rows.map(({ field, not: isNot }) => [field, isNot])).toEqual([
      ["bytes", false],
      ["packets", true],
    ]);
  });

  test("of 20,000 values and no more, each where it stands", () => {
    const many = (n: number): string => Array.from({ length: n }, (_, i) => i).join(",");
    const values = Array.from({ length: 20_000 }, (_, i) => ({ from: i, to: i }));
    const set = { kind: "number", field: "dport", values };
    expect(parseFilter(`sport == 1 and dport in {${many(20_000)}} and (sport == 1)`)).toEqual({
      kind: "and",
      all: [is("sport", 1), set, is("sport", 1)],
    });
    expect(() => parseFilter(`dport in {${many(20_001)}}`)).toThrow("character 108901: more than 20000 values");
    expect(() => parseFilter(`dport in {${many(1000)}, x}`)).toThrow('character 3902: "x" is not a number');
  });

  test("of 200 brackets and not of 201", () => {
    const nested = (depth: number): string => `${"(".repeat(depth)}port == 1${")".repeat(depth)}`;
    expect(parseFilter(nested(199))).toEqual(is("port", 1));
    expect(() => parseFilter(nested(100_000))).toThrow("nested deeper than 200");
  });
});

describe("a fault", () => {
  /** `source` with a caret before the character that must be named. */
  test.each([
    ["^dprt == 1", "is not a field"],
    ["dport ^= 1", "not understood"],
    ["dport ^is 1", "an operator is expected"],
    ["dport == ^", "a value is expected"],
    ["dport == ^,", "a value is expected"],
    ["dport == ^x", "is not a number from 0 to 65535"],
    ["dport == ^65536", "is not a number from 0 to 65535"],
    ["proto == ^256", "is not a number from 0 to 255"],
    ["dport == ^-1", "is not a number"],
    ["dport == ^9-8", "is empty"],
    ["dport < ^1-2", "is not a number"],
    ["dport in {1, ^2-3-4}", "is not a number"],
    ["dport == 1 ^dport == 2", "join conditions with and, or"],
    ["dport == 1 and ^", "a field is expected"],
    ["dport == 1 or ^or", "is not a field"],
    ["(dport == 1^", "a closing bracket is missing"],
    ["dport == 1^)", "is not expected here"],
    ["dport in ^80", "a set in braces is expected"],
    ["dport in {^}", "a value is expected"],
    ["dport in {80 ^90}", "a comma or closing brace is missing"],
    ["dport in {80^", "a comma or closing brace is missing"],
    ['rule == ^"open', "this quote is not closed"],
    ['^"rule" == 1', "a field is expected"],
    ['rule ^"==" x', "an operator is expected"],
    ["src == ^10.0.0", "is neither an IP address nor a block"],
    ["src == ^010.0.0.1", "is neither an IP address nor a block"],
    ['src == ^"private"', "is neither an IP address nor a block"],
    ["src ^contains 10", "addresses are compared with"],
    ["src ^< 10.0.0.1", "addresses are compared with"],
    ["dport ^contains 1", "numbers are compared with"],
    ["rule ^> a", "texts are compared with"],
    ["port ^matches a", "numbers are compared with"],
    ["src ^matches a", "addresses are compared with"],
    ["decision == ^maybe", "it is allow or deny"],
    ["dir == ^x", "it is I or O"],
    ["port == 1 or ^bytes > 1", "stands at the top, joined by and"],
    ["not (port == 1 and ^packets > 1)", "stands at the top, joined by and"],
    ["bytes > ^1x", "is not a number from 0 to 9007199254740991"],
    ["bytes > ^18446744073709551616", "is not a number from 0 to 9007199254740991"],
    ["bytes > ^1.0000001", "is not a number"],
    ["service == ^443/xyz", "is not a service, such as 443/tcp"],
    ["service == ^70000/tcp", "is not a service"],
    ["service ^> 443/tcp", "services are compared with"],
    ["country == ^Germany", "is not a country in two letters"],
    ["asn == ^x", "is not the number of an autonomous system"],
    ["asn ^> 1", "texts are compared with"],
    ["^dprot == 1", "did you mean dport"],
    ["^contry == DE", "did you mean country"],
    ["port == 1 or ^or", "is not a field"],
    ["^; dport == 1", "is not a field"],
    ["dport == 1 ^| dport == 2", "not understood"],
  ])("%s", (marked, sentence) => {
    const at = marked.indexOf("^");
    const source = marked.replace("^", "");
    const thrown = caught(source);
    expect([thrown.kind, thrown.message]).toEqual(["bad-request", expect.stringContaining(sentence)]);
    const [first, line = "", caret = ""] = thrown.message.split("\n");
    expect(first).toMatch(new RegExp(`^Filter, character ${at + 1}: `));
    expect([line.slice(2), caret]).toEqual([source, `${" ".repeat(at + 2)}^`]);
  });

  test("in a long text shows its surroundings, on one line", () => {
    const before = "dport == 1 or\n".repeat(30);
    const [first, line = "", caret = ""] = caught(`${before}wrong == 1 or ${before}`).message.split("\n");
    expect(first).toContain(`character ${before.length + 1}`);
    expect(line.length).toBeLessThanOrEqual(122);
    expect(line.slice(caret.indexOf("^"))).toMatch(/^wrong == 1/);
  });

  function caught(source: string): AppError {
    try {
      parseFilter(source);
    } catch (thrown) {
      if (thrown instanceof AppError) return thrown;
      throw thrown;
    }
    throw new Error(`it was understood: ${source}`);
  }
});
