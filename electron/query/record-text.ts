// A record's original bytes as text, a window of it at a time, with the place of one tuple in it.

import type { Params, Result } from "../../shared/contract.ts";
import { AppError } from "../../shared/failure.ts";
import { recordFinder } from "../store/record-finder.ts";
import type { Catalog } from "./catalog.ts";
import { memberBytes } from "./evidence.ts";
import { type Mark, markTuple } from "./record-mark.ts";

const WINDOW = 65536;

/** A longer record is not read whole to find a tuple in it. */
const LONGEST = 64 * 1024 * 1024;

/**
 * The window begins at `from`, or up to 3 bytes before it where that is inside a character. Asked from 0 for a tuple that lies
 * beyond the first window, it is the window around that tuple.
 */
export async function recordText(catalog: Catalog, place: Params<"record.text">): Promise<Result<"record.text">> {
  const member = [...catalog.members.values()].find(
    (each) => each.source === place.source && each.path === place.member,
  );
  if (!member || member.sha256 === null)
    throw new AppError("not-found", `There is no member ${place.member} of ${place.source} in the case.`);
  const found = recordFinder(catalog.db)(member.id, place.record);
  if (!found) throw new AppError("not-found", `${place.member} has no record ${place.record}.`);
  const offset = found.run.offset[found.row] as number;
  const length = found.run.bytes[found.row] as number;
  if (place.tuple !== null && length > LONGEST)
    throw new AppError("unsupported", `Record ${place.record} of ${place.member} is too long to find a tuple in it.`);
  const bytesAt = (from: number, to: number): Promise<Uint8Array> =>
    memberBytes(catalog.db, member, offset + from, to - from);

  const whole = place.tuple === null ? null : await bytesAt(0, length);
  const mark = whole && place.tuple !== null ? markTuple(whole, place.tuple) : null;
  if (place.tuple !== null && mark === null)
    throw new AppError("not-found", `Record ${place.record} of ${place.member} has no tuple ${place.tuple}.`);
  const asked = windowStart(Math.min(place.from, length), length, mark);
  const first = Math.max(0, asked - 3); // and 3 past the end: enough to find where characters begin
  const past = Math.min(asked + WINDOW + 3, length);
  const bytes = whole ? whole.subarray(first, past) : await bytesAt(first, past);
  const start = characterStart(bytes, asked - first);
  const end = characterStart(bytes, start + WINDOW);
  return {
    member: place.member,
    sha256: Buffer.from(member.sha256).toString("hex"),
    offset,
    length,
    text: Buffer.from(bytes.subarray(start, end)).toString("utf8"),
    from: first + start,
    mark,
  };
}

function windowStart(from: number, length: number, mark: Mark | null): number {
  if (from !== 0 || mark === null || mark.offset + mark.length <= WINDOW) return from;
  const before = Math.max(0, Math.floor((WINDOW - mark.length) / 2)); // in the middle, where it fits
  return Math.min(mark.offset - before, Math.max(length - WINDOW, mark.offset + mark.length - WINDOW));
}

/** The last position up to `at` that is not inside a character; `at` where the bytes around it are no UTF-8. */
function characterStart(bytes: Uint8Array, at: number): number {
  if (at >= bytes.length) return bytes.length;
  for (let lead = at; lead >= Math.max(0, at - 3); lead--) {
    const byte = bytes[lead] as number;
    if ((byte & 0xc0) === 0x80) continue;
    const needs = byte < 0xc0 ? 1 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
    return at - lead < needs ? lead : at;
  }
  return at;
}
