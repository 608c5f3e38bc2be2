// Where an investigation has been: each scope that was asked is a step, with the step it came from, so that going back and on another
// way keeps both. Pure.

import type { Scope } from "../../shared/scope.ts";
import { splitTerms } from "./filter-edit.ts";
import { duration, instant } from "./format.ts";
import { parseView } from "./view.ts";

/** `address`: the view as it was left, without the case. `time`: ms since 1970 UTC. */
export type Step = {
  readonly id: number;
  readonly parent: number | null;
  readonly address: string;
  readonly time: number;
};

/** Ids ascend. `at`: the step that is looked at. */
export type Trail = { readonly steps: readonly Step[]; readonly at: number | null };

export const NO_TRAIL: Trail = { steps: [], at: null };

const MOST = 200;

function scopeOf(step: Step): Scope {
  return parseView(step.address).scope;
}

function keyOf({ from, to, filter, sides = "each", counters = "logged" }: Scope): string {
  return JSON.stringify([from, to, filter, sides, counters]);
}

/** What is looked at is now `address`: the same step, one beside it that asked the same, or a new one. `replaces`: a hand still moves. */
export function visited(trail: Trail, address: string, now: number, replaces: boolean): Trail {
  const key = keyOf(parseView(address).scope);
  const same = (step: Step): boolean => keyOf(scopeOf(step)) === key;
  const current = stepAt(trail);
  const near = current && [current, ...neighbours(trail, current)].find(same);
  if (near) return { steps: trail.steps.map((each) => (each === near ? { ...each, address } : each)), at: near.id };
  if (current && replaces && current.parent !== null && !trail.steps.some(({ parent }) => parent === current.id))
    return { ...trail, steps: trail.steps.map((each) => (each === current ? { ...each, address, time: now } : each)) };
  const id = (trail.steps.at(-1)?.id ?? 0) + 1;
  return shortened({ steps: [...trail.steps, { id, parent: trail.at, address, time: now }], at: id });
}

/** By the browser's back and forward: the step that asked this, wherever it stands. */
export function returned(trail: Trail, address: string, now: number): Trail {
  const key = keyOf(parseView(address).scope);
  const found = trail.steps.findLast((step) => keyOf(scopeOf(step)) === key);
  return visited(found ? { ...trail, at: found.id } : trail, address, now, false);
}

export function stepAt({ steps, at }: Trail): Step | null {
  return steps.find(({ id }) => id === at) ?? null;
}

function neighbours({ steps }: Trail, { id, parent }: Step): readonly Step[] {
  return steps.filter((step) => step.id === parent || step.parent === id);
}

/** Without its oldest: a step that nothing came of, or the first one. */
function shortened(trail: Trail): Trail {
  let { steps } = trail;
  while (steps.length > MOST) {
    const came = Map.groupBy(steps, ({ parent }) => parent);
    const gone = steps.find(
      (step) =>
        step.id !== trail.at &&
        (!came.has(step.id) || (step.parent === null && (came.get(step.id)?.length ?? 0) === 1)),
    );
    if (gone === undefined) break;
    steps = steps
      .filter((step) => step !== gone)
      .map((step) => (step.parent === gone.id ? { ...step, parent: null } : step));
  }
  return { ...trail, steps };
}

/** `depth`: how often the way there left another way. */
export type Line = { readonly step: Step; readonly depth: number; readonly words: readonly string[] };

/** Each step with what it changed, a way as far as it goes before those that leave it. */
export function linesOf({ steps }: Trail): readonly Line[] {
  const came = Map.groupBy(steps, ({ parent }) => parent);
  const lines: Line[] = [];
  const stack = (came.get(null) ?? []).map((step) => ({ step, depth: 0, before: null as Scope | null })).reverse();
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const scope = scopeOf(next.step);
    lines.push({ step: next.step, depth: next.depth, words: changeWords(next.before, scope) });
    const [first, ...others] = came.get(next.step.id) ?? [];
    for (const step of others.reverse()) stack.push({ step, depth: next.depth + 1, before: scope });
    if (first) stack.push({ step: first, depth: next.depth, before: scope });
  }
  return lines;
}

