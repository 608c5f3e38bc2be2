// What tables on the page are made of beside their rows: sorting, chosen rows, columns, rows said as a filter or a list of addresses.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { blockOf, wantedBeside } from "../../renderer/model/beside-wanted.ts";
import {
  arranged,
  type ColumnLook,
  FIRST_LOOKS,
  moved,
  ordered,
  PLAIN,
  parseLooks,
  printLooks,
  toggledPin,
  toggledShown,
  widened,
} from "../../renderer/model/column-looks.ts";
import { percent } from "../../renderer/model/format.ts";
import { between, countOf, isIn, type Ranges, toggled, united, without } from "../../renderer/model/row-ranges.ts";
import { nextSorting, parseSorting, printSorting, type Sorting } from "../../renderer/model/sorting.ts";
import { anyOf, defanged } from "../../renderer/model/take-rows.ts";
import { barWords, sparkOf, sparkWords } from "../../renderer/views/tables/spark.ts";
import { parseFilter } from "../../shared/filter/parse.ts";

describe("sorting", () => {
  const clicks = (...fields: readonly (readonly [string, "alone" | "also"])[]): string =>
    printSorting(fields.reduce<Sorting>((sum, [field, how]) => nextSorting(sum, field, how), []));

  test("by one field is down, up, not at all; by others too with Shift, each in its place", () => {
    expect([1, 2, 3].map((n) => clicks(...Array(n).fill(["a", "alone"] as const)))).toEqual(["a:desc", "a:asc", ""]);
    expect(clicks(["a", "alone"], ["b", "also"], ["a", "also"])).toBe("a:asc,b:desc");
    expect(clicks(["a", "alone"], ["b", "also"], ["a", "also"], ["a", "also"])).toBe("b:desc");
    expect(clicks(["a", "alone"], ["b", "also"], ["c", "alone"])).toBe("c:desc");
  });

  test("is read from an address, what is not right left out", () => {
    expect(printSorting(parseSorting("a:desc,b:asc"))).toBe("a:desc,b:asc");
    expect(printSorting(parseSorting(",a,:asc,b:up,c:asc,c:desc"))).toBe("c:asc");
  });
});

describe("chosen rows", () => {
  const stretch = fc.tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 40 }));
  const change = fc.oneof(
    stretch.map((of) => ({ what: "add" as const, of })),
    stretch.map((of) => ({ what: "take" as const, of })),
    fc.integer({ min: 0, max: 40 }).map((at) => ({ what: "toggle" as const, at })),
  );

  test("are those of a set, in stretches that never touch", () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 20 }), (changes) => {
        let ranges: Ranges = [];
        const set = new Set<number>();
        for (const one of changes) {
          if (one.what === "toggle") {
            ranges = toggled(ranges, one.at);
            if (!set.delete(one.at)) set.add(one.at);
            continue;
          }
          ranges = one.what === "add" ? united(ranges, one.of) : without(ranges, one.of);
          for (let i = one.of[0]; i < one.of[1]; i++) one.what === "add" ? set.add(i) : set.delete(i);
        }
        expect(Array.from({ length: 41 }, (_, i) => i).filter((i) => isIn(ranges, i))).toEqual(
          [...set].sort((a, b) => a - b),
        );
        expect(countOf(ranges)).toBe(set.size);
        expect(ranges.every(([from, to], i) => from < to && (i === 0 || from > ranges[i - 1]![1]))).toBe(true);
      }),
    );
  });

  test("reach from one to another whichever is first", () => {
    expect([between(3, 5), between(5, 3), between(4, 4)]).toEqual([[[3, 6]], [[3, 6]], [[4, 5]]]);
  });
});

describe("columns", () => {
  const columns = ["a", "b", "c", "d"].map((id) => ({ id, width: 50, rare: id === "d" }));
  const ids = (look: ColumnLook): string =>
    arranged(columns, look)
      .map(({ id }) => id)
      .join("");

  test("stand as moved, pinned first, hidden ones away, rare ones where asked for", () => {
    expect(ids(PLAIN)).toBe("abc");
    expect(ids(moved(PLAIN, ["a", "b", "c", "d"], "c", 0))).toBe("cab");
    expect(ids(toggledPin(PLAIN, "b"))).toBe("bac");
    expect(ids(toggledShown(PLAIN, columns, "d"))).toBe("abcd");
    expect(ids(toggledShown(PLAIN, columns, "a"))).toBe("bc");
    expect(ordered(columns, { ...PLAIN, order: ["gone", "d"] }).map(({ id }) => id)).toEqual(["a", "b", "c", "d"]);
  });

  test("one of them stays, and none is narrower than can be seen", () => {
    const one = ["a", "b"].reduce((look, id) => toggledShown(look, columns, id), PLAIN);
    expect(ids(toggledShown(one, columns, "c"))).toBe("c");
    expect(arranged(columns, widened(PLAIN, "a", 1))[0]?.width).toBe(30);
  });

  test("survive being kept; what is not right is as at first", () => {
    const looks = { density: "roomy", tables: { edges: widened(toggledPin(PLAIN, "a"), "b", 80) } } as const;
    expect(parseLooks(printLooks(looks))).toEqual(looks);
    for (const text of [null, "", "[", "null", '{"density":"x","tables":3}'])
      expect(parseLooks(text)).toEqual(FIRST_LOOKS);
    expect(parseLooks('{"tables":{"edges":{"order":[1,"a"],"widths":{"a":"1","b":-4}}}}').tables.edges).toEqual({
      ...PLAIN,
      order: ["a"],
    });
  });
});

