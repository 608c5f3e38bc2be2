// How fast evidence is being read. Progress counts anew with each source, and a pause is no time of reading, so speed is taken from
// the last seconds of the source that is being read. Pure.

import type { Payload } from "../../shared/contract.ts";

type Progress = Payload<"ingest.progress">;
type Sample = { readonly time: number; readonly bytes: number; readonly tuples: number };

export type Pace = {
  /** The last word on each source, in the order in which they are read; the last is being read. */
  readonly sources: readonly Progress[];
  /** Of the last source, since the last pause, the oldest first. */
  readonly samples: readonly Sample[];
  readonly deriving: boolean;
};

export const NO_PACE: Pace = { sources: [], samples: [], deriving: false };

const WINDOW_MS = 10_000;
const LEAST_MS = 400;

export function paced(pace: Pace, progress: Progress, time: number): Pace {
  if (progress.stage === "deriving") return { ...pace, samples: [], deriving: true };
  const { bytes, tuples } = progress;
  const sample = { time, bytes, tuples };
  const last = pace.sources.at(-1);
  const goesOn = last?.source === progress.source && bytes >= last.bytes;
  if (!goesOn) return { sources: [...pace.sources, progress], samples: [sample], deriving: false };
  return {
    sources: [...pace.sources.slice(0, -1), progress],
    samples: [...pace.samples.filter((each) => time - each.time <= WINDOW_MS), sample],
    deriving: false,
  };
}

/** After a pause. */
export function anew(pace: Pace): Pace {
  return { ...pace, samples: [] };
}

export type Speed = { readonly bytes: number; readonly tuples: number; readonly leftMs: number | null };

/** A second. Null while too little was seen to tell. */
export function speedOf({ sources, samples }: Pace): Speed | null {
  const [first, last, source] = [samples[0], samples.at(-1), sources.at(-1)];
  if (!first || !last || !source || last.time - first.time < LEAST_MS) return null;
  const seconds = (last.time - first.time) / 1000;
  const bytes = (last.bytes - first.bytes) / seconds;
  return {
    bytes,
    tuples: (last.tuples - first.tuples) / seconds,
    leftMs: bytes > 0 ? (Math.max(0, source.bytesOf - source.bytes) / bytes) * 1000 : null,
  };
}
