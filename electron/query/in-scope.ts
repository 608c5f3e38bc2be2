// A scope as questions are answered in it: its filter parsed and made ready for the case, each side or once, as logged or adjusted.

import { AppError } from "../../shared/failure.ts";
import { parseFilter } from "../../shared/filter/parse.ts";
import { type Filter, splitMeasures } from "../../shared/filter/tree.ts";
import type { Scope } from "../../shared/scope.ts";
import { barShare } from "./bar-share.ts";
import type { Catalog } from "./catalog.ts";
import { type Compiled, compileFilter } from "./compile-filter.ts";
import { type Facts, noFacts } from "./facts.ts";
import { flowOfTuple } from "./flow-of-tuple.ts";
import type { Range } from "./flow-shares.ts";
import { flowsInTime } from "./flow-time.ts";
import { inBoth, type RowMask } from "./row-mask.ts";
import type { InScope } from "./scope-asked.ts";

type Ready = { readonly name: string; readonly compiled: Compiled; readonly isEverything: boolean };

// What a filter says of the case is kept: a range is moved far oftener than a filter is changed.
const ready = new WeakMap<Catalog, Ready[]>();
const KEPT_FILTERS = 24;

/** Throws `bad-request` for a wrong filter, `unsupported` where the scope needs settled flows and they are not. */
export function inScope(catalog: Catalog, scope: Scope, facts: Facts = noFacts): InScope {
  const { bar, flow } = scope;
  const all = wholeScope(catalog, scope, facts);
  const whole = flow ? ofFlow(catalog, all, flow, bar) : all;
  if (!bar) return whole;
  if (!bar.spread) return { ...whole, ...overlap(whole, bar) };
  requireSettled(catalog);
  const share = barShare(catalog, whole, bar);
  return { ...whole, only: share.rows, share };
}

function ofFlow(catalog: Catalog, scope: InScope, flow: NonNullable<Scope["flow"]>, bar: Scope["bar"]): InScope {
  requireSettled(catalog);
  const mask = flowOfTuple(catalog, flow, bar && !bar.spread ? overlap(scope, bar) : scope);
  return { ...scope, only: scope.only ? inBoth(scope.only, mask) : mask };
}

/** Without the bar. */
function wholeScope(catalog: Catalog, scope: Scope, facts: Facts): InScope {
  const { filter, part, from, to, sides, counters, time = "inside" } = scope;
  const once = sides === "once";
  const adjusted = counters === "adjusted";
  const ofFlows = time !== "inside" && (from !== null || to !== null);
  if (once || adjusted || ofFlows) requireSettled(catalog);
  const whole = parseFilter(filter);
  const { rows } = splitMeasures(whole);
  const { compiled, isEverything } = readyFilter(catalog, filter, part ?? "", facts);
  return {
    filter: compiled,
    isEverything,
    rows,
    from: ofFlows ? null : from,
    to: ofFlows ? null : to,
    once: once && !isOfOneSide(whole),
    adjusted,
    only: ofFlows ? readyMask(catalog, { from, to }, time) : null,
    share: null,
  };
}

function overlap(one: Range, other: { readonly from: number; readonly to: number }): Range {
  return {
    from: one.from === null ? other.from : Math.max(one.from, other.from),
    to: one.to === null ? other.to : Math.min(one.to, other.to),
  };
}

// Timeline, edges and tables of one range are asked one after another.
const masks = new WeakMap<Catalog, { readonly name: string; readonly mask: RowMask }[]>();
const KEPT_MASKS = 4;

function readyMask(catalog: Catalog, range: Range, time: "overlapping" | "starting"): RowMask {
  const name = JSON.stringify([time, range.from, range.to]);
  const kept = masks.get(catalog) ?? [];
  if (!masks.has(catalog)) masks.set(catalog, kept);
  const known = kept.find((each) => each.name === name);
  if (known) return known.mask;
  const mask = flowsInTime(catalog, range, time);
  kept.unshift({ name, mask });
  kept.length = Math.min(kept.length, KEPT_MASKS);
  return mask;
}

function readyFilter(catalog: Catalog, filter: string, part: string, facts: Facts): Ready {
  const text = JSON.stringify([filter, part]);
  const kept = ready.get(catalog) ?? [];
  if (!ready.has(catalog)) ready.set(catalog, kept);
  const known = kept.find(({ name }) => name === text || name === nameWith(text, facts));
  if (known) {
    kept.splice(kept.indexOf(known), 1);
    kept.unshift(known);
    return known;
  }
  const tuples = both(splitMeasures(parseFilter(filter)).tuples, splitMeasures(parseFilter(part)).tuples);
  const name = asksFacts(tuples) ? nameWith(text, facts) : text;
  const made = { name, compiled: compileFilter(catalog, tuples, facts), isEverything: tuples.kind === "everything" };
  kept.unshift(made);
  kept.length = Math.min(kept.length, KEPT_FILTERS);
  return made;
}

function both(one: Filter, other: Filter): Filter {
  if (one.kind === "everything") return other;
  return other.kind === "everything" ? one : { kind: "and", all: [one, other] };
}

function nameWith(text: string, { revision }: Facts): string {
  return `${text}\n${revision}`;
}

/** Whether what it says can change while the evidence stays. */
export function asksFacts(filter: Filter): boolean {
  return someTest(filter, (test) => test.kind === "fact");
}

/** A filter by NIC or direction looks at one side already: once has no effect on it. */
export function isOfOneSide(filter: Filter): boolean {
  return someTest(filter, (test) => test.kind === "text" && (test.field === "nic" || test.field === "dir"));
}

function someTest(filter: Filter, holds: (test: Filter) => boolean): boolean {
  switch (filter.kind) {
    case "and":
      return filter.all.some((one) => someTest(one, holds));
    case "or":
      return filter.any.some((one) => someTest(one, holds));
    case "not":
      return someTest(filter.one, holds);
    default:
      return holds(filter);
  }
}

/** Throws `unsupported` with what can be done. A case without tuples has nothing to settle. */
export function requireSettled(catalog: Catalog): void {
  if (!catalog.isSettled && catalog.segments.length > 0)
    throw new AppError(
      "unsupported",
      "The flows of this case are not settled, so it can be looked at as logged and each side only; tidemark verify CASE --rebuild settles them.",
    );
}
