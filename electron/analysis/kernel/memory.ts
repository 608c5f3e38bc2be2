// Where things lie in the kernel's memory. The host lays it out, for settling anew for every part and share of a day
// (../settling-kernel.ts), and sets these addresses. AssemblyScript, compiled by build/kernel.mjs.

/** Columns by row, as rows are met. */
export let ROW_CHANNEL: u32 = 0;
export let ROW_KEY: u32 = 0;
export let ROW_STATE_LOG: u32 = 0;
export let ROW_AT: u32 = 0;
/** By place among all rows of the day's segments. */
export let MARKS: u32 = 0;
export let USUAL: u32 = 0;
export let NUMBER: u32 = 0;
/** By channel: four words each; slots of their table; where their entries begin, and the next one goes (then: a list of some); its share. */
export let CHANNELS: u32 = 0;
export let SLOTS: u32 = 0;
export let STARTS: u32 = 0;
export let NEXT: u32 = 0;
export let SIEVE: u32 = 0;
export let CHANNEL_SHARE: u32 = 0;
/** By entry. */
export let ENTRY: u32 = 0;
export let KEY: u32 = 0;
export let FLOW_AT: u32 = 0;
export let SPARE_ENTRY: u32 = 0;
export let SPARE_KEY: u32 = 0;
/** By flow at hand. */
export let CARRIED_CHANNEL: u32 = 0;
export let CARRIED_PORT: u32 = 0;
/** By flow. */
export let FLOW_CHANNEL: u32 = 0;
export let FLOW_PORT: u32 = 0;
export let FLOW_LOG: u32 = 0;
export let FLOW_FIRST: u32 = 0;
export let FLOW_LAST: u32 = 0;
export let FLOW_FLAGS: u32 = 0;
export let FLOW_TODAY: u32 = 0;
export let FLOW_JOINED: u32 = 0;
export let FLOW_COVER: u32 = 0;
export let TOTALS: u32 = 0;
export let UNANSWERED: u32 = 0;
/** By wanted entry, and by tuple whose adjusted counters differ. */
export let WANTED: u32 = 0;
export let COUNTERS: u32 = 0;
export let DIFFERING_AT: u32 = 0;
export let DIFFERING: u32 = 0;
/** By flow log at NIC, and by context of a segment. */
export let OBSERVER: u32 = 0;
export let LOG_OF_CONTEXT: u32 = 0;
/** A segment's part as it was before it was compressed, and its columns. */
export let PART: u32 = 0;
export let V4: u32 = 0;
export let SIX: u32 = 0;
export let SIX_HASH: u32 = 0;
export let KEY_SRC: u32 = 0;
export let KEY_DST: u32 = 0;
export let KEY_PORT: u32 = 0;
export let KEY_PROTOCOL: u32 = 0;
export let KEY_FLAGS: u32 = 0;
export let KEY_LOG: u32 = 0;
export let KEY_USED: u32 = 0;
export let KEY_CHANNEL: u32 = 0;
export let KEY_WORDS: u32 = 0;
export let TUPLE_KEY: u32 = 0;
export let TUPLE_STEP: u32 = 0;
export let TUPLE_STATE: u32 = 0;
export let TUPLE_PORT: u32 = 0;

/** Of activity: by key; by row as rows are met; rows in their order. What is written: a column on its way, and where bytes go. */
export let HEAD: u32 = 0;
export let BEFORE: u32 = 0;
export let ACTIVITY: u32 = 0;
export let ORDER: u32 = 0;
export let SORTED: u32 = 0;
export let COLUMN: u32 = 0;
export let WIDE: u32 = 0;
export let COUNTS_OUT: u32 = 0;
export let SUMS_OUT: u32 = 0;
/**
 * Of conversations: addresses as they are met; endpoints ascending, and their numbers; keys as they are met, four words each, and where;
 * the place of each.
 */
export let ADDRESSES: u32 = 0;
export let SPARE_ADDRESSES: u32 = 0;
export let ENDPOINT: u32 = 0;
export let ENDPOINT_ID: u32 = 0;
export let MET: u32 = 0;
export let MET_AT: u32 = 0;
export let SPARE_MET: u32 = 0;
export let SPARE_MET_AT: u32 = 0;
export let MAP: u32 = 0;
export let DIGITS: u32 = 0;

export const AT_HAND: u32 = 0x80000000;
/** An entry's key: source port << 27 | ms since the day's begin + 1, of flows at hand 0. */
export const PORT_SHIFT: u64 = 27;
export const TIME_MASK: u64 = (1 << 27) - 1;

// Words of shared/flow.ts and ../settled.ts.
export const NO_STATE: u32 = 0;
export const BEGIN: u32 = 1;
export const END: u32 = 3;
export const FIRST: u32 = 1;
export const ENDS: u32 = 2;
export const JOINED: u32 = 4;
export const RETRY: u32 = 8;
export const LEFT_OUT: u32 = 16;
export const HAS_ENDED: u32 = 1;
export const AWAITS_COUNTERS: u32 = 2;
export const STAYS_OUT: u32 = 4;
export const BEGIN_SEEN: u32 = 8;
export const OVER: u32 = 16;
export const DAY: i64 = 86400000;
export const LONGEST_PAUSE: f64 = 86400000;
export const RETRY_PAUSE: f64 = 75000;
export const TCP: u32 = 6;

export function isDenied(service: u32): bool {
  return ((service >>> 25) & 1) == 1;
}

export function isTcp(service: u32): bool {
  return ((service >>> 16) & 0xff) == TCP;
}

/** The mark of a tuple if its flow were logged from B to E. `flags`: of its key. */
export function usualMark(flags: u32, state: u32): u32 {
  if (flags >>> 1 == 1 || state == BEGIN || state == NO_STATE) return FIRST;
  return state == END ? ENDS : 0;
}
