// When things happen: arrivals at a rate that follows the hours of a working day (the company works 07:00 to 17:00 UTC).

import { FROM, HOUR, MINUTE, TO } from "./network.ts";
import { between, type Random } from "./random.ts";

/** Share of the peak for each UTC hour of the day. */
export const office = [
  0, 0, 0, 0, 0, 0, 0.15, 0.7, 1, 1, 0.95, 0.6, 0.7, 1, 1, 0.9, 0.6, 0.2, 0, 0, 0, 0, 0, 0,
] as const;
export const publicWeb = [
  0.1, 0.07, 0.05, 0.05, 0.06, 0.1, 0.2, 0.45, 0.7, 0.85, 0.9, 0.95, 0.9, 0.85, 0.85, 0.85, 0.85, 0.9, 1, 0.95, 0.8,
  0.6, 0.35, 0.18,
] as const;
export const allDay = new Array<number>(24).fill(1);

/** Instants at `peakPerHour` times the hour's share, random within each minute, in order. */
export function arrivals(draw: Random, peakPerHour: number, share: readonly number[]): number[] {
  const times: number[] = [];
  for (let minute = FROM - 5 * MINUTE; minute < TO; minute += MINUTE) {
    const expected = (peakPerHour * (share[new Date(minute).getUTCHours()] ?? 0)) / 60;
    const count = Math.floor(expected + draw());
    const within = Array.from({ length: count }, () => minute + between(draw, 0, MINUTE - 1));
    times.push(...within.sort((a, b) => a - b));
  }
  return times;
}

/** Every `period` ms from `phase` on, each up to `slack` ms late. */
export function regular(draw: Random, period: number, phase: number, slack: number): number[] {
  const times: number[] = [];
  for (let time = FROM + phase; time < TO; time += period) times.push(time + between(draw, 0, slack));
  return times;
}

/** Whether offices are open, for machines that people switch on in the morning. */
export function isOfficeHour(time: number): boolean {
  const hour = Math.floor(time / HOUR) % 24;
  return (office[hour] ?? 0) > 0;
}
