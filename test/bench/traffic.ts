// What one NIC sees: conversations that come back, their flows from begin to end, scans, roll-overs, retries. The same for
// the same seed. NICs do not know of each other: the far side of an internal conversation is not logged a second time.
// Fills `Events`, a record's tuples as columns; nothing is allocated per tuple.

import type { Mix } from "./mixes.ts";

/** A 32-bit unsigned integer, each time another (mulberry32). */
export type Draw = () => number;

function drawFrom(seed: number): Draw {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
}

const NSG =
  "/subscriptions/7f3c1a52-90be-4d17-8a6e-2b5d40c9e811/resourceGroups/rg-bench/providers/Microsoft.Network/networkSecurityGroups/nsg-bench";
const NO_ACL = "00000000-0000-0000-0000-000000000000";

/** Index is the event's rule and the order of groups in a record. */
export const rules = [
  { acl: NSG, rule: "DefaultRule_AllowInternetOutBound" },
  { acl: NSG, rule: "DefaultRule_AllowVnetOutBound" },
  { acl: NSG, rule: "DefaultRule_AllowVnetInBound" },
  { acl: NSG, rule: "UserRule_Allow-Web-Inbound" },
  { acl: NSG, rule: "DefaultRule_DenyAllInBound" },
  { acl: NSG, rule: "UserRule_Deny-Legacy-Outbound" },
  { acl: NO_ACL, rule: "PlatformRule" },
] as const;
const [OUT_INTERNET, OUT_INTERNAL, IN_INTERNAL, IN_WEB, IN_DENIED, OUT_DENIED, PLATFORM] = [0, 1, 2, 3, 4, 5, 6];

/** First octets that hold private or special blocks: left out whole. */
const RESERVED: ReadonlySet<number> = new Set([10, 100, 127, 169, 172, 192, 198, 203]);

type Conversation = {
  readonly source: number;
  readonly destination: number;
  /** 0: the same as the source port (time synchronisation). */
  readonly port: number;
  readonly protocol: number;
  readonly inbound: boolean;
  readonly rule: number;
  readonly encrypted: boolean;
  /** Typical bytes of a packet, there and back. */
  readonly sizes: readonly [number, number];
  /** Flows longer than a report interval are common here. */
  readonly long: boolean;
};
type Flow = { readonly conversation: Conversation; readonly sourcePort: number; reports: number };

export const states = ["B", "C", "E", "D"] as const;
const [BEGIN, CONTINUE, END, DENIED] = [0, 1, 2, 3];

/** The tuples of one record as columns; `order` sorts by rule, then time, then coming. */
export type Events = {
  count: number;
  /** rule << 28 | ms within the minute << 12 | index */
  readonly order: Uint32Array;
  readonly state: Uint8Array;
  readonly source: Uint32Array;
  readonly destination: Uint32Array;
  readonly sourcePort: Uint16Array;
  readonly port: Uint16Array;
  readonly protocol: Uint8Array;
  readonly inbound: Uint8Array;
  readonly encrypted: Uint8Array;
  /** Four a tuple, in logged order; the first 0: all are. */
  readonly counters: Uint32Array;
};
export const MOST_EVENTS = 4096;
export function noEvents(): Events {
  const n = MOST_EVENTS;
  return {
    count: 0,
    order: new Uint32Array(n),
    state: new Uint8Array(n),
    source: new Uint32Array(n),
    destination: new Uint32Array(n),
    sourcePort: new Uint16Array(n),
    port: new Uint16Array(n),
    protocol: new Uint8Array(n),
    inbound: new Uint8Array(n),
    encrypted: new Uint8Array(n),
    counters: new Uint32Array(4 * n),
  };
}

/** Conversations a NIC comes back to: the newest so many. */
const REMEMBERED = 65_536;
/** Records ahead that a flow may be waiting for. */
const AHEAD = 64;
const MINUTE = 60_000;
/** Azure's end comes 5.4 s after the begin or later. */
const SHORTEST = 5_400;
const services = [443, 443, 443, 80, 53, 53, 445, 1433, 5432, 389, 88, 8080, 22, 3389, 5985, 9100] as const;
const denied = [23, 25, 139, 445, 6667, 8333] as const;

export type Nic = { readonly fill: (events: Events, most: number) => void };

