// Instants: text ↔ ms since 1970 UTC. A text without a zone is refused: a guess about it would move evidence by hours.

import type { Ms } from "./flow.ts";

const ISO = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)?\s*(Z|[+-]\d{2}:?\d{2})?$/i;

/**
 * ISO 8601 with a zone, or an integer in ms. Fractions beyond ms are cut off (floor), as Azure writes seven digits.
 * Null when the text is neither; `"no zone"` when only the zone is missing.
 */
export function parseInstant(text: string): Ms | "no zone" | null {
  if (/^-?\d{1,16}$/.test(text)) return Number(text);
  const match = ISO.exec(text);
  if (!match) return null;
  const [, year, month, day, hour = "0", minute = "0", second = "0", fraction = "", zone] = match;
  if (zone === undefined) return "no zone";
  const [y, mo, d, h, mi, s] = [year, month, day, hour, minute, second].map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const offset = zoneMs(zone);
  if (offset === null || h > 23 || mi > 59 || s > 59) return null;
  const midnight = new Date(0).setUTCFullYear(y, mo - 1, d); // Date.UTC would take the year 26 for 1926
  const back = new Date(midnight);
  if (back.getUTCMonth() !== mo - 1 || back.getUTCDate() !== d) return null;
  return midnight + ((h * 60 + mi) * 60 + s) * 1000 + Number(fraction.padEnd(3, "0").slice(0, 3)) - offset;
}

/** `Z`, `+02:00`, `-0330`; null past a day or an hour. */
function zoneMs(zone: string): number | null {
  if (zone.toUpperCase() === "Z") return 0;
  const sign = zone.startsWith("-") ? -1 : 1;
  const digits = zone.slice(1).replace(":", "");
  const hours = Number(digits.slice(0, 2));
  const minutes = Number(digits.slice(2));
  return hours > 23 || minutes > 59 ? null : sign * (hours * 60 + minutes) * 60_000;
}

/** `2026-03-09T08:00:00.000Z`; the zone is always shown. */
export function printInstant(ms: Ms): string {
  return new Date(ms).toISOString();
}
