// Where everything lies in the kernel's memory: one fixed map, the window last because it alone grows. Exported addresses are what
// the host makes its views of. AssemblyScript, compiled by build/kernel.mjs; see ../kernel.ts for what the kernel is.

/** Rows of tuples: a segment's and those of a long record more. */
export const ROWS: u32 = 98304;
/** Tuples in a segment, at which the reading of records pauses. */
export const SEGMENT: u32 = 65536;
/** Records found in one call. */
export const RECORDS: u32 = 2048;
/** Contexts that a segment's can be told from. */
export const CONTEXTS: u32 = 131072;

/** Bytes before and after everything that is looked at eight or sixteen at a time. */
const SLACK: u32 = 256;

// Columns of tuples (segment/build.ts says what is in them). Constants of the sources lie before them.
export const TIME: u32 = 4096;
export const PACKETS_SENT: u32 = TIME + ROWS * 8;
export const BYTES_SENT: u32 = PACKETS_SENT + ROWS * 8;
export const PACKETS_RECEIVED: u32 = BYTES_SENT + ROWS * 8;
export const BYTES_RECEIVED: u32 = PACKETS_RECEIVED + ROWS * 8;
export const SRC: u32 = BYTES_RECEIVED + ROWS * 8;
export const DST: u32 = SRC + ROWS * 4;
export const CONTEXT: u32 = DST + ROWS * 4;
export const MEMBER: u32 = CONTEXT + ROWS * 4;
export const RECORD: u32 = MEMBER + ROWS * 4;
export const TUPLE: u32 = RECORD + ROWS * 4;
export const GROUP: u32 = TUPLE + ROWS * 4;
export const SRC_PORT: u32 = GROUP + ROWS * 4;
export const DST_PORT: u32 = SRC_PORT + ROWS * 2;
export const KIND: u32 = DST_PORT + ROWS * 2;
export const ENCRYPTION: u32 = KIND + ROWS * 2;
export const STATE: u32 = ENCRYPTION + ROWS * 2;

/** Records found: where from and to (u32), tuples (u32), header (u32), then time, first and last time of its tuples (f64). */
export const FOUND: u32 = STATE + ROWS;
export const FOUND_BYTES: u32 = 40;

// What was met before (tables.ts).
export const SLOTS: u32 = 1024;
export const HEADER_SLOTS: u32 = FOUND + RECORDS * FOUND_BYTES;
export const TEXT_SLOTS: u32 = HEADER_SLOTS + SLOTS * 12;
export const CONTEXT_SLOTS: u32 = TEXT_SLOTS + SLOTS * 12;
export const CONTEXT_BYTES: u32 = 20;
export const BEFORE: u32 = CONTEXT_SLOTS + SLOTS * CONTEXT_BYTES;
/** Texts of a record that are guessed from the record before. */
export const GUESSES: u32 = 256;
export const CODE_SLOTS: u32 = BEFORE + GUESSES * 4;
/** Encryption codes: length, then at most 31 bytes. */
export const CODES: u32 = 16;
export const CODE_BYTES: u32 = 32;
export const ARENA: u32 = CODE_SLOTS + CODES * CODE_BYTES + SLACK;
export const ARENA_BYTES: u32 = 1 << 21;

// What a segment is made with (keys.ts, segment.ts).
export const KEY: u32 = ARENA + ARENA_BYTES + SLACK;
export const KEY_TABLE: u32 = KEY + SEGMENT * 4;
export const KEY_WORDS: u32 = KEY_TABLE + SEGMENT * 2 * 4;
export const ADDRESS_SLOTS: u32 = KEY_WORDS + SEGMENT * 16;
export const ADDRESSES: u32 = ADDRESS_SLOTS + SEGMENT * 4 * 8;
export const ORDER_A: u32 = ADDRESSES + SEGMENT * 2 * 4;
export const ORDER_B: u32 = ORDER_A + SEGMENT * 2 * 4;
export const NEW_CONTEXT: u32 = ORDER_B + SEGMENT * 2 * 4;
export const OLD_CONTEXTS: u32 = NEW_CONTEXT + CONTEXTS * 4;
/** How often a digit of eleven bits stands in the addresses. */
export const COUNTS: u32 = OLD_CONTEXTS + SEGMENT * 4;
/** Four columns of eight bytes a row on their way out. */
export const WIDE: u32 = COUNTS + 4 * 2048;
export const LOW: u32 = WIDE + SEGMENT * 4 * 8;
/** A part of a segment before it is compressed. */
export const OUT: u32 = LOW + SEGMENT * 8;
const OUT_BYTES: u32 = SEGMENT * 32;

/** The bytes that are read, to the end of the memory but for the slack. */
export const WINDOW: u32 = ((OUT + OUT_BYTES + SLACK + 65535) >>> 16) << 16;
