// A segment while it is being looked at: its dictionary with texts, and its columns, each unpacked when first needed.

import type { Addresses, Keys, TupleColumns } from "../segment/columns.ts";
import { type Counters, decodeCounters, decodeKeys, decodePlace, decodePorts, decodeWhen } from "../segment/encode.ts";
import type { ReadDb } from "../store/database.ts";
import { readPart, type SegmentRow } from "../store/read.ts";
import type { ContextText } from "../store/texts.ts";

export type SegmentView = {
  readonly segment: SegmentRow;
  readonly addresses: Addresses;
  readonly keys: Keys;
  /** The texts of key `k`. */
  context(k: number): ContextText;
  readonly when: Pick<TupleColumns, "key" | "time" | "state">;
  srcPort(): Uint16Array;
  counters(): Counters;
  place(): Pick<TupleColumns, "member" | "record" | "tuple">;
};

export function viewSegment(db: ReadDb, segment: SegmentRow, contexts: ReadonlyMap<number, ContextText>): SegmentView {
  const { addresses, keys } = decodeKeys(readPart(db, segment.id, "keys"));
  const texts = Array.from(segment.contexts, (id) => contexts.get(id) as ContextText);
  const length = segment.tuples;
  let when: SegmentView["when"] | null = null;
  let srcPort: Uint16Array | null = null;
  let counters: Counters | null = null;
  let place: ReturnType<SegmentView["place"]> | null = null;
  return {
    segment,
    addresses,
    keys,
    context: (k) => texts[keys.context[k] as number] as ContextText,
    get when() {
      when ??= decodeWhen(readPart(db, segment.id, "when"));
      return when;
    },
    srcPort() {
      srcPort ??= decodePorts(readPart(db, segment.id, "ports"), length);
      return srcPort;
    },
    counters() {
      counters ??= decodeCounters(readPart(db, segment.id, "counters"), length);
      return counters;
    },
    place() {
      place ??= decodePlace(readPart(db, segment.id, "place"), length);
      return place;
    },
  };
}

/** 4 or 16 bytes. */
export function addressBytes(addresses: Addresses, index: number): Uint8Array {
  const { v4, v6 } = addresses;
  if (index < v4.length) {
    const value = v4[index] as number;
    return Uint8Array.of(value >>> 24, value >>> 16, value >>> 8, value);
  }
  const at = (index - v4.length) * 16;
  return v6.subarray(at, at + 16);
}
