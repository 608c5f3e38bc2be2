// Traffic machines make among themselves: names, directory, time, agents, monitoring polls, storage, the nightly backup.
// Each kind is a function from its own random stream to flows. Microsoft addresses are those recorded logs show.

import { datagrams, exchange, type Flow, tcp } from "./flow.ts";
import {
  app,
  backup,
  dc,
  desks,
  FROM,
  file,
  HOUR,
  type Host,
  hosts,
  jump,
  MINUTE,
  monitor,
  nva,
  servers,
  sql,
  TO,
  web,
} from "./network.ts";
import { between, pick, type Random, random, skewed } from "./random.ts";
import { allDay, arrivals, isOfficeHour, office, regular } from "./rhythm.ts";

/** Azure's virtual public address on every host: name resolution, agent, health. */
const WIRE_SERVER = "168.63.129.16";
const TIME_SERVER = "40.119.6.228";
const TELEMETRY = ["20.189.173.10", "20.189.173.13", "20.42.73.216", "40.79.141.153", "40.79.197.35"];
export const STORAGE = [
  "20.60.20.4",
  "20.60.128.36",
  "20.150.38.228",
  "20.150.70.36",
  "52.239.169.100",
  "52.239.252.164",
];
const CONTROL = "40.83.240.146";

const allServers = [nva, jump, dc, monitor, ...servers];
const always = (draw: Random, host: Host, time: number): boolean =>
  !isDesk(host) || (isOfficeHour(time) && draw() < 0.97);

/** A machine's agents wake together, every five minutes. */
const CYCLE = 5 * MINUTE;
function cycleOf(host: Host): number {
  return hosts.indexOf(host) * 23_000;
}

function isDesk(host: Host): boolean {
  return host.name.startsWith("ws");
}

export function serverTraffic(): Flow[] {
  return [...names(), ...directory(), ...time(), ...agents(), ...polls(), ...storage(), ...nightlyBackup()];
}

function names(): Flow[] {
  const draw = random("names");
  const ask = (src: string, dst: string, start: number): Flow => {
    const totals = datagrams(1, between(draw, 28, 60), between(draw, 60, 220));
    return { start, lasts: between(draw, 1, 40), src, dst, srcPort: 0, dstPort: 53, protocol: 17, totals };
  };
  const clients = hosts.filter((host) => host !== dc && host !== nva);
  const asked = clients.flatMap((host) => {
    const times = isDesk(host)
      ? arrivals(draw, 34, office)
      : regular(draw, CYCLE, cycleOf(host), 3000).filter(() => draw() < 0.55);
    return times.map((start) => ask(host.ip, dc.ip, start));
  });
  const forwarded = arrivals(draw, 70, office).concat(arrivals(draw, 16, allDay));
  return [...asked, ...forwarded.map((start) => ask(dc.ip, WIRE_SERVER, start))];
}

function directory(): Flow[] {
  const draw = random("directory");
  return [...desks, ...servers].flatMap((host) => {
    const times = isDesk(host) ? arrivals(draw, 16, office) : arrivals(draw, 1.5, allDay);
    return times.map((start): Flow => {
      const dstPort = pick(draw, [88, 88, 389, 389, 445]);
      const totals = exchange(draw, skewed(draw, 900, 6000), skewed(draw, 1200, 22_000));
      return tcp(start, skewed(draw, 20, 4000), host.ip, dc.ip, dstPort, totals);
    });
  });
}

/** One flow port 123 to 123 that began before the evidence; on Monday afternoon the log turned a page. */
function time(): Flow[] {
  const draw = random("time");
  return allServers.map((host): Flow => {
    const start = FROM - 20 * 24 * HOUR + cycleOf(host) + between(draw, 0, 9000);
    const lasts = TO - start + HOUR;
    const rollOver = FROM + 13 * HOUR + 37 * MINUTE + between(draw, 0, 20_000) - start;
    const totals = datagrams(Math.floor(lasts / 64_000), 48, 90);
    return { start, lasts, src: host.ip, dst: TIME_SERVER, srcPort: 123, dstPort: 123, protocol: 17, totals, rollOver };
  });
}

