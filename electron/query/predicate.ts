// A filter against a segment: decided for a key where the dictionary suffices, for a row where it does not (source port, state).

import { isPrivate } from "../../shared/address-class.ts";
import { never } from "../../shared/failure.ts";
import type { AddressValue, Filter, Test } from "../../shared/filter/tree.ts";
import { decisions, directions, states } from "../../shared/flow.ts";
import { inBlock } from "../../shared/ip.ts";
import { LEFT_OUT } from "../analysis/settled.ts";
import type { InScope } from "./in-scope.ts";
import { addressBytes, type SegmentView } from "./segment-view.ts";

const NO = 0;
const YES = 1;
const DEPENDS = 2;
type Verdict = typeof NO | typeof YES | typeof DEPENDS;

/** What a filter says of a segment's keys. `depends`: for some keys it takes the row to tell. */
type Decided = {
  readonly verdicts: Uint8Array;
  readonly any: boolean;
  readonly depends: boolean;
  readonly known: Known;
};

// A range is moved far oftener than a filter is changed: what a filter says of keys is kept as long as filter and segment are.
const decided = new WeakMap<SegmentView, WeakMap<Filter, Decided>>();

function decide(view: SegmentView, filter: Filter): Decided {
  let filters = decided.get(view);
  if (!filters) {
    filters = new WeakMap();
    decided.set(view, filters);
  }
  const before = filters.get(filter);
  if (before) return before;
  const known = addressMemo(view);
  const verdicts = new Uint8Array(view.keys.length);
  let any = false;
  let depends = false;
  for (let k = 0; k < verdicts.length; k++) {
    const verdict = forKey(view, filter, k, known);
    verdicts[k] = verdict;
    any ||= verdict !== NO;
    depends ||= verdict === DEPENDS;
  }
  const found = { verdicts, any, depends, known };
  filters.set(filter, found);
  return found;
}

function isInRange({ segment }: SegmentView, from: number | null, to: number | null): boolean {
  return (from === null || segment.firstTime >= from) && (to === null || segment.lastTime < to);
}

/** 1 for each key all of whose rows match, 0 where none does; null where rows of one key may differ. */
export function matchingKeys(view: SegmentView, { filter, from, to, once }: InScope): Uint8Array | null {
  if (!isInRange(view, from, to) || (once && view.hasLeftOut())) return null;
  const { verdicts, depends } = decide(view, filter);
  return depends ? null : verdicts;
}

/** For each row of a segment whether it matches; null: all do. Rows outside from ≤ time < to do not. */
export function matching(view: SegmentView, scope: InScope): Uint8Array | null {
  const rows = rowsOf(view, scope);
  if (!scope.once || !view.hasLeftOut()) return rows;
  const marks = view.marks() as Uint8Array; // it has some left out
  const own = rows ?? new Uint8Array(marks.length).fill(1);
  for (let i = 0; i < own.length; i++) if (((marks[i] as number) & LEFT_OUT) !== 0) own[i] = 0;
  return own;
}

function rowsOf(view: SegmentView, { filter, from, to }: InScope): Uint8Array | null {
  if (filter.kind === "everything" && isInRange(view, from, to)) return null;
  const { verdicts, any, known } = decide(view, filter);
  const rows = new Uint8Array(view.segment.tuples);
  if (!any) return rows;
  const { key, time } = view.when;
  const least = from ?? Number.NEGATIVE_INFINITY;
  const past = to ?? Number.POSITIVE_INFINITY;
  for (let i = 0; i < rows.length; i++) {
    const t = time[i] as number;
    if (t < least || t >= past) continue;
    const k = key[i] as number;
    const verdict = verdicts[k];
    if (verdict === YES || (verdict === DEPENDS && forRow(view, filter, k, i, known))) rows[i] = 1;
  }
  return rows;
}

type Known = (values: readonly AddressValue[], address: number) => boolean;

