// A filter with its chains made short: conditions that differ in nothing but their value are one with all the values. It says the same.

import { AppError } from "../../shared/failure.ts";
import type { Filter, Test } from "../../shared/filter/tree.ts";

/** Conditions of a merged filter; each costs a look at every conversation. */
const MOST = 200;

/** Throws AppError bad-request where it is still too long. */
export function mergeTests(filter: Filter): Filter {
  const short = shortened(filter);
  const tests = countTests(short);
  if (tests > MOST)
    throw new AppError(
      "bad-request",
      `Filter: it has ${tests} different conditions, more than ${MOST}; say many values of one field as a set, such as dport in {80, 443}.`,
    );
  return short;
}

function shortened(filter: Filter): Filter {
  switch (filter.kind) {
    case "and":
      return { kind: "and", all: chained(filter.all.map(shortened), "not any") };
    case "or":
      return { kind: "or", any: chained(filter.any.map(shortened), "any") };
    case "not":
      return { kind: "not", one: shortened(filter.one) };
    default:
      return filter;
  }
}

/** `x == 1 or x == 2` is `x in {1, 2}`, and `x != 1 and x != 2` is `not x in {1, 2}`. */
function chained(parts: readonly Filter[], which: "any" | "not any"): Filter[] {
  const found: (Filter | { readonly merged: Test[] })[] = [];
  const groups = new Map<string, Test[]>();
  for (const part of parts) {
    const test = which === "any" ? part : part.kind === "not" ? part.one : null;
    if (!test || !isTest(test)) {
      found.push(part);
      continue;
    }
    const name = `${test.kind} ${test.field} ${"match" in test ? test.match : ""}`;
    const group = groups.get(name);
    if (group) group.push(test);
    else {
      const merged = [test];
      groups.set(name, merged);
      found.push({ merged });
    }
  }
  return found.map((each) => {
    if (!("merged" in each)) return each;
    const one = allOf(each.merged);
    return which === "any" ? one : { kind: "not", one };
  });
}

function allOf(tests: readonly Test[]): Test {
  const [first] = tests;
  // They are of one kind, field and match: their values are of one type.
  return { ...(first as Test), values: tests.flatMap(({ values }): readonly unknown[] => values) } as Test;
}

function isTest(filter: Filter): filter is Test {
  return "values" in filter && filter.kind !== "measure";
}

function countTests(filter: Filter): number {
  if (filter.kind === "and") return filter.all.reduce((sum, one) => sum + countTests(one), 0);
  if (filter.kind === "or") return filter.any.reduce((sum, one) => sum + countTests(one), 0);
  return filter.kind === "not" ? countTests(filter.one) : 1;
}