export function nic(mix: Mix, seed: number, address: number): Nic {
  const draw = drawFrom(seed);
  const below = (n: number): number => Math.floor((draw() / 4294967296) * n);
  const chance = (share: number): boolean => draw() < share * 4294967296;
  const known: Conversation[] = [];
  let [conversations, tuples, scans] = [0, 0, 0];
  const waiting: Flow[][] = Array.from({ length: AHEAD }, () => []);
  let record = 0;
  /** Records that go by in the five minutes between two reports of a flow. */
  const fiveMinutes = Math.max(1, Math.round((5 * mix.recordsPerHour) / 60));

  function publicAddress(): number {
    for (;;) {
      const address = draw();
      const first = address >>> 24;
      if (first > 0 && first < 224 && !RESERVED.has(first)) return address;
    }
  }
  function internalAddress(): number {
    return (10 << 24) | (below(4) << 16) | (below(8) << 8) | (4 + below(240));
  }

  function newConversation(): Conversation {
    const internet = chance(mix.internet);
    const inbound = chance(internet ? 0.2 : 0.45);
    const far = internet ? publicAddress() : internalAddress() >>> 0;
    const [source, destination] = inbound ? [far, address] : [address, far];
    const size = (): number => 60 + below(below(1400) + 1);
    const common = { source, destination, inbound, sizes: [size(), size()] as const, long: chance(0.3) };
    if (chance(0.02))
      return { ...common, port: 0, protocol: 17, rule: inbound ? PLATFORM : OUT_INTERNET, encrypted: false };
    if (!inbound && chance(0.05)) {
      return { ...common, port: denied[below(denied.length)]!, protocol: 6, rule: OUT_DENIED, encrypted: false };
    }
    const port = internet && inbound ? 443 : services[below(services.length)]!;
    const rule = internet ? (inbound ? IN_WEB : OUT_INTERNET) : inbound ? IN_INTERNAL : OUT_INTERNAL;
    return { ...common, port, protocol: port === 53 ? 17 : 6, rule, encrypted: !internet && chance(0.1) };
  }
  function nextConversation(): Conversation {
    if (known.length > 0 && tuples < conversations * mix.tuplesPerConversation) return known[below(known.length)]!;
    const conversation = newConversation();
    if (known.length < REMEMBERED) known.push(conversation);
    else known[conversations % REMEMBERED] = conversation;
    conversations++;
    return conversation;
  }

  function place(events: Events, at: number, rule: number, state: number): number {
    const i = events.count++;
    events.order[i] = (rule << 28) | (at << 12) | i;
    events.state[i] = state;
    events.counters[4 * i] = 0; // none were measured
    return i;
  }
  function scan(events: Events): void {
    const i = place(events, below(MINUTE), IN_DENIED, DENIED);
    events.source[i] = publicAddress();
    events.destination[i] = address;
    events.sourcePort[i] = 1024 + below(64_000);
    events.port[i] = 1 + below(65_535);
    events.protocol[i] = chance(0.85) ? 6 : 17;
    events.inbound[i] = 1;
    events.encrypted[i] = 0;
    scans++;
  }
  function log(events: Events, at: number, flow: Flow, state: number): void {
    const { source, destination, port, protocol, inbound, rule, encrypted, sizes } = flow.conversation;
    const i = place(events, at, rule, state);
    events.source[i] = source;
    events.destination[i] = destination;
    events.sourcePort[i] = flow.sourcePort;
    events.port[i] = port === 0 ? 123 : port;
    events.protocol[i] = protocol;
    events.inbound[i] = inbound ? 1 : 0;
    events.encrypted[i] = encrypted ? 1 : 0;
    tuples++;
    if (state !== CONTINUE && state !== END) return;
    // Packets have a long tail: half of all reports below 30, one in a hundred above 10,000.
    const packets = 1 + below(1 << below(15));
    const back = chance(0.1) ? 0 : 1 + below(2 * packets);
    events.counters[4 * i] = packets;
    events.counters[4 * i + 1] = packets * sizes[0] + below(sizes[0]);
    events.counters[4 * i + 2] = back;
    events.counters[4 * i + 3] = back === 0 ? 0 : back * sizes[1] + below(sizes[1]);
  }
  function wait(flow: Flow, records: number): void {
    waiting[(record + records) % AHEAD]!.push(flow);
  }

  function begin(events: Events, room: number): void {
    const conversation = nextConversation();
    const sourcePort = conversation.port === 0 ? 123 : 32_768 + below(28_232);
    const flow = { conversation, sourcePort, reports: conversation.long ? below(5) : 0 };
    const at = below(MINUTE - 4_000);
    if (conversation.rule === OUT_DENIED) {
      // Retries after one second and two more, as one connect() makes them.
      for (let left = Math.min(room, 1 + below(3)), later = 0; left > 0; left--, later += 1_000 + later)
        log(events, at + later, flow, DENIED);
      return;
    }
    log(events, at, flow, BEGIN);
    if (room >= 3 && conversation.protocol === 6 && chance(0.15)) {
      // Roll-over: end and begin at one instant, the connection goes on.
      log(events, at + 300, flow, END);
      log(events, at + 300, flow, BEGIN);
      wait(flow, 1);
    } else if (flow.reports > 0) wait(flow, fiveMinutes);
    else if (room >= 2 && at + SHORTEST < MINUTE && chance(0.5))
      log(events, at + SHORTEST + below(MINUTE - at - SHORTEST), flow, END);
    else wait(flow, 1 + below(2));
  }
  function goOn(events: Events, flow: Flow): void {
    log(events, below(MINUTE), flow, flow.reports === 0 ? END : CONTINUE);
    if (flow.reports === 0) return;
    flow.reports--;
    wait(flow, flow.reports > 0 ? fiveMinutes : 1 + below(2 * fiveMinutes));
  }

  /** The NIC's next record, of exactly `most` tuples. */
  function fill(events: Events, most: number): void {
    events.count = 0;
    const due = waiting[record % AHEAD]!;
    waiting[record % AHEAD] = [];
    for (const flow of due) {
      if (events.count < most) goOn(events, flow);
      else wait(flow, 1);
    }
    while (events.count < most) {
      if (scans < mix.scans * (scans + tuples)) scan(events);
      else begin(events, most - events.count);
    }
    record++;
  }
  return { fill };
}
