// Settling written a second time (docs/settling.md is its definition), to disagree with the program: plain objects in, plain
// objects out, sorted, filtered and compared pair by pair. It shares no code with the program. Small inputs only. Over 300 lines, because it is
// read beside that page, section by section.

export type FlowLog = {
  readonly format: "vnet" | "nsg";
  readonly id: string | null;
  readonly guid: string | null;
  readonly target: string | null;
};

/** Packets sent, bytes sent, packets received, bytes received; null where the log has none. */
export type Counters = readonly [number | null, number | null, number | null, number | null];

export type NaiveTuple = {
  readonly nic: string | null;
  readonly flowLog: FlowLog;
  readonly srcIp: string;
  readonly dstIp: string;
  readonly srcPort: number;
  readonly dstPort: number;
  readonly protocol: number;
  readonly direction: "I" | "O";
  readonly decision: "allow" | "deny";
  readonly state: string | null;
  readonly time: number;
  readonly recordTime: number | null;
  /** Place: numbers of the source and, in it, of the member, in their orders; of the record in the member; of the tuple in the record. */
  readonly source: number;
  readonly member: number;
  readonly record: number;
  readonly tuple: number;
  readonly counters: Counters;
};

export type Mark = {
  readonly first: boolean;
  readonly ends: boolean;
  readonly joined: boolean;
  readonly retry: boolean;
  readonly leftOut: boolean;
  readonly adjusted: Counters;
  /** Index in the flows. */
  readonly flow: number;
};

/** What one tuple is to its flow. `at`: index in the input. */
type Step = {
  readonly at: number;
  readonly tuple: NaiveTuple;
  readonly joined: boolean;
  readonly retry: boolean;
};

/** The tuples of one flow in their order. `line` and `channel` are names that mean nothing but the same or another. */
export type NaiveFlow = { readonly line: string; readonly channel: string; readonly steps: readonly Step[] };
type GrowingFlow = { readonly line: string; readonly channel: string; readonly steps: Step[] };

export type Settled = {
  /** One a tuple, in the order of the input. */
  readonly marks: readonly Mark[];
  readonly flows: readonly NaiveFlow[];
  /** NICs that have one; ms. */
  readonly clockOffsets: ReadonlyMap<string | null, number>;
};

const DAY = 86_400_000;

/** All in ms. A test alters one after the other, to see that the traffic it is tried on would tell. */
export const limits = {
  openFor: DAY,
  deniedRetry: 75_000,
  apart: 5_000,
  stillReported: 600_000,
  atHandOpen: DAY,
  atHandEnded: 5_000,
  atHandDenied: 75_000,
};
export type Limits = typeof limits;

export function settle(tuples: readonly NaiveTuple[], within: Limits = limits): Settled {
  const flows = flowsOf(tuples, within);
  const adjusted = new Map(flows.flatMap(adjustedCounters));
  const { leftOut, clockOffsets } = once(flows, within);
  const marks: Mark[] = [];
  flows.forEach((flow, number) => {
    flow.steps.forEach(({ at, tuple, joined, retry }, index) => {
      const ends = isLast(flow, index) && tuple.decision === "allow" && tuple.state === "E";
      const counters = adjusted.get(at)!;
      marks[at] = {
        first: index === 0,
        ends,
        joined,
        retry,
        leftOut: leftOut.has(at),
        adjusted: counters,
        flow: number,
      };
    });
  });
  return { marks, flows, clockOffsets };
}

function isLast(flow: NaiveFlow, index: number): boolean {
  return index === flow.steps.length - 1;
}

// 1. Which tuples can belong together

function flowLogName({ format, id, guid, target }: FlowLog): string {
  return JSON.stringify([format, id, guid, target].map((part) => part?.toLowerCase() ?? null));
}

/** By format, id, GUID, target; without case; null first. */
function compareFlowLogs(a: FlowLog, b: FlowLog): number {
  for (const field of ["format", "id", "guid", "target"] as const) {
    const [one, other] = [a[field]?.toLowerCase() ?? "", b[field]?.toLowerCase() ?? ""];
    const nulls = Number(a[field] !== null) - Number(b[field] !== null);
    if (nulls !== 0) return nulls;
    if (one !== other) return one < other ? -1 : 1;
  }
  return 0;
}

