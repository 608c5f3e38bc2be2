// Activity of a segment → two frames: how many of what (enough to know what room it takes), and when and how much.

import type { ActivityCounts, SegmentActivity } from "../analysis/activity.ts";
import { SEGMENT_TUPLES } from "./columns.ts";
import { pack, unpack } from "./frame.ts";
import { type ByteReader, byteWriter, countOf, readIntegers, writeIntegers } from "./integers.ts";

export type PackedActivity = { readonly counts: Uint8Array; readonly sums: Uint8Array };

/** Null, of a segment that is to be looked at tuple by tuple, is an activity without rows. */
export function encodeActivity(activity: SegmentActivity | null, hasAdjusted: boolean): PackedActivity {
  const rows = activity?.length ?? 0;
  const out = byteWriter(rows * 12);
  let least = 0;
  if (activity !== null) {
    least = Number.POSITIVE_INFINITY;
    for (let row = 0; row < rows; row++) least = Math.min(least, activity.hour[row] as number);
  }
  writeIntegers(out, [rows, activity?.rowsOf.length ?? 0, hasAdjusted ? 1 : 0, least], 4);
  if (activity !== null) {
    writeIntegers(out, activity.rowsOf, activity.rowsOf.length);
    writeIntegers(
      out,
      activity.hour.map((hour) => hour - least),
      rows,
    );
    for (const name of COUNTS) writeIntegers(out, activity[name], rows);
  }
  const counts = pack(out.bytes.subarray(0, out.at));
  return { counts, sums: encodeSums(activity) };
}

const COUNTS = ["leftOut", "tuples", "flows", "begun", "ended", "measured"] as const;
const MEASURES = ["packetsSent", "bytesSent", "packetsReceived", "bytesReceived"] as const;

function encodeSums(activity: SegmentActivity | null): Uint8Array {
  const out = byteWriter((activity?.length ?? 0) * 16);
  if (activity !== null) {
    const { length, first, last, tuples, measured } = activity;
    writeIntegers(out, first, length);
    const spans = new Uint32Array(length);
    let several = 0;
    for (let row = 0; row < length; row++)
      if ((tuples[row] as number) > 1) spans[several++] = (last[row] as number) - (first[row] as number);
    writeIntegers(out, spans, several);
    const values = new Float64Array(length);
    for (const name of MEASURES) {
      let written = 0;
      const column = activity[name];
      for (let row = 0; row < length; row++) if (measured[row] === 1) values[written++] = column[row] as number;
      writeIntegers(out, values, written);
    }
  }
  return pack(out.bytes.subarray(0, out.at));
}

/** Null where the segment is to be looked at tuple by tuple. */
export function decodeActivityCounts(frame: Uint8Array): {
  readonly counts: ActivityCounts | null;
  readonly hasAdjusted: boolean;
} {
  const from = { bytes: unpack(frame), at: 0 };
  const [counted, ofKeys, adjusted = 0, least = 0] = whole(from, 4);
  const length = countOf(counted, SEGMENT_TUPLES);
  const keys = countOf(ofKeys, SEGMENT_TUPLES);
  const hasAdjusted = adjusted === 1;
  if (length === 0) return { counts: null, hasAdjusted };
  const rowsOf = whole(from, keys);
  const hour = whole(from, length);
  for (let row = 0; row < length; row++) hour[row] = (hour[row] as number) + least;
  const counts = {
    length,
    rowsOf,
    hour,
    leftOut: bytes(from, length),
    tuples: whole(from, length),
    flows: whole(from, length),
    begun: whole(from, length),
    ended: whole(from, length),
    measured: bytes(from, length),
  };
  return { counts, hasAdjusted };
}

export function decodeActivity(counts: ActivityCounts, frame: Uint8Array): SegmentActivity {
  const from = { bytes: unpack(frame), at: 0 };
  const { length, tuples, measured } = counts;
  const first = whole(from, length);
  let several = 0;
  let written = 0;
  for (let row = 0; row < length; row++) {
    if ((tuples[row] as number) > 1) several++;
    written += measured[row] as number;
  }
  const spans = whole(from, several);
  const last = first.slice();
  for (let row = 0, at = 0; row < length; row++)
    if ((tuples[row] as number) > 1) last[row] = (last[row] as number) + (spans[at++] as number);
  const measure = (): Float64Array => {
    const values = new Float64Array(written);
    readIntegers(from, values);
    const column = new Float64Array(length);
    for (let row = 0, at = 0; row < length; row++) if (measured[row] === 1) column[row] = values[at++] as number;
    return column;
  };
  return {
    ...counts,
    first,
    last,
    packetsSent: measure(),
    bytesSent: measure(),
    packetsReceived: measure(),
    bytesReceived: measure(),
  };
}

function whole(from: ByteReader, length: number): Uint32Array {
  const column = new Uint32Array(length);
  readIntegers(from, column);
  return column;
}

function bytes(from: ByteReader, length: number): Uint8Array {
  const column = new Uint8Array(length);
  readIntegers(from, column);
  return column;
}
