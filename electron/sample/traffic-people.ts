// Traffic people cause: visitors of the public web server and the chain behind it, the office's file shares and browsing,
// the administrator, the vendor for whom RDP was opened. Outside addresses come from networks set aside for documentation
// and testing, so that nobody is accused.

import { exchange, type Flow, tcp } from "./flow.ts";
import { app, dc, desks, file, jump, MINUTE, monitor, sql, web } from "./network.ts";
import { between, pick, type Random, random, skewed } from "./random.ts";
import { arrivals, office, publicWeb } from "./rhythm.ts";
import { STORAGE } from "./traffic-servers.ts";

const MICROSOFT_WEB = ["20.190.159.2", "20.190.160.14", "20.10.127.193", "40.79.150.121", "20.242.181.1"];
/** The vendor's honest address. */
export const VENDOR = "89.160.20.115";

export function peopleTraffic(): Flow[] {
  return [
    ...visitors(),
    ...applicationCalls(),
    ...queries(),
    ...shares(),
    ...browsing(),
    ...administrator(),
    ...vendor(),
  ];
}

/** Networks of MaxMind's test database: addresses with a country and nobody behind them. */
function visitor(draw: Random): string {
  const near = [
    `81.2.69.${between(draw, 142, 191)}`,
    `89.160.20.${between(draw, 112, 114)}`,
    `2.125.160.${between(draw, 216, 223)}`,
  ];
  return draw() < 0.8
    ? pick(draw, near)
    : pick(draw, [`216.160.83.${between(draw, 56, 63)}`, `67.43.156.${between(draw, 1, 60)}`]);
}

function visitors(): Flow[] {
  const draw = random("visitors");
  return arrivals(draw, 370, publicWeb).map((start): Flow => {
    const plain = draw() < 0.06; // redirected to 443
    const totals = plain
      ? exchange(draw, 380, 520)
      : exchange(draw, skewed(draw, 900, 9000), skewed(draw, 4000, 900_000));
    const flow = tcp(start, skewed(draw, 150, 150_000), visitor(draw), web.ip, plain ? 80 : 443, totals);
    return draw() < 0.08 ? { ...flow, rollOver: "handshake" } : flow;
  });
}

function applicationCalls(): Flow[] {
  const draw = random("application");
  return arrivals(draw, 180, publicWeb).map((start): Flow => {
    const totals = exchange(draw, skewed(draw, 1500, 30_000), skewed(draw, 3000, 240_000));
    return tcp(start, skewed(draw, 400, 60_000), web.ip, app.ip, 8080, totals);
  });
}

/** Pooled database connections: they stay, so they report every five minutes. */
function queries(): Flow[] {
  const draw = random("queries");
  return arrivals(draw, 62, publicWeb).map((start): Flow => {
    const totals = exchange(draw, skewed(draw, 6000, 700_000), skewed(draw, 20_000, 5_000_000));
    return tcp(start, skewed(draw, 20_000, 25 * MINUTE), app.ip, sql.ip, 1433, totals);
  });
}

function shares(): Flow[] {
  const draw = random("shares");
  return desks.flatMap((desk) =>
    arrivals(draw, 5, office).map((start): Flow => {
      const totals = exchange(draw, skewed(draw, 8000, 9_000_000), skewed(draw, 20_000, 60_000_000));
      return tcp(start, skewed(draw, 30_000, 55 * MINUTE), desk.ip, file.ip, 445, totals);
    }),
  );
}

function browsing(): Flow[] {
  const draw = random("browsing");
  return desks.flatMap((desk) =>
    visits(draw, 42).map((start): Flow => {
      const dst = pick(draw, [...MICROSOFT_WEB, ...STORAGE.slice(0, 3), `216.160.83.${between(draw, 56, 63)}`]);
      const totals = exchange(draw, skewed(draw, 900, 60_000), skewed(draw, 3000, 3_000_000));
      const flow = tcp(start, skewed(draw, 200, 200_000), desk.ip, dst, 443, totals);
      return draw() < 0.05 ? { ...flow, rollOver: "handshake" } : flow;
    }),
  );
}

/** A page opens several connections at once. */
function visits(draw: Random, peakPerHour: number): number[] {
  return arrivals(draw, peakPerHour, office).flatMap((time) =>
    Array.from({ length: between(draw, 1, 5) }, () => time + between(draw, 0, 900)),
  );
}

/** The administrator's way: workstation, jump host, hub servers. Never from the jump host into the spoke. */
function administrator(): Flow[] {
  const draw = random("administrator");
  return arrivals(draw, 0.7, office).flatMap((start): Flow[] => {
    const desk = tcp(
      start,
      between(draw, 9, 50) * MINUTE,
      desks[0].ip,
      jump.ip,
      3389,
      exchange(draw, skewed(draw, 400_000, 4_000_000), skewed(draw, 4e6, 5e7)),
    );
    const [target, port] = draw() < 0.6 ? [dc, 3389] : [monitor, 22];
    const onward = exchange(draw, skewed(draw, 60_000, 900_000), skewed(draw, 300_000, 9_000_000));
    return [
      desk,
      tcp(start + between(draw, 60, 300) * 1000, between(draw, 4, 20) * MINUTE, jump.ip, target.ip, port, onward),
    ];
  });
}

/** Tuesday, right after the port was opened: what the opening was meant for. */
function vendor(): Flow[] {
  const draw = random("vendor");
  const start = Date.UTC(2026, 2, 10, 7, 3, 22, 118);
  return [tcp(start, 24 * MINUTE + 41_300, VENDOR, jump.ip, 3389, exchange(draw, 910_000, 11_400_000))];
}
