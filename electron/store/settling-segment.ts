// Segments as settling looks at them: unpacked when asked for. One with tuples of several days is asked for on each of them, so those
// asked for last are kept.

import type { DaySegment, SettlingKeys, SettlingRows, Standings } from "../analysis/day-segment.ts";
import { DAY } from "../analysis/settled.ts";
import { decodeKeys, decodePlace, decodePorts, decodeWhen, pickCounters } from "../segment/encode.ts";
import { usualMarks } from "../segment/encode-settled.ts";
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

type Unpacked = { readonly keys: SettlingKeys; readonly rows: SettlingRows };

const UNPACKED = 48;
const PLACES = 16;

/** `logOf`: by context id of the case. */
export function settlingSegments(db: ReadDb, logOf: ReadonlyMap<number, number>): SettlingSegments {
  const kept = keeping<Unpacked>(UNPACKED);
  const places = keeping<Standings>(PLACES);
  const find = recordFinder(db);
  return (row) => {
    const isOfOneDay = Math.floor(row.firstTime / DAY) === Math.floor(row.lastTime / DAY);
    const make = (): Unpacked => unpacked(db, row, logOf);
    const unpack = (): Unpacked => (isOfOneDay ? make() : kept(row.id, make));
    let days: readonly number[] | null = null;
    return {
      row,
      length: row.tuples,
      isOfOneDay,
      unpack,
      days() {
        days ??= isOfOneDay ? [Math.floor(row.firstTime / DAY) * DAY] : daysOf(unpack().rows.time);
        return days;
      },
      isOn: (day) => flagsOn(day, unpack().rows.time),
      pickCounters(wanted, from, into) {
        for (let at = from; at < from + row.tuples; at++) {
          if ((wanted[at] as number) < 0) continue;
          pickCounters(readPart(db, row.id, "counters"), row.tuples, wanted, from, into);
          return;
        }
      },
      standings: () => places(row.id, () => standingsOf(db, row)),
      recordTime(member, record) {
        const found = find(member, record);
        return found ? (found.run.time[found.row] as number) : -1;
      },
      usual() {
        const { keys, rows } = unpack();
        return usualMarks(keys.flags, rows);
      },
    };
  };
}

/** The values asked for last, at most `most`. */
function keeping<T>(most: number): (id: number, make: () => T) => T {
  const kept = new Map<number, T>();
  return (id, make) => {
    const value = kept.get(id) ?? make();
    kept.delete(id);
    kept.set(id, value);
    if (kept.size > most) kept.delete(kept.keys().next().value as number);
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

function standingsOf(db: ReadDb, row: SegmentRow): Standings {
  return { firstMember: row.firstMemberId, ...decodePlace(readPart(db, row.id, "place"), row.tuples) };
}

function unpacked(db: ReadDb, row: SegmentRow, logOf: ReadonlyMap<number, number>): Unpacked {
  const { addresses, keys } = decodeKeys(readPart(db, row.id, "keys"));
  const logs = Uint32Array.from(row.contexts, (id) => logOf.get(id) as number);
  const log = new Uint32Array(keys.length);
  for (let k = 0; k < log.length; k++) log[k] = logs[keys.context[k] as number] as number;
  const when = decodeWhen(readPart(db, row.id, "when"));
  const srcPort = decodePorts(readPart(db, row.id, "ports"), row.tuples);
  return { keys: { ...addresses, ...keys, log }, rows: { ...when, srcPort } };
}
