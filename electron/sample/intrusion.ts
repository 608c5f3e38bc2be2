// The intrusion, connection by connection. Every flow carries the id of its step, so that truth.ts can count what was logged
// of it. The adversary's addresses come from the documentation networks (RFC 5737).

import { exchange, type Flow, reset, silence, type Totals } from "./flow.ts";
import { app, backup, file, HOUR, hostAt, jump, MINUTE, sql, TO } from "./network.ts";
import { between, pick, random, skewed } from "./random.ts";
import { adversary, BLOCKED_APP, BLOCKED_DATA } from "./rules.ts";
import type { StepId } from "./steps.ts";

const MONDAY = Date.UTC(2026, 2, 9);
const TUESDAY = Date.UTC(2026, 2, 10);
const WEDNESDAY = Date.UTC(2026, 2, 11);
/** Written to the second; the milliseconds are made up. */
const at = (day: number, hour: number, minute: number, second = 0): number => {
  return day + hour * HOUR + minute * MINUTE + second * 1000 + ((hour * 377 + minute * 59 + second * 13) % 1000);
};

const sweptPorts = [22, 135, 139, 445, 1433, 3389, 5985];

export function intrusion(): Flow[] {
  return [
    ...knocking(),
    ...guessing(),
    ...sessions(),
    ...sweep(),
    ...lateral(),
    ...beacons(),
    ...staging(),
    ...exfiltration(),
  ];
}

function tcp(step: StepId, start: number, lasts: number, key: Key, totals: Totals): Flow {
  const [src, dst, dstPort] = key;
  return { start, lasts, src, dst, srcPort: 0, dstPort, protocol: 6, totals, step };
}

/** Source, destination, destination port. */
type Key = readonly [string, string, number];
const RDP: Key = [adversary.guesser, jump.ip, 3389];

/** Before the port is open: denied, and tried again the next morning. After it is closed again: denied once more. */
function knocking(): Flow[] {
  const draw = random("knocking");
  const knock = (step: StepId, from: number, count: number): Flow[] =>
    Array.from({ length: count }, (_, i) => tcp(step, from + i * 47_000 + between(draw, 0, 20_000), 0, RDP, silence));
  return [
    ...knock("knock", at(MONDAY, 21, 14), 12),
    ...knock("knock", at(TUESDAY, 5, 58), 9),
    ...knock("containment", at(WEDNESDAY, 21, 9), 6),
  ];
}

/** Password guesses: short sessions of much the same size, every few seconds for 40 minutes. */
function guessing(): Flow[] {
  const draw = random("guessing");
  const flows: Flow[] = [];
  let time = at(TUESDAY, 7, 31, 8);
  while (time < at(TUESDAY, 8, 11, 40)) {
    const totals = exchange(draw, between(draw, 1180, 1420), between(draw, 1700, 2150));
    flows.push(tcp("guessing", time, between(draw, 900, 2900), RDP, totals));
    time += between(draw, 5500, 11_500);
  }
  return flows;
}

/** The guess that worked, and the two returns: evening and night. */
function sessions(): Flow[] {
  const draw = random("sessions");
  const rdp = (step: StepId, start: number, minutes: number, sent: number, received: number): Flow =>
    tcp(step, start, minutes * MINUTE + between(draw, 0, 50_000), RDP, exchange(draw, sent, received));
  const winrm = (step: StepId, start: number): Flow =>
    tcp(step, start, between(draw, 80, 200) * 1000, [jump.ip, app.ip, 5985], exchange(draw, 48_000, 91_000));
  return [
    rdp("entry", at(TUESDAY, 8, 12, 44), 138, 4_310_000, 61_800_000),
    rdp("return", at(TUESDAY, 18, 51, 17), 124, 2_270_000, 38_400_000),
    winrm("return", at(TUESDAY, 18, 58, 40)),
    rdp("return", at(WEDNESDAY, 0, 58, 5), 189, 1_960_000, 29_700_000),
    winrm("return", at(WEDNESDAY, 1, 2, 31)),
  ];
}