type Span = { readonly flowLog: FlowLog; readonly from: number; readonly to: number };

/** The line of every flow log of one NIC: name of the flow log → number of the line. */
function linesOf(tuples: readonly NaiveTuple[]): Map<string, number> {
  const spans: Span[] = [...Map.groupBy(tuples, (tuple) => flowLogName(tuple.flowLog)).values()].map((of) => {
    const times = of.map((tuple) => tuple.time);
    return { flowLog: of[0]!.flowLog, from: Math.min(...times), to: Math.max(...times) };
  });
  spans.sort((a, b) => a.from - b.from || compareFlowLogs(a.flowLog, b.flowLog));

  const lines: Span[][] = [];
  for (const span of spans) {
    let best: Span[] | null = null;
    for (const line of lines) {
      const ended = line.at(-1)!.to;
      if (ended <= span.from && (best === null || ended > best.at(-1)!.to)) best = line;
    }
    if (best === null) lines.push([span]);
    else best.push(span);
  }
  return new Map(lines.flatMap((line, number) => line.map(({ flowLog }) => [flowLogName(flowLog), number] as const)));
}

function compareTuples(a: NaiveTuple, b: NaiveTuple): number {
  return (
    a.time - b.time ||
    compareNullable(a.recordTime, b.recordTime) ||
    a.record - b.record ||
    a.tuple - b.tuple ||
    a.source - b.source ||
    a.member - b.member
  );
}

/** Null first. */
function compareNullable(a: number | null, b: number | null): number {
  if (a === null || b === null) return Number(a !== null) - Number(b !== null);
  return a - b;
}

// 2. Flows

function flowsOf(tuples: readonly NaiveTuple[], within: Limits): NaiveFlow[] {
  const placed = tuples.map((tuple, at) => ({ at, tuple }));
  const flows: NaiveFlow[] = [];
  for (const ofNic of Map.groupBy(placed, ({ tuple }) => JSON.stringify(tuple.nic)).values()) {
    const lines = linesOf(ofNic.map(({ tuple }) => tuple));
    const lineOf = ({ nic, flowLog }: NaiveTuple): string => JSON.stringify([nic, lines.get(flowLogName(flowLog))]);
    const channelOf = (tuple: NaiveTuple): string =>
      [lineOf(tuple), fiveTuple(tuple), tuple.direction, tuple.decision].join(" ");
    for (const [channel, of] of Map.groupBy(ofNic, ({ tuple }) => channelOf(tuple))) {
      const inOrder = of.sort((a, b) => compareTuples(a.tuple, b.tuple));
      const { decision } = of[0]!.tuple;
      const begin = (): GrowingFlow => {
        const flow = { line: lineOf(of[0]!.tuple), channel, steps: [] };
        flows.push(flow);
        return flow;
      };
      if (decision === "allow") stitchAllowed(inOrder, begin, within);
      else stitchDenied(inOrder, begin, within);
    }
  }
  return flows;
}

function fiveTuple({ srcIp, dstIp, srcPort, dstPort, protocol }: NaiveTuple): string {
  return [srcIp, dstIp, srcPort, dstPort, protocol].join(" ");
}

type Placed = { readonly at: number; readonly tuple: NaiveTuple };
type Begin = () => GrowingFlow;

function stitchAllowed(placed: readonly Placed[], begin: Begin, within: Limits): void {
  let current: GrowingFlow | null = null;
  for (const { at, tuple } of placed) {
    if (tuple.state === null) {
      begin().steps.push({ at, tuple, joined: false, retry: false });
      continue;
    }
    const last: NaiveTuple | null = current?.steps.at(-1)?.tuple ?? null;
    const isOpen = last !== null && last.state !== "E" && tuple.time - last.time <= within.openFor;
    const joined = tuple.state === "B" && last !== null && last.time === tuple.time;
    if (current === null || !(tuple.state === "B" ? joined : isOpen)) current = begin();
    current.steps.push({ at, tuple, joined, retry: joined && isUnansweredEnd(last) });
  }
}

