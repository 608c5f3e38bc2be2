// Traffic that settling can get wrong, made from a seed: few addresses and ports, so that flows collide; several NICs and flow logs
// that see the same flow, each with its own clock; roll-overs, retries, lost begins and ends; days apart; and gaps that are one
// millisecond too long or not. settling-files.ts writes it down as Azure would.

import { type Beat, DAY, type Dice, diceFrom, HOUR, MINUTE, SECOND, scenes, shuffled } from "./traffic-scenes.ts";

/** A flow log as set up. NSG logs name their group only. `stateless`: now and then a tuple in the first NSG form, without state. */
export type FlowLogSetup = {
  readonly format: "vnet" | "nsg";
  readonly resource: string;
  readonly guid: string;
  readonly target: string;
  readonly stateless: boolean;
};

/** A tuple to be logged, with what the record around it must say. `late`: minutes until it is written. */
export type Logged = {
  readonly nic: string | null;
  readonly log: FlowLogSetup;
  readonly time: number;
  readonly rule: string;
  readonly text: string;
  readonly isStateless: boolean;
  readonly late: number;
};

type Observer = {
  readonly nic: string | null;
  readonly direction: "I" | "O";
  /** ms by which its clock is ahead. */
  readonly skew: number;
  /** One after the other; the time from which each logs. */
  readonly logs: readonly { readonly from: number; readonly log: FlowLogSetup }[];
};

type Key = { readonly addresses: string; readonly ports: string; readonly protocol: number };

const MIDNIGHT = Date.UTC(2025, 2, 4);
const SUBSCRIPTION = "0aa8b0cc-6ef8-4c1c-9b1e-1f2f3f4f5f6f";
const NETWORK = `/subscriptions/${SUBSCRIPTION}/resourceGroups/lab/providers/Microsoft.Network`;
/** `NN`: the network, in hex; `N` in an address, in decimals. */
const MACS = ["000D3ANN00A1", "000D3ANN00B2", "6045BDNN00C3", "002248NN00D4"];
const ADDRESSES = ["10.0.N.4,10.0.N.5", "10.0.N.5,10.0.N.4", "10.0.N.4,20.1.N.3", "2001:db8:0:N::4,2001:DB8:0:N:0::5"];
const TARGETS = [
  `${NETWORK}/networkInterfaces/vm1`,
  `${NETWORK}/virtualNetworks/lab/subnets/default`,
  `${NETWORK}/virtualNetworks/lab/subnets/web`,
  `${NETWORK}/virtualNetworks/lab`,
  `${NETWORK}/bastionHosts/lab`,
];
/** Traffic of different networks (0 to 99) has no address and no NIC in common, so that many can be settled in one case. */
export function trafficToSettle(seed: number, network = 0): Logged[] {
  const dice = diceFrom(seed);
  const logs = Array.from({ length: 2 + dice.below(3) }, (_, index) => flowLogSetup(dice, index));
  const observers = Array.from({ length: 2 + dice.below(4) }, (_, index) => observer(dice, logs, index));
  const keys = Array.from({ length: 1 + dice.below(3) }, () => key(dice));
  const times = [0, 1, 2].map((day) => MIDNIGHT + day * DAY);
  const starts = [...times, ...times.map((time) => time + dice.below(24) * HOUR), times[0]! + 9 * HOUR];

  const logged: Logged[] = [];
  for (let left = 3 + dice.below(8); left > 0; left -= 1) {
    const around = dice.of([0, 0, 1, -1, -MINUTE, 5 * SECOND, dice.below(10 * MINUTE), -dice.below(10 * MINUTE)]);
    const scene = dice.of(scenes)(dice, dice.of(starts) + around);
    const seen = shuffled(dice, observers).slice(0, dice.oneIn(3) ? undefined : Math.max(2, scene.length));
    const one = dice.oneIn(2) ? dice.of(keys) : { ...key(dice), ports: `${50_000 + left},443` };
    seen.forEach((who, index) => {
      const beats = scene[Math.min(index, scene.length - 1)]!;
      logged.push(...observed(dice, who, one, beats, scene.length > 1));
    });
  }
  if (dice.oneIn(3)) logged.push(...logsThatFollow(dice, logs, keys[0]!, dice.of(starts)));
  return logged.map((one) => inNetwork(one, network));
}

