// A part of a unit as it was read, into the case, with what the paths of its members say otherwise than their content.

import { remarkOn } from "../ingest/path-hints.ts";
import type { MemberEntry, UnitPart } from "../segment/part.ts";
import { type SourceWriting, writePart } from "../store/write-part.ts";

/** `source`: its path as it was given. */
export function writeUnit(w: SourceWriting, source: string, part: UnitPart, entries: readonly MemberEntry[]): void {
  const remarks = part.members.map(({ content }, i) => remarkOn(source, entries[i]?.path ?? "", content));
  writePart(w, part, entries, remarks);
}
