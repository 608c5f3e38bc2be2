// The strip of a host's hours as rectangles: allowed up and denied down by one scale, and the stretches in which nothing was logged.

export type Hour = { readonly time: number; readonly allowed: number; readonly denied: number };
export type Span = { readonly from: number; readonly to: number };
export type Strip = {
  readonly bars: readonly { readonly x: number; readonly width: number; readonly up: number; readonly down: number }[];
  readonly gaps: readonly { readonly x: number; readonly width: number }[];
};

const HOUR = 3_600_000;

/** `whole`: first and last time of the case. What is not zero is at least 1 high. */
export function activityBars(
  hours: readonly Hour[],
  gaps: readonly Span[],
  whole: Span,
  width: number,
  height: number,
): Strip {
  const span = Math.max(1, whole.to - whole.from);
  const x = (time: number): number => Math.min(width, Math.max(0, ((time - whole.from) / span) * width));
  const most = hours.reduce((max, { allowed, denied }) => Math.max(max, allowed, denied), 1);
  const high = (value: number): number => (value === 0 ? 0 : Math.max(1, (value / most) * (height / 2 - 2)));
  return {
    bars: hours
      .filter(({ allowed, denied }) => allowed + denied > 0)
      .map(({ time, allowed, denied }) => {
        const left = x(time);
        return { x: left, width: Math.max(1, x(time + HOUR) - left - 1), up: high(allowed), down: high(denied) };
      }),
    gaps: gaps.map(({ from, to }) => ({ x: x(from), width: x(to) - x(from) })).filter((gap) => gap.width > 0),
  };
}
