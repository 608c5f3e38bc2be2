// What is kept of the marks of a segment's tuples: how they differ from the usual ones (segment/encode-settled.ts), and how many there are.

import { FIRST, LEFT_OUT, MARKS, PART, USUAL } from "./memory";

/** Of the segment looked at last. */
export let marksFirst: u32 = 0;
export let marksLeftOut: u32 = 0;

/** Puts to PART a byte for each tuple of a segment whose first has the place `first`. */
export function differFromUsual(first: u32, length: u32): void {
  marksFirst = 0;
  marksLeftOut = 0;
  for (let row: u32 = 0; row < length; row++) {
    const mark = u32(load<u8>(MARKS + first + row));
    store<u8>(PART + row, mark ^ u32(load<u8>(USUAL + first + row)));
    marksFirst += u32((mark & FIRST) != 0);
    marksLeftOut += u32((mark & LEFT_OUT) != 0);
  }
}