/** A set of addresses is tested once an address of the segment, not once a key. */
function addressMemo(view: SegmentView): Known {
  const memo = new Map<readonly AddressValue[], Uint8Array>();
  return (values, address) => {
    let known = memo.get(values);
    if (!known) {
      known = new Uint8Array(view.addresses.v4.length + view.addresses.v6.length / 16);
      memo.set(values, known);
    }
    if (known[address] === 0) {
      const bytes = addressBytes(view.addresses, address);
      const hit = values.some((value) =>
        value === "private" ? isPrivate(bytes) : value === "public" ? !isPrivate(bytes) : inBlock(bytes, value),
      );
      known[address] = hit ? 1 : 2;
    }
    return known[address] === 1;
  };
}

function forKey(view: SegmentView, filter: Filter, k: number, known: Known): Verdict {
  switch (filter.kind) {
    case "everything":
      return YES;
    case "not": {
      const one = forKey(view, filter.one, k, known);
      return one === DEPENDS ? DEPENDS : one === YES ? NO : YES;
    }
    case "and": {
      let verdict: Verdict = YES;
      for (const part of filter.all) {
        const one = forKey(view, part, k, known);
        if (one === NO) return NO;
        if (one === DEPENDS) verdict = DEPENDS;
      }
      return verdict;
    }
    case "or": {
      let verdict: Verdict = NO;
      for (const part of filter.any) {
        const one = forKey(view, part, k, known);
        if (one === YES) return YES;
        if (one === DEPENDS) verdict = DEPENDS;
      }
      return verdict;
    }
    default:
      return testKey(view, filter, k, known);
  }
}

function testKey(view: SegmentView, test: Test, k: number, known: Known): Verdict {
  const { keys } = view;
  if (test.kind === "address") {
    const src = test.field !== "dst" && known(test.values, keys.src[k] as number);
    const dst = test.field !== "src" && known(test.values, keys.dst[k] as number);
    return src || dst ? YES : NO;
  }
  if (test.kind === "number") {
    if (test.field === "sport") return DEPENDS;
    const value = test.field === "proto" ? (keys.protocol[k] as number) : (keys.dstPort[k] as number);
    if (inRanges(test.values, value)) return YES;
    return test.field === "port" ? DEPENDS : NO;
  }
  if (test.field === "state") return DEPENDS;
  return matchText(test, textOf(view, test.field, k)) ? YES : NO;
}

function forRow(view: SegmentView, filter: Filter, k: number, i: number, known: Known): boolean {
  switch (filter.kind) {
    case "everything":
      return true;
    case "not":
      return !forRow(view, filter.one, k, i, known);
    case "and":
      return filter.all.every((part) => forRow(view, part, k, i, known));
    case "or":
      return filter.any.some((part) => forRow(view, part, k, i, known));
    default: {
      const verdict = testKey(view, filter, k, known);
      if (verdict !== DEPENDS) return verdict === YES;
      if (filter.kind === "number") return inRanges(filter.values, view.srcPort()[i] as number);
      if (filter.kind === "text") return matchText(filter, stateText(view, view.when.state[i] as number));
      return false;
    }
  }
}

function inRanges(ranges: readonly { from: number; to: number }[], value: number): boolean {
  return ranges.some((range) => value >= range.from && value <= range.to);
}

function matchText(test: Extract<Test, { kind: "text" }>, text: string | null): boolean {
  if (text === null) return test.match === "equal" && test.values.includes("null");
  const lower = text.toLowerCase();
  return test.values.some((value) => (test.match === "equal" ? lower === value : lower.includes(value)));
}

/** The state as logged. */
export function stateText(view: SegmentView, state: number): string | null {
  return state < states.length
    ? (states[state] as string | null)
    : (view.segment.otherStates[state - states.length] ?? null);
}

function textOf(view: SegmentView, field: Extract<Test, { kind: "text" }>["field"], k: number): string | null {
  const flags = view.keys.flags[k] as number;
  const context = view.context(k);
  switch (field) {
    case "dir":
      return directions[flags & 1] as string;
    case "decision":
      return decisions[flags >>> 1] as string;
    case "enc":
      return context.encryption;
    case "nic":
      return context.nic;
    case "acl":
      return context.acl;
    case "rule":
      return context.rule;
    case "flowlog":
      return context.flowLog;
    case "state":
      return null;
    default:
      return never(field);
  }
}
