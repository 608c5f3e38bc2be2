// What a browser's trace says of a page's main thread, a frame at a time. Pure.

export type TraceEvent = {
  readonly name: string;
  readonly ph: string;
  /** Microseconds. */
  readonly ts: number;
  readonly dur?: number;
  /** Of which the thread ran: without what others took of the machine. */
  readonly tdur?: number;
  readonly pid: number;
  readonly tid: number;
  readonly args?: { readonly name?: string };
};

export type Spread = { readonly median: number; readonly p99: number; readonly largest: number };
/** ms by the clock, and ms that the thread ran. */
export type Both = { readonly clock: Spread; readonly processor: Spread };
export type Measured = { readonly frames: number; readonly script: Both; readonly all: Both; readonly task: Both };

const FRAME = "FireAnimationFrame";
const SCRIPT = new Set([
  "FunctionCall",
  "EvaluateScript",
  "RunMicrotasks",
  "FireAnimationFrame",
  "EventDispatch",
  "TimerFire",
]);
const TASKS = new Set(["RunTask", "ThreadControllerImpl::RunTask"]);

type Slice = { readonly from: number; readonly to: number; readonly clock: number; readonly processor: number };

/** Frames are those in which the page was called to draw; work between the calls of two belongs to the later. */
export function readTrace(events: readonly TraceEvent[]): Measured {
  const drawn = events.filter(({ name, ph }) => name === FRAME && ph === "X");
  const main = mostFrequent(drawn.map(({ pid, tid }) => `${pid} ${tid}`));
  const own = events.filter(({ ph, pid, tid, dur }) => ph === "X" && dur !== undefined && `${pid} ${tid}` === main);
  const tasks = outermost(own.filter(({ name }) => TASKS.has(name)));
  const script = outermost(own.filter(({ name }) => SCRIPT.has(name)));
  // Several callbacks may run in one frame: they share its task.
  const frameTasks = tasks.filter((task) => drawn.some(({ ts }) => ts >= task.from && ts < task.to));
  if (frameTasks.length === 0) throw new Error("The trace has no frame of the page.");
  const ends = frameTasks.map(({ to }) => to);
  const both = (sums: (of: "clock" | "processor") => readonly number[]): Both => ({
    clock: spread(sums("clock")),
    processor: spread(sums("processor")),
  });
  return {
    frames: ends.length,
    script: both((of) => perFrame(script, ends, of)),
    all: both((of) => perFrame(tasks, ends, of)),
    task: both((of) => tasks.map((task) => task[of] / 1000)),
  };
}

function mostFrequent(names: readonly string[]): string {
  const times = new Map<string, number>();
  for (const name of names) times.set(name, (times.get(name) ?? 0) + 1);
  return [...times].sort(([, a], [, b]) => b - a)[0]?.[0] ?? "";
}

/** Without those inside another, so that nothing is counted twice. */
function outermost(events: readonly TraceEvent[]): readonly Slice[] {
  const slices: Slice[] = [];
  for (const { ts, dur = 0, tdur = dur } of events.toSorted((a, b) => a.ts - b.ts || (b.dur ?? 0) - (a.dur ?? 0)))
    if (ts >= (slices.at(-1)?.to ?? 0)) slices.push({ from: ts, to: ts + dur, clock: dur, processor: tdur });
  return slices;
}

/** Milliseconds of slices that end with each frame or before it, since the frame before. */
function perFrame(slices: readonly Slice[], ends: readonly number[], of: "clock" | "processor"): readonly number[] {
  const sums = ends.map(() => 0);
  let frame = 0;
  for (const slice of slices) {
    while (frame < ends.length && slice.to > (ends[frame] ?? 0)) frame++;
    if (frame < ends.length) sums[frame] = (sums[frame] ?? 0) + slice[of] / 1000;
  }
  return sums;
}

function spread(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? 0;
  return { median: at(0.5), p99: at(0.99), largest: at(1) };
}
