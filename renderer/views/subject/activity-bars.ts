// The strip of what a subject did as rectangles: allowed up and denied down by one scale, and the stretches in which nothing was logged.

import { bins } from "../../../shared/rows.ts";

/** One bin of the timeline. */
export type ActivityBin = { readonly time: number; readonly allowed: number; readonly denied: number };
export type Span = { readonly from: number; readonly to: number };
export type Strip = {
  readonly bars: readonly {
    readonly x: number;
    readonly width: number;
    readonly up: number;
    readonly down: number;
    readonly counted: ActivityBin;
  }[];
  readonly gaps: readonly { readonly x: number; readonly width: number }[];
};

/** Names of bins, the narrowest first, and the most bars that a strip shows. */
const widths = ["1m", "10m", "1h", "6h", "1d"] as const;
const BARS = 240;

/** The narrowest bin that shows a range in few enough bars. */
export function stripBin({ from, to }: Span): (typeof widths)[number] {
  return widths.find((name) => to - from <= bins[name] * BARS) ?? "1d";
}

/** `whole`: first and last time of the case; `bin`: ms a bar stands for. What is not zero is at least 1 high. */
export function activityBars(
  counted: readonly ActivityBin[],
  gaps: readonly Span[],
  whole: Span,
  width: number,
  height: number,
  bin: number,
): Strip {
  const span = Math.max(1, whole.to - whole.from);
  const x = (time: number): number => Math.min(width, Math.max(0, ((time - whole.from) / span) * width));
  const most = counted.reduce((max, { allowed, denied }) => Math.max(max, allowed, denied), 1);
  const high = (value: number): number => (value === 0 ? 0 : Math.max(1, (value / most) * (height / 2 - 2)));
  return {
    bars: counted
      .filter(({ allowed, denied }) => allowed + denied > 0)
      .map((each) => {
        const { time, allowed, denied } = each;
        const left = x(time);
        return {
          counted: each,
          x: left,
          width: Math.max(1, x(time + bin) - left - 1),
          up: high(allowed),
          down: high(denied),
        };
      }),
    gaps: gaps.map(({ from, to }) => ({ x: x(from), width: x(to) - x(from) })).filter((gap) => gap.width > 0),
  };
}