function inNetwork({ nic, text, ...rest }: Logged, network: number): Logged {
  const hex = network.toString(16).padStart(2, "0").toUpperCase();
  return {
    ...rest,
    nic: nic?.replace("NN", hex) ?? null,
    text: text.replaceAll("N.", `${network}.`).replaceAll("N:", `${network}:`),
  };
}

/** Flow logs of one NIC that begin and end so closely that it is a matter of instants which continues which. */
function logsThatFollow(dice: Dice, logs: readonly FlowLogSetup[], one: Key, at: number): Logged[] {
  return [...logs, ...logs].flatMap((log, index) => {
    const who: Observer = { nic: "002248NN00E5", direction: "O", skew: 0, logs: [{ from: 0, log }] };
    const from = at + dice.below(6) * SECOND;
    const states = ["B", "C", "C", "E"];
    const beats: Beat[] = [
      [from, dice.of(states)],
      [from + dice.below(4) * SECOND, dice.of(states), "1,2,3,4"],
    ];
    return index < logs.length || dice.oneIn(3) ? observed(dice, who, one, beats, true) : [];
  });
}

function flowLogSetup(dice: Dice, index: number): FlowLogSetup {
  const watcher = `/${SUBSCRIPTION}_NETWORKWATCHERRG/NETWORKWATCHER_WESTEUROPE_LOG${dice.below(2)}`.toUpperCase();
  const group = `${NETWORK}/networkSecurityGroups/nsg${index}`.toUpperCase();
  const format = dice.oneIn(3) ? "nsg" : "vnet";
  return {
    format,
    resource: format === "nsg" ? group : watcher,
    guid: `5b6f4a0e-6f0c-4ad8-a0d1-d3b3a8f7c00${dice.oneIn(4) ? 0 : index}`,
    target: dice.of(TARGETS),
    stateless: dice.oneIn(3),
  };
}

function observer(dice: Dice, logs: readonly FlowLogSetup[], index: number): Observer {
  const handOver = MIDNIGHT + dice.of([0, 9 * HOUR, DAY, DAY + 1, dice.below(3 * DAY)]);
  const follows = dice.oneIn(3) ? [{ from: handOver, log: dice.of(logs) }] : [];
  return {
    nic: dice.oneIn(9) ? null : dice.of(MACS),
    direction: index === 0 || dice.oneIn(4) ? "O" : "I",
    skew: dice.of([0, 1, -1, 999, dice.below(6 * SECOND) - 3 * SECOND]),
    logs: [{ from: 0, log: dice.of(logs) }, ...follows],
  };
}

function key(dice: Dice): Key {
  return {
    addresses: dice.of(ADDRESSES),
    ports: dice.of(["40000,443", "40000,443", "123,123"]),
    protocol: dice.of([6, 6, 6, 17, 1]),
  };
}

/** `exact`: the times are kept to the millisecond, whatever the clock. */
function observed(dice: Dice, who: Observer, one: Key, beats: readonly Beat[], exact: boolean): Logged[] {
  const cut = exact ? 0 : dice.of([0, 0, 0, 1, 2]);
  const kept = beats.slice(dice.oneIn(6) ? cut : 0, beats.length - (dice.oneIn(3) ? cut : 0));
  return kept.map(([instant, state, counters = "0,0,0,0"]) => {
    const time = instant + (exact ? 0 : who.skew);
    const log = who.logs.findLast(({ from }) => from <= time)!.log;
    const isStateless = log.format === "nsg" && (state === "-" || (log.stateless && dice.oneIn(2)));
    const late = dice.oneIn(8) ? dice.below(3) : 0;
    const isDenied = state === "D";
    const rules = isDenied ? ["DefaultRule_DenyAllInBound"] : ["UserRule_Web", "DefaultRule_AllowVnetInBound"];
    const rule = dice.oneIn(5) ? dice.of(rules) : rules[0]!;
    if (log.format === "vnet") {
      const text = [time, one.addresses, one.ports, one.protocol, who.direction, state, "NX", counters].join();
      return { nic: who.nic, log, time, rule, text, isStateless, late };
    }
    const letter = { 6: "T", 17: "U", 1: "I" }[one.protocol];
    const head = [Math.floor(time / SECOND), one.addresses, one.ports, letter, who.direction, isDenied ? "D" : "A"];
    const rest = [isDenied ? "B" : state, counters === "0,0,0,0" ? ",,," : counters];
    return { nic: who.nic, log, time, rule, text: [...head, ...(isStateless ? [] : rest)].join(), isStateless, late };
  });
}
