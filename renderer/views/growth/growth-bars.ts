// A series of periods and its forecast as marks of one scale: bars from the baseline, and the next period as a point with its interval.

import type { Growth } from "../../../shared/growth.ts";

export type Bars = {
  readonly periods: readonly {
    readonly x: number;
    readonly width: number;
    readonly height: number;
    readonly whole: boolean;
  }[];
  /** Centre of the next period, and y of the forecast and of its interval's ends; null: there is none. */
  readonly next: {
    readonly x: number;
    readonly value: number;
    readonly low: number;
    readonly high: number;
    /** The interval goes on above the picture. */
    readonly cut: boolean;
  } | null;
};

/** By the series' own scale: its largest value or forecast takes the full height. What is not zero is at least 1 high. */
export function barsOf(
  series: { readonly values: readonly number[]; readonly forecast: Growth["rows"][number]["forecast"] },
  periods: Growth["periods"],
  width: number,
  height: number,
): Bars {
  const slot = width / (periods.length + 1);
  const { forecast } = series;
  const most = Math.max(1, ...series.values, forecast?.value ?? 0);
  const high = (value: number): number => (value <= 0 ? 0 : Math.max(1, Math.min(1, value / most) * (height - 3)));
  return {
    periods: series.values.map((value, p) => ({
      x: p * slot,
      width: Math.max(1, slot - Math.min(2, slot / 4)),
      height: high(value),
      whole: periods[p]?.whole ?? false,
    })),
    next: forecast
      ? {
          x: (periods.length + 0.5) * slot,
          value: height - high(forecast.value),
          low: height - high(forecast.low),
          high: forecast.high > most ? 0 : height - high(forecast.high),
          cut: forecast.high > most,
        }
      : null,
  };
}
