// What the kernel gives to its host (../kernel.ts).

export {
  ARENA,
  BYTES_RECEIVED,
  BYTES_SENT,
  CODE_BYTES,
  CODE_SLOTS,
  CONTEXT,
  CONTEXTS,
  DST,
  DST_PORT,
  ENCRYPTION,
  FOUND,
  FOUND_BYTES,
  GROUP,
  KIND,
  MEMBER,
  OLD_CONTEXTS,
  OUT,
  PACKETS_RECEIVED,
  PACKETS_SENT,
  RECORD,
  RECORDS,
  ROWS,
  SRC,
  SRC_PORT,
  STATE,
  TIME,
  TUPLE,
  WINDOW,
} from "./memory";
export { found, records, rows } from "./records";
export {
  countersPart,
  findSegment,
  firstTime,
  highestState,
  keysPart,
  lastTime,
  placePart,
  portsPart,
  whenPart,
} from "./segment";
export { forget, keepHeader } from "./tables";
export { tuple } from "./tuple";

/** Where the constants of the sources end. */
export const CONSTANTS_END: usize = __heap_base;