function agents(): Flow[] {
  const draw = random("agents");
  return hosts.flatMap((host): Flow[] => {
    const phase = cycleOf(host);
    const awake = (start: number): boolean => always(draw, host, start);
    const health = regular(draw, CYCLE, phase, 900)
      .filter(awake)
      .flatMap((start): Flow[] => [
        brief(draw, start, [host, WIRE_SERVER, 80], 700, 2600),
        brief(draw, start + between(draw, 50, 400), [host, WIRE_SERVER, 32_526], 1100, 400),
      ]);
    const telemetry = regular(draw, CYCLE, phase + 2000, 4000)
      .filter(awake)
      .map((start): Flow => {
        const sent = skewed(draw, 4000, 22_000);
        const flow = brief(draw, start, [host, pick(draw, TELEMETRY), 443], sent, between(draw, 4800, 6100));
        return draw() < 0.12 ? { ...flow, rollOver: "handshake" } : flow;
      });
    if (isDesk(host)) return [...health, ...telemetry];
    const start = FROM - 9 * 24 * HOUR + phase + between(draw, 0, 9000);
    const lasts = TO - start + HOUR;
    const totals = datagrams(Math.floor(lasts / 200_000), 55, 66); // keep-alives: 97 bytes out, 108 back
    const lasting: Flow = { ...tcp(start, lasts, host.ip, CONTROL, 443, totals), srcPort: 49_715 };
    return [...health, ...telemetry, lasting];
  });
}

/** The monitoring server asks every machine every quarter of an hour: regular, and innocent. */
function polls(): Flow[] {
  const draw = random("polls");
  return regular(draw, 15 * MINUTE, 2 * MINUTE, 500).flatMap((round) => {
    const awake = hosts.filter((host) => host !== monitor && always(draw, host, round));
    return awake.map((host, i): Flow => {
      const start = round + i * 700 + between(draw, 0, 400);
      return brief(draw, start, [monitor, host.ip, 9182], 420, skewed(draw, 30_000, 48_000));
    });
  });
}

function storage(): Flow[] {
  const draw = random("storage");
  return [web, app, sql, file, monitor, dc].flatMap((host) => {
    const times = arrivals(draw, host === app || host === web ? 26 : 6, office).concat(arrivals(draw, 2, allDay));
    return times.map((start): Flow => {
      const totals = exchange(draw, skewed(draw, 2000, 2_600_000), skewed(draw, 2000, 400_000));
      const flow = tcp(start, skewed(draw, 300, 90_000), host.ip, pick(draw, STORAGE), 443, totals);
      return draw() < 0.1 ? { ...flow, rollOver: "handshake" } : flow;
    });
  });
}

/** 01:00: the backup server fetches from each server, then sends a copy to Azure storage. */
function nightlyBackup(): Flow[] {
  const draw = random("backup");
  const flows: Flow[] = [];
  for (let day = 0; day < 3; day++) {
    const night = FROM + day * 24 * HOUR + HOUR;
    for (const [i, host] of [sql, file, app, web].entries()) {
      const start = night + i * 14 * MINUTE + between(draw, 0, 40_000);
      const size = [2_300_000_000, 1_650_000_000, 240_000_000, 160_000_000][i] ?? 0;
      const totals = exchange(draw, 2_000_000, Math.floor(size * (0.95 + draw() / 10)));
      flows.push(tcp(start, 22 * MINUTE + between(draw, 0, 400_000), backup.ip, host.ip, 10_000, totals));
    }
    for (let part = 0; part < 8; part++) {
      const start = night + 95 * MINUTE + part * 6 * MINUTE + between(draw, 0, 20_000);
      const totals = exchange(draw, between(draw, 60_000_000, 110_000_000), 300_000);
      flows.push(tcp(start, between(draw, 300_000, 560_000), backup.ip, "20.150.38.228", 443, totals));
    }
  }
  return flows;
}

/** An exchange of roughly these payloads: a moment's work. */
function brief(
  draw: Random,
  start: number,
  key: readonly [Host, string, number],
  sent: number,
  received: number,
): Flow {
  const totals = exchange(draw, sent + between(draw, 0, 160), received + between(draw, 0, 240));
  return tcp(start, skewed(draw, 60, 3000), key[0].ip, key[1], key[2], totals);
}