function isUnansweredEnd(tuple: NaiveTuple | null): boolean {
  if (tuple === null || tuple.state !== "E" || tuple.protocol !== 6) return false;
  const [packetsSent, , packetsReceived] = tuple.counters;
  return packetsSent === 1 && packetsReceived === 0;
}

function stitchDenied(placed: readonly Placed[], begin: Begin, within: Limits): void {
  let current: GrowingFlow | null = null;
  for (const { at, tuple } of placed) {
    const last: NaiveTuple | null = current?.steps.at(-1)?.tuple ?? null;
    const retry = last !== null && tuple.protocol === 6 && tuple.time - last.time <= within.deniedRetry;
    if (current === null || !retry) current = begin();
    current.steps.push({ at, tuple, joined: false, retry });
  }
}

// 3. Adjusted counters

/** `[index of the tuple, its adjusted counters]` for every tuple of a flow. Sums are exact, so they may pass 2^53. */
function adjustedCounters(flow: NaiveFlow): [number, Counters][] {
  const totals = [0n, 0n, 0n, 0n];
  let isAfterJoin = false;
  return flow.steps.map(({ at, tuple: { counters, state }, joined, retry }) => {
    if (joined && !retry) isAfterJoin = true;
    let adjusted = counters;
    const logged = counters.filter((counter) => counter !== null);
    if (isAfterJoin && state !== "B" && logged.length === counters.length) {
      isAfterJoin = false;
      const beyond = logged.map((counter, index) => BigInt(counter) - totals[index]!);
      const isCumulative = beyond.every((rest) => rest >= 0n) && beyond.some((rest) => rest > 0n);
      if (isCumulative) adjusted = beyond.map(Number) as unknown as Counters;
    }
    adjusted.forEach((counter, index) => {
      totals[index]! += BigInt(counter ?? 0);
    });
    return [at, adjusted];
  });
}

// 4. Each side, and once

type Once = { readonly leftOut: ReadonlySet<number>; readonly clockOffsets: ReadonlyMap<string | null, number> };

/** A flow as it is known at the end of a day. */
type Known = {
  readonly flow: NaiveFlow;
  readonly first: NaiveTuple;
  readonly last: NaiveTuple;
  readonly hasEnded: boolean;
  readonly isAtHand: boolean;
  readonly ofDay: readonly Step[];
};

function once(flows: readonly NaiveFlow[], within: Limits): Once {
  const leftOut = new Set<number>();
  const differences: { nic: string | null; ms: number }[] = [];
  for (const rivals of Map.groupBy(
    flows,
    ({ steps: [step] }) => `${fiveTuple(step!.tuple)} ${step!.tuple.decision}`,
  ).values()) {
    const days = new Set(rivals.flatMap(({ steps }) => steps.map(({ tuple }) => dayOf(tuple.time))));
    const outForGood = new Set<NaiveFlow>();
    for (const day of [...days].sort((a, b) => a - b)) {
      const known = rivals.flatMap((flow) => knownAt(flow, rivals, day, within));
      for (const one of known.filter(({ ofDay }) => ofDay.length > 0)) {
        const better = known
          .filter((other) => other.isAtHand && isBetter(other, one) && apart(other, one) <= within.apart)
          .sort((a, b) => compareRanks(a, b) || far(a, one) - far(b, one) || compareTuples(a.first, b.first));
        for (const { at, tuple } of one.ofDay) {
          const by = better.find((g) => g.hasEnded || tuple.time - g.last.time <= within.stillReported);
          if (by !== undefined || outForGood.has(one.flow)) leftOut.add(at);
          if (by !== undefined && tuple === one.first && canTellClocks(one, by))
            differences.push({ nic: tuple.nic, ms: tuple.time - by.first.time });
        }
        if (better.some(({ hasEnded }) => hasEnded)) outForGood.add(one.flow);
      }
    }
  }
  const clockOffsets = new Map([...Map.groupBy(differences, ({ nic }) => nic)].map(([nic, of]) => [nic, median(of)]));
  return { leftOut, clockOffsets };
}

