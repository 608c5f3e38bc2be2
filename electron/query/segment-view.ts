// A segment while it is being looked at: its dictionary with texts, and its columns, each unpacked when first needed.

import { printIp } from "../../shared/ip.ts";
import { type Adjusted, LEFT_OUT } from "../analysis/settled.ts";
import type { Addresses, Keys, TupleColumns } from "../segment/columns.ts";
import {
  type Counters,
  decodeCounters,
  decodeCountersAt,
  decodeKeys,
  decodePlace,
  decodePorts,
  decodeWhen,
} from "../segment/encode.ts";
import { type SettledColumns, usualMarks } from "../segment/encode-settled.ts";
import type { ReadDb } from "../store/database.ts";
import { readPart, type SegmentRow } from "../store/read.ts";
import { settledColumns } from "../store/read-settled.ts";
import type { ContextText } from "../store/texts.ts";

export type SegmentView = {
  readonly segment: SegmentRow;
  readonly addresses: Addresses;
  readonly keys: Keys;
  /** Of each of the segment's contexts. */
  readonly texts: readonly ContextText[];
  /** Canonical text of an address of the dictionary. */
  ip(index: number): string;
  /** The texts of key `k`. */
  context(k: number): ContextText;
  readonly when: Pick<TupleColumns, "key" | "time" | "state">;
  srcPort(): Uint16Array;
  counters(): Counters;
  /** Of some rows, ascending, whatever few they are. */
  countersAt(rows: Uint32Array): Counters;
  /** Marks of settling by row; null where the case is not settled. */
  marks(): Uint8Array | null;
  /** Whether a tuple of it is left out of once, or has adjusted counters of its own. */
  hasLeftOut(): boolean;
  hasAdjusted(): boolean;
  /** Counters with roll-overs undone. */
  adjusted(): Counters;
  place(): Pick<TupleColumns, "member" | "record" | "tuple">;
  /** Conversation of each key. */
  map(): Uint32Array;
  /** What the columns unpacked so far take in memory. */
  bytes(): number;
};

export function viewSegment(
  db: ReadDb,
  segment: SegmentRow,
  contexts: ReadonlyMap<number, ContextText>,
  mapOf: (segmentId: number) => Uint32Array,
  isSettled: boolean,
): SegmentView {
  const { addresses, keys } = decodeKeys(readPart(db, segment.id, "keys"));
  const texts = Array.from(segment.contexts, (id) => contexts.get(id) as ContextText);
  const length = segment.tuples;
  let bytes = keys.length * 16 + addresses.v4.length * 4 + addresses.v6.length;
  let when: SegmentView["when"] | null = null;
  let srcPort: Uint16Array | null = null;
  let counters: Counters | null = null;
  let settled: SettledColumns | null = null;
  let adjusted: Counters | null = null;
  const settledNow = (): SettledColumns | null => {
    if (isSettled && !settled) {
      settled = settledColumns(db, segment.id, usualMarks(keys.flags, view.when));
      bytes += length;
    }
    return settled;
  };
  let place: ReturnType<SegmentView["place"]> | null = null;
  let map: Uint32Array | null = null;
  const ips: (string | undefined)[] = [];
  const view: SegmentView = {
    segment,
    addresses,
    keys,
    texts,
    ip(index) {
      ips[index] ??= printIp(addressBytes(addresses, index));
      return ips[index] as string;
    },
    context: (k) => texts[keys.context[k] as number] as ContextText,
    get when() {
      if (!when) {
        when = decodeWhen(readPart(db, segment.id, "when"));
        bytes += length * 13;
      }
      return when;
    },
    srcPort() {
      if (!srcPort) {
        srcPort = decodePorts(readPart(db, segment.id, "ports"), length);
        bytes += length * 2;
      }
      return srcPort;
    },
    counters() {
      if (!counters) {
        counters = decodeCounters(readPart(db, segment.id, "counters"), length);
        bytes += length * 32;
      }
      return counters;
    },
    countersAt: (rows) => decodeCountersAt(readPart(db, segment.id, "counters"), length, rows),
    marks: () => settledNow()?.marks ?? null,
    hasLeftOut: () => settledNow()?.marks.some((mark) => (mark & LEFT_OUT) !== 0) ?? false,
    hasAdjusted: () => (settledNow()?.adjusted.rows.length ?? 0) > 0,
    adjusted() {
      if (!view.hasAdjusted()) return view.counters();
      if (!adjusted) {
        adjusted = withAdjusted(view.counters(), (settledNow() as SettledColumns).adjusted);
        bytes += length * 32;
      }
      return adjusted;
    },
    place() {
      if (!place) {
        place = decodePlace(readPart(db, segment.id, "place"), length);
        bytes += length * 12;
      }
      return place;
    },
    map() {
      if (!map) {
        map = mapOf(segment.id);
        bytes += map.length * 4;
      }
      return map;
    },
    bytes: () => bytes,
  };
  return view;
}

function withAdjusted(logged: Counters, { rows, values }: Adjusted): Counters {
  const columns = [logged.packetsSent, logged.bytesSent, logged.packetsReceived, logged.bytesReceived].map(
    (column, c) => {
      const own = column.slice();
      rows.forEach((row, i) => {
        own[row] = values[i * 4 + c] as number;
      });
      return own;
    },
  );
  const [packetsSent, bytesSent, packetsReceived, bytesReceived] = columns as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ]; // as many as went in
  return { packetsSent, bytesSent, packetsReceived, bytesReceived };
}

/** 4 or 16 bytes. */
function addressBytes(addresses: Addresses, index: number): Uint8Array {
  const { v4, v6 } = addresses;
  if (index < v4.length) {
    const value = v4[index] as number;
    return Uint8Array.of(value >>> 24, value >>> 16, value >>> 8, value);
  }
  const at = (index - v4.length) * 16;
  return v6.subarray(at, at + 16);
}