/** "+ dst == 10.1.2.4", "− dport == 443", "range 6 h". */
export function changeWords(before: Scope | null, after: Scope): readonly string[] {
  const was = before ?? { from: null, to: null, filter: "" };
  const [old, now] = [splitTerms(was.filter), splitTerms(after.filter)];
  const words = [
    ...now.filter((term) => !old.includes(term)).map((term) => `+ ${term}`),
    ...old.filter((term) => !now.includes(term)).map((term) => `− ${term}`),
  ];
  if (was.from !== after.from || was.to !== after.to) words.push(rangeWords(after));
  if ((was.sides ?? "each") !== (after.sides ?? "each")) words.push(after.sides === "once" ? "once" : "each side");
  if ((was.counters ?? "logged") !== (after.counters ?? "logged"))
    words.push(after.counters === "adjusted" ? "roll-overs undone" : "as logged");
  if (words.length > 0) return words;
  return [
    after.filter === "" && after.from === null && after.to === null ? "the whole case" : "the same in another order",
  ];
}

function rangeWords({ from, to }: Scope): string {
  if (from === null && to === null) return "whole range";
  if (from === null || to === null) return from === null ? "range to a later end" : "range from a later begin";
  return `range ${duration(to - from)}`;
}

/** A scope in one line. */
export function scopeWords({ from, to, filter, sides }: Scope): string {
  const range =
    from === null && to === null
      ? ""
      : [from, to].map((each) => (each === null ? "…" : instant(each, "min"))).join(" → ");
  return [range, filter, sides === "once" ? "once" : ""].filter(Boolean).join("  ") || "the whole case";
}

const LONGEST_ADDRESS = 20_000;
const MOST_CHARACTERS = 800_000;
const MOST_CASES = 12;

export type KeptTrail = { readonly path: string; readonly trail: Trail };

/** As the setting keeps them: this case first, as many of the others as have room. */
export function printTrails(mine: KeptTrail, others: readonly KeptTrail[]): string {
  const parts: string[] = [];
  let length = 0;
  for (const { path, trail } of [mine, ...others.filter((each) => each.path !== mine.path)].slice(0, MOST_CASES)) {
    const steps = trail.steps.filter(({ address }) => address.length <= LONGEST_ADDRESS);
    const part = JSON.stringify({ path, at: trail.at, steps: steps.map((s) => [s.id, s.parent, s.time, s.address]) });
    if (length + part.length > MOST_CHARACTERS) continue;
    length += part.length;
    parts.push(part);
  }
  return `[${parts.join(",")}]`;
}

/** What is no trail is left out. */
export function parseTrails(text: string | null): readonly KeptTrail[] {
  let listed: unknown;
  try {
    listed = JSON.parse(text ?? "[]");
  } catch {
    return [];
  }
  return (Array.isArray(listed) ? (listed as readonly unknown[]) : []).flatMap((each) => {
    const { path, at, steps } = (typeof each === "object" && each !== null ? each : {}) as Readonly<
      Record<string, unknown>
    >;
    if (typeof path !== "string" || !Array.isArray(steps)) return [];
    const read = (steps as readonly unknown[]).flatMap((step) => stepIn(step));
    const ids = new Set(read.map(({ id }) => id));
    const rooted = read.map((step) =>
      step.parent !== null && !ids.has(step.parent) ? { ...step, parent: null } : step,
    );
    return [
      { path, trail: { steps: rooted, at: typeof at === "number" && ids.has(at) ? at : (read.at(-1)?.id ?? null) } },
    ];
  });
}

function stepIn(value: unknown): readonly Step[] {
  const [id, parent, time, address] = Array.isArray(value) ? (value as readonly unknown[]) : [];
  const isStep =
    Number.isSafeInteger(id) && Number.isSafeInteger(time) && typeof address === "string" && address.startsWith("#/");
  if (!isStep) return [];
  const before = Number.isSafeInteger(parent) && Number(parent) < Number(id) ? Number(parent) : null;
  return [{ id: Number(id), parent: before, time: Number(time), address }];
}
