// What reaches every public address: strangers' scans (denied), and the platform's own probes, which look like a scan and
// are none. And one restart, with the drops it causes.

import { exchange, type Flow, silence, tcp } from "./flow.ts";
import { app, FROM, HOUR, type Host, jump, nva, web } from "./network.ts";
import { between, pick, type Random, random } from "./random.ts";
import { allDay, arrivals } from "./rhythm.ts";

/** Machines with a public path. */
const open: readonly Host[] = [jump, web, nva];
const PLATFORM = ["40.87.164.0", "40.87.172.0", "40.87.168.8", "52.136.4.16", "40.80.44.0"];
const LIKED = [
  22, 23, 25, 80, 81, 135, 445, 1433, 2222, 3306, 3389, 5060, 5432, 5900, 5985, 6379, 8080, 8443, 8728, 9200,
];

/** app01 is restarted for updates on Monday evening. */
export const RESTART = {
  from: FROM + 18 * HOUR + 30 * 60_000,
  ready: FROM + 18 * HOUR + 33 * 60_000,
  to: FROM + 18 * HOUR + 34 * 60_000,
};

export function noise(): Flow[] {
  return [...scans(), ...platformProbes()];
}

/** Documentation networks and MaxMind's test networks: real scanners are nobody in particular, these are nobody at all. */
function stranger(draw: Random): string {
  const last = between(draw, 150, 250);
  const nets = [
    `192.0.2.${last}`,
    `198.51.100.${last}`,
    `203.0.113.${last}`,
    `175.16.199.${last}`,
    `67.43.156.${last}`,
  ];
  return pick(draw, nets);
}

function scans(): Flow[] {
  const draw = random("scans");
  return open.flatMap((host) =>
    arrivals(draw, 215, allDay).flatMap((start): Flow[] => {
      const liked = pick(draw, LIKED);
      const dstPort = draw() < 0.35 ? liked : between(draw, 1, 65_000);
      if (dstPort === 3389 && host === jump) return []; // only the story's own visitors reach this one
      if ((dstPort === 443 || dstPort === 80) && host === web) return [];
      const protocol = draw() < 0.12 ? 17 : 6;
      const tries = draw() < 0.16 ? 3 : 1;
      const probe = tcp(start, 0, stranger(draw), host.ip, dstPort, silence);
      const sent: Flow = { ...probe, srcPort: between(draw, 1024, 65_000), protocol, tries };
      return draw() < 0.01 ? [sent, sent] : [sent]; // the same packet twice in one ms: equal tuples
    }),
  );
}

function platformProbes(): Flow[] {
  const draw = random("platform");
  return open.flatMap((host) =>
    arrivals(draw, 18, allDay).map((start): Flow => {
      const answered = draw() < 0.15;
      const back = answered ? { packetsReceived: 1, bytesReceived: 54 } : { packetsReceived: 0, bytesReceived: 0 };
      const totals = { packetsSent: 1, bytesSent: 128, ...back };
      const dstPort = between(draw, 20_000, 32_000);
      const flow = tcp(start, between(draw, 84_000, 107_000), pick(draw, PLATFORM), host.ip, dstPort, totals);
      return { ...flow, srcPort: 23_456, platform: true };
    }),
  );
}

/** While app01 is down it sends nothing and answers nothing; for its last minute its encryption is not ready yet. */
export function throughRestart(flows: readonly Flow[]): Flow[] {
  const draw = random("restart");
  const kept = flows.flatMap((flow): Flow[] => {
    if (flow.start < RESTART.from || flow.start >= RESTART.to) return [flow];
    if (flow.src === app.ip) return [];
    if (flow.dst !== app.ip) return [flow];
    const inSpoke = flow.src.startsWith("10.1.");
    return [{ ...flow, fate: inSpoke && flow.start >= RESTART.ready ? "not ready" : "unanswered" }];
  });
  const retried = Array.from({ length: 6 }, (_, i): Flow => {
    const start = RESTART.ready + 4000 + i * 8000 + between(draw, 0, 900);
    const flow = tcp(start, 0, web.ip, app.ip, 8080, exchange(draw, 500, 500));
    return { ...flow, fate: "not ready", tries: 2 };
  });
  return [...kept, ...retried];
}
