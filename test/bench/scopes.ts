// Scopes never asked before: a random range and one of twelve filters, each said in both languages. The same for the same seed.

import { type Bin, bins } from "../../shared/rows.ts";

export type BenchScope = {
  readonly from: number;
  readonly to: number;
  readonly filter: string;
  readonly sql: string;
  readonly bin: Bin;
  readonly binMs: number;
};

/** Each in both languages. `host`, `nic`: the busiest. */
function filters(host: string, nic: string): readonly (readonly [filter: string, sql: string])[] {
  return [
    ["", "true"],
    ["decision == deny", "state = 'D'"],
    ["dport == 443", "dport = 443"],
    ["dport in {22, 3389, 5985-5986}", "dport IN (22, 3389, 5985, 5986)"],
    ["dst != 10.0.0.0/8", "dst NOT LIKE '10.%'"],
    [`ip == ${host}`, `src = '${host}' OR dst = '${host}'`],
    ["proto == udp", "protocol = 17"],
    ["dir == I and decision == deny", "direction = 'I' AND state = 'D'"],
    ["rule contains deny", "rule ILIKE '%deny%'"],
    ["sport < 1024", "sport < 1024"],
    ["state == E and dport == 443", "state = 'E' AND dport = 443"],
    [`nic == ${nic} and dst == 10.0.0.0/8`, `mac = '${nic}' AND dst LIKE '10.%'`],
  ];
}

const BARS = 400;

export function scopesOf(
  count: number,
  range: { readonly from: number; readonly to: number },
  host: string,
  nic: string,
): BenchScope[] {
  let state = 20260101;
  const random = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const all = filters(host, nic);
  return Array.from({ length: count }, (_, n) => {
    const [a, b] = [random(), random()].sort((x, y) => x - y) as [number, number];
    const from = Math.floor(range.from + a * (range.to - range.from));
    const to = Math.max(from + 60_000, Math.floor(range.from + b * (range.to - range.from)));
    const [filter, sql] = all[n % all.length] as readonly [string, string];
    const bin = (["1m", "5m", "1h"] as const).find((name) => to - from <= bins[name] * BARS) ?? "1d";
    return { from, to, filter, sql, bin, binMs: bins[bin] };
  });
}
