// Traffic period on period, by NIC, rule or country, with what the next period would bring.

import { z } from "./schema.ts";
import { Scope } from "./scope.ts";

/** ms. Days and weeks of UTC; weeks begin on Monday. */
export const growthSteps = { day: 86_400_000, week: 604_800_000 } as const;
export const growthFields = ["nic", "rule", "country"] as const;
/** Bytes and packets: sent and received together. */
export const growthMeasures = ["bytes", "packets", "tuples", "denied"] as const;

/** Periods that are shown, the latest ones. */
export const PERIODS = 53;

export const GrowthQuestion = z.object({
  scope: Scope,
  by: z.enum(growthFields),
  step: z.enum(Object.keys(growthSteps) as [keyof typeof growthSteps, ...(keyof typeof growthSteps)[]]),
  measure: z.enum(growthMeasures),
});
export type GrowthQuestion = z.infer<typeof GrowthQuestion>;

/** A straight line through the whole periods, at the one after the last; `low` to `high`: its 95 % prediction interval. */
const Forecast = z.object({ value: z.number(), low: z.number(), high: z.number() });
const series = { values: z.array(z.number()).max(PERIODS), forecast: Forecast.nullable() };

export const Growth = z.object({
  /** `whole`: logs reach from its begin to its end, to the hour; others are no ground for a forecast. */
  periods: z.array(z.object({ from: z.int(), to: z.int(), whole: z.boolean() })).max(PERIODS),
  /** Periods before the first of these. */
  earlier: z.int().nonnegative(),
  /** Most first; a value a period. Name null: the log names none, or the address has no country. */
  rows: z.array(z.object({ name: z.string().nullable(), ...series })),
  /** Rows beyond those, together; null: none. */
  others: z.object({ count: z.int(), ...series }).nullable(),
  /** Null by country, where one tuple counts for both of its ends. */
  total: z.object(series).nullable(),
});
export type Growth = z.infer<typeof Growth>;
