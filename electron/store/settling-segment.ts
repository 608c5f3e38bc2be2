// Segments as settling looks at them: parts are read when asked for. One with tuples of several days is asked for on each of them, so
// those asked for last are kept.

import { AppError } from "../../shared/failure.ts";
import type { DaySegment } from "../analysis/day-segment.ts";
import { DAY } from "../analysis/settled.ts";
import type { Standings } from "../analysis/standings.ts";
import type { Part } from "../segment/columns.ts";
import { decodeStandings } from "../segment/decode-standings.ts";
import { decodeKeys, decodeWhen } from "../segment/encode.ts";
import { usualMarks } from "../segment/encode-settled.ts";
import { unpack } from "../segment/frame.ts";
import type { ReadDb } from "./database.ts";
import { readPart, type SegmentRow } from "./read.ts";
import { recordFinder } from "./record-finder.ts";

export type SettlingSegment = DaySegment & {
  readonly row: SegmentRow;
  /** The mark each tuple would have if its flow were logged from B to E. */
  usual(): Uint8Array;
  /** 1: the row is of the day. */
  isOn(day: number): Uint8Array;
  /** Its days (their begins, ms), ascending. */
  days(): readonly number[];
};

/** The same segment gives the same object. */
export type SettlingSegments = (row: SegmentRow) => SettlingSegment;

/** Parts kept, at most a megabyte each; times of segments; runs of standings, 16 bytes each. */
const PARTS = 96;
const SEGMENTS = 16;
const RUNS = 1 << 20;

/** `logOf`: by context id of the case. */
export function settlingSegments(db: ReadDb, logOf: ReadonlyMap<number, number>): SettlingSegments {
  const parts = keeping<Uint8Array>(PARTS);
  const places = keeping<Standings>(RUNS, ({ starts }) => starts.length);
  const whens = keeping<ReturnType<typeof decodeWhen>>(SEGMENTS);
  const find = recordFinder(db);
  const logOfContext = (row: SegmentRow, id: number): number => {
    const log = logOf.get(id);
    if (log === undefined)
      throw new AppError(
        "case-damaged",
        `The case is damaged: segment ${row.id} is of context ${id}, which is not there.`,
      );
    return log;
  };
  return (row) => {
    const isOfOneDay = Math.floor(row.firstTime / DAY) === Math.floor(row.lastTime / DAY);
    const packed = (name: Part): Uint8Array => readPart(db, row.id, name);
    const when = (): ReturnType<typeof decodeWhen> => whens(row.id, () => decodeWhen(packed("when")));
    let days: readonly number[] | null = null;
    return {
      id: row.id,
      row,
      length: row.tuples,
      isOfOneDay,
      logs: Uint32Array.from(row.contexts, (id) => logOfContext(row, id)),
      part: (name) => (isOfOneDay ? unpack(packed(name)) : parts(`${row.id} ${name}`, () => unpack(packed(name)))),
      days() {
        days ??= isOfOneDay ? [Math.floor(row.firstTime / DAY) * DAY] : daysOf(when().time);
        return days;
      },
      isOn: (day) => flagsOn(day, when().time),
      standings: () => places(row.id, () => decodeStandings(packed("place"), row.firstMemberId, row.tuples)),
      recordTime(member, record) {
        const found = find(member, record);
        return found ? (found.run.time[found.row] as number) : -1;
      },
      usual: () => usualMarks(decodeKeys(packed("keys")).keys.flags, when()),
    };
  };
}

/** The values asked for last, of at most `most` together but for the one asked for now. */
function keeping<T>(most: number, sizeOf: (value: T) => number = () => 1): (key: number | string, make: () => T) => T {
  const kept = new Map<number | string, T>();
  let size = 0;
  return (key, make) => {
    const known = kept.get(key);
    const value = known ?? make();
    if (known === undefined) size += sizeOf(value);
    kept.delete(key);
    kept.set(key, value);
    while (size > most && kept.size > 1) {
      const [oldest, old] = kept.entries().next().value as [number | string, T]; // there is one
      size -= sizeOf(old);
      kept.delete(oldest);
    }
    return value;
  };
}

function flagsOn(day: number, time: Float64Array): Uint8Array {
  const flags = new Uint8Array(time.length);
  for (let row = 0; row < flags.length; row++) {
    const t = time[row] as number;
    if (t >= day && t < day + DAY) flags[row] = 1;
  }
  return flags;
}

function daysOf(time: Float64Array): number[] {
  const days = new Set<number>();
  let day = Number.NaN;
  for (let row = 0; row < time.length; row++) {
    const own = Math.floor((time[row] as number) / DAY) * DAY;
    if (own !== day) days.add(own);
    day = own;
  }
  return [...days].sort((a, b) => a - b);
}
