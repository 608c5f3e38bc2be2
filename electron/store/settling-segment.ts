// Segments as settling looks at them: unpacked when asked for, those of several days kept from one day to the next.

import type { DaySegment, SettlingKeys, SettlingRows } from "../analysis/gather-day.ts";
import { DAY } from "../analysis/settled.ts";
import { decodeCounters, decodeKeys, decodePlace, decodePorts, decodeWhen } from "../segment/encode.ts";
import { usualMarks } from "../segment/encode-settled.ts";
import type { ReadDb } from "./database.ts";
import { readPart, type SegmentRow } from "./read.ts";
import { recordFinder } from "./record-finder.ts";

export type SettlingSegment = DaySegment & {
  readonly row: SegmentRow;
  /** The mark each tuple would have if its flow were logged from B to E. */
  usual(): Uint8Array;
  /** Its days (their begins, ms), ascending. */
  days(): readonly number[];
};

/** The same segment gives the same object, as long as not too many others came between. */
export type SettlingSegments = (row: SegmentRow) => SettlingSegment;

type Unpacked = { readonly keys: SettlingKeys; readonly rows: SettlingRows };
/** `rows` by day: positions `starts[d]` … before `starts[d + 1]` are of day `days[d]`. */
type ByDay = { readonly days: readonly number[]; readonly starts: readonly number[]; readonly rows: Uint32Array };

const UNPACKED = 48;
const PLACES = 16;

/** `logOf`: by context id of the case. */
export function settlingSegments(db: ReadDb, logOf: ReadonlyMap<number, number>): SettlingSegments {
  const unpacked = keeping<Unpacked>(UNPACKED);
  const dealt = keeping<ByDay>(UNPACKED);
  const places = keeping<ReturnType<typeof decodePlace>>(PLACES);
  const find = recordFinder(db);
  return (row) => {
    const unpack = (): Unpacked => {
      const make = (): Unpacked => {
        const when = decodeWhen(readPart(db, row.id, "when"));
        const srcPort = decodePorts(readPart(db, row.id, "ports"), row.tuples);
        return { keys: keysOf(db, row, logOf), rows: { ...when, srcPort } };
      };
      return unpacked(row.id, make);
    };
    const ofDays = (): ByDay => dealt(row.id, () => dealOut(unpack().rows.time));
    let days: readonly number[] | null = null;
    const isOfOneDay = Math.floor(row.firstTime / DAY) === Math.floor(row.lastTime / DAY);
    return {
      row,
      length: row.tuples,
      unpack,
      rowsOn(day) {
        if (isOfOneDay) return null;
        const { days: own, starts, rows } = ofDays();
        const d = own.indexOf(day);
        return d === -1 ? new Uint32Array(0) : rows.subarray(starts[d], starts[d + 1]);
      },
      days() {
        days ??= isOfOneDay ? [Math.floor(row.firstTime / DAY) * DAY] : ofDays().days;
        return days;
      },
      counters: () => decodeCounters(readPart(db, row.id, "counters"), row.tuples),
      standing(at) {
        const { member, record, tuple } = places(row.id, () => decodePlace(readPart(db, row.id, "place"), row.tuples));
        return {
          member: row.firstMemberId + (member[at] as number),
          record: record[at] as number,
          tuple: tuple[at] as number,
        };
      },
      recordTime({ member, record }) {
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

function dealOut(time: Float64Array): ByDay {
  const dayOf = new Int32Array(time.length);
  const counts = new Map<number, number>();
  for (let row = 0; row < dayOf.length; row++) {
    const day = Math.floor((time[row] as number) / DAY);
    dayOf[row] = day;
    counts.set(day, (counts.get(day) ?? 0) + 1);
  }
  const days = [...counts.keys()].sort((a, b) => a - b);
  const starts = [0];
  for (const day of days) starts.push((starts.at(-1) as number) + (counts.get(day) as number));
  const next = new Map(days.map((day, d) => [day, starts[d] as number]));
  const rows = new Uint32Array(dayOf.length);
  for (let row = 0; row < dayOf.length; row++) {
    const day = dayOf[row] as number;
    const at = next.get(day) as number;
    rows[at] = row;
    next.set(day, at + 1);
  }
  return { days: days.map((day) => day * DAY), starts, rows };
}

function keysOf(db: ReadDb, row: SegmentRow, logOf: ReadonlyMap<number, number>): SettlingKeys {
  const { addresses, keys } = decodeKeys(readPart(db, row.id, "keys"));
  const logs = Uint32Array.from(row.contexts, (id) => logOf.get(id) as number);
  const log = new Uint32Array(keys.length);
  for (let k = 0; k < log.length; k++) log[k] = logs[keys.context[k] as number] as number;
  return { ...addresses, ...keys, log };
}
