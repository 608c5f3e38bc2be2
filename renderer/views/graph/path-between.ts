// A way from one address to another over the edges of an answer: the fewest hops, or contacts that can have followed one another in
// time. An edge tells its first and its last contact only, so the second says what was possible, not what was.

import type { Row } from "../../../shared/rows.ts";
import type { SoughtPath } from "../../model/graph-look.ts";

/** `ips` from end to end. `isAgainst`: some edges are walked from who answered to who opened. */
export type FoundPath = { readonly ips: readonly string[]; readonly isAgainst: boolean };

type Step = { readonly to: string; readonly first: number; readonly last: number };

export function pathBetween(rows: readonly Row[], { from, to, kind }: SoughtPath): FoundPath | null {
  if (kind === "time") {
    const ips = earliest(stepsOf(rows.filter((row) => Number(row.allowed) > 0)), from, to);
    return ips && { ips, isAgainst: false };
  }
  const along = fewest(stepsOf(rows), from, to);
  if (along) return { ips: along, isAgainst: false };
  const turned = rows.map((row) => ({ ...row, srcIp: row.dstIp ?? null, dstIp: row.srcIp ?? null }));
  const either = fewest(stepsOf([...rows, ...turned]), from, to);
  return either && { ips: either, isAgainst: true };
}

function stepsOf(rows: readonly Row[]): ReadonlyMap<string, readonly Step[]> {
  const steps = new Map<string, Step[]>();
  for (const row of rows) {
    const step = { to: String(row.dstIp), first: Number(row.firstTime ?? 0), last: Number(row.lastTime ?? 0) };
    const list = steps.get(String(row.srcIp));
    if (list) list.push(step);
    else steps.set(String(row.srcIp), [step]);
  }
  return steps;
}

function fewest(steps: ReadonlyMap<string, readonly Step[]>, from: string, to: string): readonly string[] | null {
  const before = new Map<string, string>([[from, ""]]);
  const queue = [from];
  for (const ip of queue) {
    if (ip === to) return walked(before, to);
    for (const step of steps.get(ip) ?? []) {
      if (before.has(step.to)) continue;
      before.set(step.to, ip);
      queue.push(step.to);
    }
  }
  return null;
}

/** The way that arrives first: a contact can be taken until its last time, and not before its first. */
function earliest(steps: ReadonlyMap<string, readonly Step[]>, from: string, to: string): readonly string[] | null {
  const arrival = new Map<string, number>([[from, Number.NEGATIVE_INFINITY]]);
  const before = new Map<string, string>([[from, ""]]);
  const left = new Set([from]);
  while (left.size > 0) {
    let ip = "";
    let time = Number.POSITIVE_INFINITY;
    for (const each of left)
      if (ip === "" || (arrival.get(each) as number) < time) [ip, time] = [each, arrival.get(each) as number];
    left.delete(ip);
    if (ip === to) return walked(before, to);
    for (const step of steps.get(ip) ?? []) {
      const reached = Math.max(time, step.first);
      if (reached > step.last || reached >= (arrival.get(step.to) ?? Number.POSITIVE_INFINITY)) continue;
      arrival.set(step.to, reached);
      before.set(step.to, ip);
      left.add(step.to);
    }
  }
  return null;
}

function walked(before: ReadonlyMap<string, string>, to: string): readonly string[] {
  const ips: string[] = [];
  for (let ip = to; ip !== ""; ip = before.get(ip) ?? "") ips.unshift(ip);
  return ips;
}