describe("rows taken away", () => {
  test("as a filter are a list where one field tells them apart, else any of several", () => {
    expect(anyOf(["src == 10.0.0.4", "src == 10.0.0.5", "src == 10.0.0.4"])).toEqual({
      filter: "src in {10.0.0.4, 10.0.0.5}",
    });
    const several = anyOf(["dport == 53 and proto == 17", "country == null"]);
    expect(several).toEqual({ filter: "(dport == 53 and proto == 17) or (country == null)" });
    expect(() => parseFilter((several as { filter: string }).filter)).not.toThrow();
    expect(anyOf(["ip == 10.0.0.4", null])).toEqual({ why: expect.any(String) });
    expect(anyOf(Array.from({ length: 1001 }, (_, i) => `dport == ${i}`))).toEqual({ why: expect.any(String) });
  });

  test("as addresses are the public ones, each once, and no links", () => {
    const rows = [
      { srcIp: "10.0.0.4", dstIp: "203.0.113.45" },
      { ip: "203.0.113.45", srcIp: "2001:db8::5" },
    ];
    expect(defanged(rows)).toEqual(["203.0.113[.]45", "2001:db8:[:]5"]);
  });
});

describe("what stands beside rows", () => {
  const bins = { from: Date.UTC(2026, 2, 4, 2), width: 600_000 };

  test("a bar of anything can be seen, one of nothing is not there, both ways are to one scale", () => {
    const { step, width, base, allowed, denied } = sparkOf([100, 0, 1, 40], [0, 0, 1, 20]);
    expect([step, width]).toEqual([8, 32]);
    expect(base).toBe(14); // 100 above, 20 below, of 17 px
    expect(allowed).toBe("M0 0h7v14h-7zM24 11h7v3h-7z");
    expect(denied).toBe("M16 15h7v1h-7zM24 15h7v3h-7z");
    expect(sparkOf([], [])).toMatchObject({ width: 0, allowed: "", denied: "" });
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(1e6), fc.nat(1e6)), { minLength: 1, maxLength: 60 }), (pairs) => {
        const spark = sparkOf(
          pairs.map(([a, d]) => a + d),
          pairs.map(([, d]) => d),
        );
        const heights = (path: string): number[] =>
          [...path.matchAll(/M\d+ (\d+)h\d+v(\d+)/g)].map(([, , h]) => Number(h));
        expect(heights(spark.allowed).length).toBe(pairs.filter(([a]) => a > 0).length);
        expect(heights(spark.denied).length).toBe(pairs.filter(([, d]) => d > 0).length);
        const [up, down] = [Math.max(0, ...heights(spark.allowed)), Math.max(0, ...heights(spark.denied))];
        expect([up <= spark.base, spark.base + 1 + down <= 18, spark.width <= 132]).toEqual([true, true, true]);
      }),
    );
  });

  test("each bar says what it stands for", () => {
    expect(barWords(bins, 1, 1204, 3)).toBe("2026-03-04 02:10 to 2026-03-04 02:20 UTC: 1,204 tuples, 3 denied");
    expect(barWords(bins, 0, 0, 0)).toBe("2026-03-04 02:00 to 2026-03-04 02:10 UTC: no tuple");
    expect(sparkWords(bins, [0, 7, 2], [0, 0, 2])).toBe(
      "tuples in 2 of 3 stretches, most in 2026-03-04 02:10 to 2026-03-04 02:20 UTC: 7 tuples",
    );
    expect(sparkWords(bins, [0], [0])).toBe("no tuple in range");
  });

  test("a share is all or nothing only where it is", () => {
    expect([
      percent(0, 9),
      percent(9, 9),
      percent(1, 9),
      percent(1, 1e6),
      percent(1e6 - 1, 1e6),
      percent(0, 0),
    ]).toEqual(["0 %", "100 %", "11.1 %", "< 0.1 %", "> 99.9 %", "–"]);
  });

  test("is asked for where a column shows it, in blocks that hold the rows in sight", () => {
    const wanted = (...ids: readonly string[]): readonly string[] => wantedBeside(ids.map((id) => ({ id })));
    expect([wanted("tuples"), wanted("activity"), wanted("tuplesShare"), wanted("activity", "bytesSentWhole")]).toEqual(
      [[], ["activity"], ["whole"], ["activity", "whole"]],
    );
    expect(blockOf(5, 38)).toEqual({ from: 0, to: 40 });
    expect(blockOf(39, 81)).toEqual({ from: 0, to: 120 });
    expect(blockOf(100, 900)).toEqual({ from: 80, to: 280 });
  });
});
