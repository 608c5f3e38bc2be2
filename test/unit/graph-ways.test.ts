// Paths and neighbours over the edges of an answer, and how nodes and edges are selected.

import { expect, test } from "vitest";
import { neighboursOf } from "../../renderer/views/graph/neighbours.ts";
import { pathBetween } from "../../renderer/views/graph/path-between.ts";
import type { Row } from "../../shared/rows.ts";

/** `a>b 3-9`: an edge with its first and last time; `!` where all of it was denied. */
function edges(...texts: readonly string[]): readonly Row[] {
  return texts.map((text) => {
    const [, srcIp = "", dstIp = "", first, last, denied] = /^(\w)>(\w) (\d+)-(\d+)(!?)$/.exec(text) ?? [];
    const allowed = denied === "!" ? 0 : 1;
    return {
      srcIp,
      dstIp,
      firstTime: Number(first),
      lastTime: Number(last),
      tuples: 1,
      allowed,
      denied: 1 - allowed,
      bytesSent: Number(last),
    };
  });
}

const seek = (rows: readonly Row[], from: string, to: string, kind: "hops" | "time" = "hops"): string | null => {
  const found = pathBetween(rows, { from, to, kind });
  return found === null ? null : `${found.ips.join("")}${found.isAgainst ? " against" : ""}`;
};

test("the path of fewest hops goes along edges where it can", () => {
  const rows = edges("a>b 1-2", "b>c 1-2", "c>d 1-2", "a>x 1-2", "x>d 1-2");
  expect(seek(rows, "a", "d")).toBe("axd");
});

test("where edges lead only the other way, the path says so; where none lead, there is none", () => {
  expect(seek(edges("b>a 1-2", "b>c 1-2"), "a", "c")).toBe("abc against");
  expect(seek(edges("a>b 1-2", "c>d 1-2"), "a", "d")).toBeNull();
});

test("a path in time takes no contact that had ended before it could be taken", () => {
  const rows = edges("a>b 10-20", "b>d 1-9", "b>c 12-30", "c>d 25-40");
  expect(seek(rows, "a", "d")).toBe("abd");
  expect(seek(rows, "a", "d", "time")).toBe("abcd");
});

test("a path in time does not lead over what was denied", () => {
  expect(seek(edges("a>b 1-2", "b>c 3-4!"), "a", "c", "time")).toBeNull();
});

test("neighbours are whoever has an edge with it, those with most first", () => {
  const rows = edges("a>b 1-2", "c>a 1-7", "a>a 1-9", "b>a 1-3");
  expect(neighboursOf(rows, "a", "all", "bytes")).toEqual(["c", "b"]);
  expect(neighboursOf(rows, "a", "top", "tuples")).toEqual(["b", "c"]);
});

test("the next hop in time is whom it opened after it was first contacted", () => {
  const rows = edges("a>e 1-90", "x>a 10-12", "a>c 30-31", "a>b 20-21", "y>a 5-50");
  expect(neighboursOf(rows, "a", "next", "bytes")).toEqual(["b", "c"]);
  expect(neighboursOf(edges("a>b 3-4"), "a", "next", "bytes")).toEqual([]);
});
