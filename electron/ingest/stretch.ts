// Bytes that cannot be read, passed over up to where reading can go on: the end of the broken object, or the next place where a
// record begins. So a blob that was cut, spliced or damaged loses the record that was hurt and not those behind it. The bytes may
// come in any windows.

import { KEY, rankOfKey } from "./record-keys.ts";
import { REJECT_TEXT } from "./reject.ts";

export type Stretch = {
  /** Where it begins in the member. */
  readonly offset: number;
  readonly reason: string;
  /** Bytes passed over so far, and the first REJECT_TEXT of them. */
  length: number;
  readonly head: Uint8Array[];
  /** What ended it; null while nothing has. */
  end: "closing bracket" | "record" | null;
  /** It began as an object: brackets open in it, and where in a string it is. */
  readonly object: boolean;
  open: number;
  inText: boolean;
  escaped: boolean;
};

export function newStretch(offset: number, reason: string, began: "object" | "anything"): Stretch {
  const state = { open: 0, inText: false, escaped: false };
  return { offset, reason, length: 0, head: [], end: null, object: began === "object", ...state };
}

/**
 * Passes over bytes from … stop, which go on to `end`. Returns where it stopped: after the stretch when `s.end` is set, else
 * at `stop` or where too few bytes are left to tell; `last` says that none follow.
 */
export function passOver(
  s: Stretch,
  bytes: Uint8Array,
  from: number,
  stop: number,
  end: number,
  last: boolean,
): number {
  let at = from;
  for (; at < stop && s.end === null; at++) {
    const c = bytes[at] as number;
    if (c === 123 && !(s.object && s.length === 0 && at === from)) {
      const begins = beginsRecord(bytes, at, end);
      if (begins === "unsure" && !last) break;
      if (begins === "yes") {
        s.end = "record";
        break;
      }
    }
    if (!s.object) continue;
    if (s.escaped) s.escaped = false;
    else if (s.inText) {
      if (c === 34) s.inText = false;
      else s.escaped = c === 92;
    } else if (c === 34) s.inText = true;
    else if (c === 123 || c === 91) s.open++;
    else if ((c === 125 || c === 93) && --s.open === 0) s.end = "closing bracket";
  }
  const wanted = Math.min(REJECT_TEXT - s.length, at - from);
  if (wanted > 0) s.head.push(new Uint8Array(bytes.subarray(from, from + wanted))); // a copy: the window moves on
  s.length += at - from;
  return at;
}

/** White space between a brace and its first key beyond which no record is seen there. */
const INDENT = 64;
const LONGEST_KEY = 17;

/** Whether an object at `at` begins with a key that stands in a record or around records. */
function beginsRecord(bytes: Uint8Array, at: number, end: number): "yes" | "no" | "unsure" {
  let from = at + 1;
  while (from < end && (bytes[from] as number) <= 32) if (++from - at > INDENT) return "no";
  if (from >= end) return "unsure";
  if (bytes[from] !== 34) return "no";
  for (let to = ++from; to <= from + LONGEST_KEY; to++) {
    if (to >= end) return "unsure";
    if (bytes[to] === 34) return rankOfKey(bytes, from, to) <= KEY.records ? "yes" : "no";
  }
  return "no";
}
