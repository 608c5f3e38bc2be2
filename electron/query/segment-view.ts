// A segment while it is being looked at: its dictionary with texts, and its columns, each unpacked when first needed.

import { printIp } from "../../shared/ip.ts";
import type { Addresses, Keys, TupleColumns } from "../segment/columns.ts";
import { type Counters, decodeCounters, decodeKeys, decodePlace, decodePorts, decodeWhen } from "../segment/encode.ts";
import type { ReadDb } from "../store/database.ts";
import { readPart, type SegmentRow } from "../store/read.ts";
import type { ContextText } from "../store/texts.ts";
import { type KeySums, sumKeys } from "./key-sums.ts";

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
  place(): Pick<TupleColumns, "member" | "record" | "tuple">;
  /** Conversation of each key. */
  map(): Uint32Array;
  /** Null where keys are so many that rows are as quick. */
  keySums(): KeySums | null;
  /** What the columns unpacked so far take in memory. */
  bytes(): number;
};

export function viewSegment(
  db: ReadDb,
  segment: SegmentRow,
  contexts: ReadonlyMap<number, ContextText>,
  mapOf: (segmentId: number) => Uint32Array,
): SegmentView {
  const { addresses, keys } = decodeKeys(readPart(db, segment.id, "keys"));
  const texts = Array.from(segment.contexts, (id) => contexts.get(id) as ContextText);
  const length = segment.tuples;
  let bytes = keys.length * 16 + addresses.v4.length * 4 + addresses.v6.length;
  let when: SegmentView["when"] | null = null;
  let srcPort: Uint16Array | null = null;
  let counters: Counters | null = null;
  let place: ReturnType<SegmentView["place"]> | null = null;
  let map: Uint32Array | null = null;
  const ips: (string | undefined)[] = [];
  let sums: KeySums | null = null;
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
    keySums() {
      if (keys.length * 2 > length) return null;
      if (!sums) {
        sums = sumKeys(keys.length, view.when, view.counters());
        bytes += keys.length * 60;
      }
      return sums;
    },
    bytes: () => bytes,
  };
  return view;
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
