// From what happened to what each NIC logs: one flow becomes rows at every NIC it passes, a few ms apart and with slightly
// different counters. Knows the states B, C, E and D, roll-overs, SYN retries and drops; the order of rows at one instant is
// the order they are written in.

import type { Flow, Totals } from "./flow.ts";
import { reset, silence } from "./flow.ts";
import { encryptionOf, type Hop, type Host, route } from "./network.ts";
import { between, type Random } from "./random.ts";
import { type Judgement, judge, PLATFORM_ACL } from "./rules.ts";

/** One tuple before it is printed, with what it belongs to. */
export type Row = {
  readonly time: number;
  readonly nic: Host;
  readonly direction: "I" | "O";
  readonly state: "B" | "C" | "E" | "D";
  readonly encryption: string;
  readonly acl: string;
  readonly rule: string;
  readonly counted: Totals;
  readonly flow: Flow;
  /** What the flow really moved as this NIC saw it; the logged sum is more after a roll-over. On the last row only. */
  readonly truly: Totals | undefined;
};

/** Continuing flows report every 5 minutes, counted from their own begin. */
const REPORT = 300_000;
const HANDSHAKE: Totals = { packetsSent: 2, bytesSent: 120, packetsReceived: 1, bytesReceived: 108 };
const SYN: Totals = { packetsSent: 1, bytesSent: 66, packetsReceived: 0, bytesReceived: 0 };

type View = {
  readonly at: number;
  readonly hop: Hop;
  readonly judged: Judgement;
  readonly encryption: string;
  readonly flow: Flow;
};
type Put = (time: number, state: Row["state"], counted: Totals, truly?: Totals) => void;

export function observe(flow: Flow, draw: Random): Row[] {
  const rows: Row[] = [];
  const hops = route(flow.src, flow.dst);
  const judged = hops.map((hop) => decide(flow, hop));
  const last = hops.length - 1;
  const denying = flow.fate === "not ready" ? last : judged.findIndex((one) => !one.allows);
  let at = flow.start;
  for (const [i, hop] of hops.entries()) {
    if (denying !== -1 && i > denying) break;
    const verdict = judged[i];
    if (!verdict) continue;
    const dropped = flow.fate === "not ready" && i === last;
    const encryption = dropped ? "NX_SW_NOT_READY" : encryptionOf(flow.src, flow.dst);
    const view = { at, hop, judged: verdict, encryption, flow };
    const put = putter(rows, view);
    if (i === denying) deny(view, put);
    else if (denying !== -1 || flow.fate === "unanswered") retry(view, put, draw);
    else session(view, put, seenAt(flow.totals, i, draw), draw);
    at += between(draw, 0, 3);
  }
  return rows;
}

function decide(flow: Flow, hop: Hop): Judgement {
  if (flow.platform) return { acl: PLATFORM_ACL, rule: "PlatformRule", allows: true };
  if (flow.fate === "not ready" && hop.direction === "I")
    return { acl: "unspecified", rule: "unspecified", allows: false };
  return judge(hop.host, hop.direction, flow);
}

function putter(rows: Row[], { hop, judged, encryption, flow }: View): Put {
  return (time, state, counted, truly) => {
    const { acl, rule } = judged;
    rows.push({ time, nic: hop.host, direction: hop.direction, state, encryption, acl, rule, counted, flow, truly });
  };
}

/** +0, +1, +3, +7 s: the backoff of one connect(). */
function attempts(flow: Flow): number[] {
  return Array.from({ length: flow.tries ?? 3 }, (_, i) => 1000 * (2 ** i - 1));
}

function deny({ at, flow }: View, put: Put): void {
  for (const later of attempts(flow)) put(at + later, "D", silence);
}

function retry({ at, flow }: View, put: Put, draw: Random): void {
  const tries = attempts(flow);
  const all = { ...SYN, packetsSent: tries.length, bytesSent: tries.length * SYN.bytesSent };
  for (const [i, later] of tries.entries()) {
    if (i > 0) put(at + later, "E", SYN);
    put(at + later, "B", silence);
  }
  put(at + (tries.at(-1) ?? 0) + ending(draw), "E", SYN, all);
}

/** The end is logged this much after the last packet, never sooner. */
function ending(draw: Random): number {
  return between(draw, 5400, 7200);
}

function session({ at, flow }: View, put: Put, totals: Totals, draw: Random): void {
  put(at, "B", silence);
  if (flow.rollOver === "handshake") {
    put(at, "E", HANDSHAKE);
    put(at, "B", silence);
  }
  const page = typeof flow.rollOver === "number" ? flow.rollOver : Number.POSITIVE_INFINITY;
  const marks: number[] = [];
  for (let passed = REPORT; passed < flow.lasts; passed += REPORT) marks.push(passed);
  if (page < flow.lasts) marks.push(page);
  marks.sort((a, b) => a - b);

  const share = shares(marks, flow.lasts, draw);
  let before = silence;
  for (const [i, passed] of marks.entries()) {
    const sofar = part(totals, share[i] ?? 1);
    put(at + passed, passed === page ? "E" : "C", minus(sofar, before));
    if (passed === page) put(at + passed, "B", silence);
    before = passed === page ? silence : sofar; // after a roll-over the next counters start from the flow's true beginning
  }
  put(at + flow.lasts + ending(draw), "E", minus(totals, before), totals);
}

/** Which part of the flow had passed at each mark: roughly even, never quite. */
function shares(marks: readonly number[], lasts: number, draw: Random): number[] {
  let previous = 0;
  const weights = [...marks, lasts].map((mark) => {
    const weight = (mark - previous) * (0.75 + draw() / 2);
    previous = mark;
    return weight;
  });
  const sum = weights.reduce((a, b) => a + b, 0);
  let passed = 0;
  return weights.slice(0, -1).map((weight) => {
    passed += weight;
    return passed / sum;
  });
}

/** Whole packets first, then their bytes, so that no row has bytes without packets. */
function part(totals: Totals, share: number): Totals {
  const packetsSent = Math.floor(totals.packetsSent * share);
  const packetsReceived = Math.floor(totals.packetsReceived * share);
  return {
    packetsSent,
    bytesSent: packetsSent && Math.floor(packetsSent * (totals.bytesSent / totals.packetsSent)),
    packetsReceived,
    bytesReceived: packetsReceived && Math.floor(packetsReceived * (totals.bytesReceived / totals.packetsReceived)),
  };
}

function minus(a: Totals, b: Totals): Totals {
  return {
    packetsSent: a.packetsSent - b.packetsSent,
    bytesSent: a.bytesSent - b.bytesSent,
    packetsReceived: a.packetsReceived - b.packetsReceived,
    bytesReceived: a.bytesReceived - b.bytesReceived,
  };
}

/** Further along the way a few packets more or less are seen: retransmissions, acknowledgements. */
function seenAt(totals: Totals, hop: number, draw: Random): Totals {
  if (hop === 0 || totals === reset || totals.packetsSent < 4) return totals;
  const more = between(draw, 0, 2);
  const back = between(draw, 0, 1);
  return {
    packetsSent: totals.packetsSent + more,
    bytesSent: totals.bytesSent + more * 66,
    packetsReceived: totals.packetsReceived + back,
    bytesReceived: totals.bytesReceived + back * 54,
  };
}