/** Forty spoke addresses, seven ports, four minutes. Most addresses belong to nobody. */
function sweep(): Flow[] {
  const draw = random("sweep");
  const block = (prefix: string, last: number): string[] =>
    Array.from({ length: last - 3 }, (_, i) => `${prefix}.${i + 4}`);
  const targets = [
    ...["10.1.1", "10.1.2", "10.1.3", "10.1.4", "10.1.5"].flatMap((net) => block(net, 8)),
    ...block("10.1.10", 18),
  ];
  let time = at(TUESDAY, 8, 25, 12);
  return sweptPorts.flatMap((port) =>
    targets.map((dst): Flow => {
      time += between(draw, 350, 1050);
      const host = hostAt(dst);
      const listens = host !== undefined && [135, 445, 3389, 5985].includes(port);
      const totals = listens ? exchange(draw, 60, 40) : reset;
      const flow = tcp("sweep", time, between(draw, 2, 40), [jump.ip, dst, port], totals);
      return host ? flow : { ...flow, fate: "unanswered" };
    }),
  );
}

/** From the jump host into the spoke, from there on: SMB to bring tools, WinRM to run them. */
function lateral(): Flow[] {
  const draw = random("lateral");
  const hop = (start: number, from: string, to: string, port: number, sent: number, received: number): Flow =>
    tcp("lateral", start, between(draw, 70, 260) * 1000, [from, to, port], exchange(draw, sent, received));
  return [
    hop(at(TUESDAY, 8, 38, 21), jump.ip, app.ip, 445, 3_870_000, 61_000),
    hop(at(TUESDAY, 8, 40, 9), jump.ip, app.ip, 5985, 74_000, 118_000),
    hop(at(TUESDAY, 8, 47, 50), jump.ip, file.ip, 445, 96_000, 2_430_000),
    hop(at(TUESDAY, 8, 55, 14), app.ip, sql.ip, 5985, 41_000, 67_000),
    hop(at(TUESDAY, 9, 1, 33), app.ip, backup.ip, 445, 3_870_000, 58_000),
    hop(at(TUESDAY, 9, 3, 2), app.ip, backup.ip, 5985, 52_000, 88_000),
    hop(at(TUESDAY, 9, 12, 47), app.ip, backup.ip, 5985, 31_000, 44_000),
  ];
}

/** A call home every 60 s ± 15 %, small and alike; now and then an order comes back. Goes on, denied, after the block. */
function beacons(): Flow[] {
  const draw = random("beacons");
  const call = (start: number, src: string, blocked: number): Flow => {
    const ordered = draw() < 0.03;
    const totals = exchange(
      draw,
      between(draw, 610, 690),
      ordered ? between(draw, 3000, 26_000) : between(draw, 300, 360),
    );
    const step = start < blocked ? "control" : "containment";
    const flow = tcp(step, start, between(draw, 180, 900), [src, adversary.control, 443], totals);
    return draw() < 0.05 && start < blocked ? { ...flow, rollOver: "handshake" } : flow;
  };
  const from = (begin: number, src: string, blocked: number): Flow[] => {
    const flows: Flow[] = [];
    for (let time = begin; time < TO; time += between(draw, 51_000, 69_000)) flows.push(call(time, src, blocked));
    return flows;
  };
  return [
    ...from(at(TUESDAY, 8, 44, 36), app.ip, BLOCKED_APP),
    ...from(at(TUESDAY, 9, 14, 11), backup.ip, BLOCKED_DATA),
  ];
}

/** The backup server fetches over SMB, which it never does: its own copies run over port 10000 at 01:00. */
function staging(): Flow[] {
  const draw = random("staging");
  const fetch = (start: number, minutes: number, from: string, size: number): Flow => {
    const totals = exchange(draw, skewed(draw, 9e5, 2e6), size);
    return tcp("staging", start, minutes * MINUTE + between(draw, 0, 40_000), [backup.ip, from, 445], totals);
  };
  return [
    fetch(at(TUESDAY, 19, 6, 12), 31, file.ip, 1_420_000_000),
    fetch(at(TUESDAY, 19, 39, 55), 27, file.ip, 1_130_000_000),
    fetch(at(TUESDAY, 20, 10, 28), 22, sql.ip, 1_310_000_000),
  ];
}

/** Five long uploads in the hours of the nightly backup, together 4 GB. */
function exfiltration(): Flow[] {
  const draw = random("exfiltration");
  const sizes = [768_000_000, 918_000_000, 655_000_000, 871_000_000, 662_000_000];
  let start = at(WEDNESDAY, 1, 7, 19);
  return sizes.map((size) => {
    const lasts = between(draw, 26 * MINUTE, 34 * MINUTE);
    const totals = exchange(draw, size, pick(draw, [410_000, 530_000]));
    const flow = tcp("exfiltration", start, lasts, [backup.ip, adversary.drop, 443], totals);
    start += lasts + between(draw, 15, 70) * 1000;
    return flow;
  });
}