/** A number that rises by one every UTC day. */
function dayOf(time: number): number {
  return Math.floor(time / DAY);
}

/** None when it begins later. */
function knownAt(flow: NaiveFlow, rivals: readonly NaiveFlow[], day: number, within: Limits): Known[] {
  const known = flow.steps.filter(({ tuple }) => dayOf(tuple.time) <= day).map(({ tuple }) => tuple);
  const [first, last] = [known[0], known.at(-1)];
  if (first === undefined || last === undefined) return [];
  const ofDay = flow.steps.filter(({ tuple }) => dayOf(tuple.time) === day);
  const isAtHand = ofDay.length > 0 || mayGoOn(flow, last, rivals, day, within);
  return [{ flow, first, last, hasEnded: isEnd(last), isAtHand, ofDay }];
}

/** As the last tuple of a flow. */
function isEnd({ decision, state }: NaiveTuple): boolean {
  return decision === "deny" || state === null || state === "E";
}

/** `last`: the flow's last tuple before the day, of which it has none. */
function mayGoOn(
  flow: NaiveFlow,
  last: NaiveTuple,
  rivals: readonly NaiveFlow[],
  day: number,
  within: Limits,
): boolean {
  const ago = day * DAY - last.time;
  if (last.decision === "deny" && last.protocol === 6 && ago <= within.atHandDenied) return true;
  if (isEnd(last)) return ago <= within.atHandEnded;
  const isReplaced = rivals.some(({ channel, steps }) => {
    const begin = steps[0]!.tuple;
    const isBefore = dayOf(begin.time) < day;
    return channel === flow.channel && begin.state !== null && isBefore && compareTuples(begin, last) > 0;
  });
  return !isReplaced && ago <= within.atHandOpen;
}

/** ms between two lives; 0 where they touch or overlap. */
function apart(a: Known, b: Known): number {
  return Math.max(0, a.first.time - b.last.time, b.first.time - a.last.time);
}

/** ms between two begins. */
function far(a: Known, b: Known): number {
  return Math.abs(a.first.time - b.first.time);
}

function canTellClocks(a: Known, b: Known): boolean {
  return (
    a.first.nic !== b.first.nic && [a, b].every((each) => isSeenBeginning(each) && each.first.flowLog.format === "vnet")
  );
}

function isSeenBeginning({ first }: Known): boolean {
  return first.decision === "deny" || first.state === "B";
}

function isBetter(one: Known, other: Known): boolean {
  return one.flow.line !== other.flow.line && compareRanks(one, other) < 0;
}

/** Negative: `a` is better. */
function compareRanks({ first: a }: Known, { first: b }: Known): number {
  return (
    ["O", "I"].indexOf(a.direction) - ["O", "I"].indexOf(b.direction) ||
    ["vnet", "nsg"].indexOf(a.flowLog.format) - ["vnet", "nsg"].indexOf(b.flowLog.format) ||
    targetRank(a.flowLog.target) - targetRank(b.flowLog.target) ||
    Number(a.nic === null) - Number(b.nic === null) ||
    compareTexts(a.nic ?? "", b.nic ?? "") ||
    compareFlowLogs(a.flowLog, b.flowLog)
  );
}

/** 0 a NIC, 1 a subnet, 2 a virtual network, 3 anything else. */
function targetRank(target: string | null): number {
  const kinds = [/\/networkinterfaces\/[^/]+$/i, /\/subnets\/[^/]+$/i, /\/virtualnetworks\/[^/]+$/i];
  const kind = kinds.findIndex((pattern) => pattern.test(target ?? ""));
  return kind === -1 ? kinds.length : kind;
}

function compareTexts(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

/** The middle one, or the mean of the two in the middle. */
export function median(of: readonly { readonly ms: number }[]): number {
  const sorted = of.map(({ ms }) => ms).sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return (sorted[Math.ceil(middle) - 1]! + sorted[Math.floor(middle)]!) / 2;
}
