// Numbers, sizes and times as text. Rounded text is for looking; `exact…` is for hovering, copying and evidence.

const whole = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });

export function count(value: number): string {
  return whole.format(value);
}

/** "1 tuple", "2,646 tuples": the noun alone, for a figure that stands apart from it. */
export function noun(value: number, one: string): string {
  return value === 1 ? one : `${one}s`;
}

/** "12.4 %". Only all is 100 %, only nothing 0 %; of nothing there is no share. */
export function percent(part: number, whole: number): string {
  if (whole === 0) return "–";
  const share = (part / whole) * 100;
  if (part === 0) return "0 %";
  if (share < 0.1) return "< 0.1 %";
  if (share < 100 && share > 99.9) return "> 99.9 %";
  return `${share.toFixed(share === 100 ? 0 : 1)} %`;
}

/** "4.31 GB", decimal, three figures: the number and its unit. */
export function bytesParts(bytes: number): readonly [string, string] {
  const units = ["B", "kB", "MB", "GB", "TB", "PB"];
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const digits = unit === 0 || value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2;
  return [value.toFixed(digits), units[unit] as string];
}

export function bytes(value: number): string {
  return bytesParts(value).join(" ");
}

export function exactBytes(value: number): string {
  return `${count(value)} B`;
}

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const DAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

/** "2026-03-04 02:10:06.412", UTC; the zone is said once where it stands. */
export function instant(time: number, digits: "ms" | "s" | "min" = "ms"): string {
  const iso = new Date(time).toISOString();
  const end = digits === "ms" ? 23 : digits === "s" ? 19 : 16;
  return iso.slice(0, end).replace("T", " ");
}

export function exactInstant(time: number): string {
  return `${instant(time)} UTC (${time})`;
}

export function clock(time: number, digits: "ms" | "s" | "min" = "s"): string {
  return instant(time, digits).slice(11);
}

/** "Wed 4 Mar" */
export function day(time: number): string {
  const date = new Date(time);
  return `${DAYS[date.getUTCDay()]} ${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]}`;
}

/** "3 d 4 h", "5 h 51 min", "12.4 s": two units at most. */
export function duration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(ms < 10_000 ? 1 : 0)} s`;
  const minutes = Math.floor(ms / 60_000);
  const [d, h, m] = [Math.floor(minutes / 1440), Math.floor(minutes / 60) % 24, minutes % 60];
  const parts = [d && `${d} d`, h && `${h} h`, m && `${m} min`].filter(Boolean);
  return parts.slice(0, 2).join(" ");
}

const PROTOCOLS: Readonly<Record<number, string>> = { 1: "icmp", 6: "tcp", 17: "udp", 58: "icmpv6" };

/** "443/tcp" */
export function service(port: number | null, protocol: number): string {
  const name = PROTOCOLS[protocol] ?? `protocol ${protocol}`;
  return port === null ? name : `${port}/${name}`;
}
