// How a tuple is cited so that anyone with the evidence finds it: file by content, record and tuple by position, bytes by offset.

import type { RecordText } from "../../../shared/contract.ts";
import type { TuplePlace } from "../../model/view.ts";

/** `text.mark` is the tuple's; offsets are of the uncompressed member. */
export function citationOf(place: TuplePlace, { sha256, offset, mark }: RecordText): string {
  const bytes = mark ? `, bytes ${offset + mark.offset} to ${offset + mark.offset + mark.length - 1}` : "";
  return `${place.member} (SHA-256 ${sha256}), record ${place.record}, tuple ${place.tuple}${bytes}; from ${place.source}`;
}
