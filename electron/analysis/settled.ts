// What settling says of a tuple and of a flow (docs/settling.md): the words of the other files here.

/** Marks of a tuple, one bit each. */
export const FIRST = 1;
/** An E that ends its flow. */
export const ENDS = 2;
/** A B that continues a flow at the instant of its last tuple. */
export const JOINED = 4;
/** A join that is a retry, or a denied tuple that continues a flow. */
export const RETRY = 8;
/** Left out of once. */
export const LEFT_OUT = 16;

export const DAY = 86_400_000;
/** A denied tuple of TCP that comes no later continues the one before; ms. (SYNs are repeated after 1, 2, 4, … 64 s.) */
export const RETRY_PAUSE = 75_000;
/** Lives of one flow as several NICs log it are at most this far apart; ms. */
export const APART = 5_000;
/** A flow that is alive is reported every five minutes; ms. */
export const REPORTED = 600_000;

/**
 * Flows at hand on a day, one row each. Addresses: 17 bytes each, the family (4 or 6) and 16 bytes, IPv4 in the first four. `service`:
 * destination port | protocol << 16 | flags << 24 (flags as in a segment's keys). `flowLog`: of its first tuple. Times in ms.
 */
export type FlowsAtHand = {
  readonly length: number;
  readonly nic: Uint32Array;
  readonly line: Uint32Array;
  readonly flowLog: Uint32Array;
  readonly src: Uint8Array;
  readonly dst: Uint8Array;
  readonly srcPort: Uint16Array;
  readonly service: Uint32Array;
  readonly first: Float64Array;
  readonly last: Float64Array;
  /** Bits below. */
  readonly flags: Uint8Array;
  /** Four a flow: adjusted counters so far; one past 2⁵³ − 1 is more than can be told. */
  readonly totals: Float64Array;
};

/** Flags of a flow; the kernel knows one more, 2: a join has come and no counters since (kernel/memory.ts). */
export const HAS_ENDED = 1;
/** A better flow that had ended has left it out: it stays out. */
export const STAYS_OUT = 4;
/** Its begin was seen: its first tuple is B or denied. */
export const BEGIN_SEEN = 8;
/** Another flow has begun in its channel: it is left with an open end. */
export const OVER = 16;

export function noFlows(): FlowsAtHand {
  return {
    length: 0,
    nic: new Uint32Array(0),
    line: new Uint32Array(0),
    flowLog: new Uint32Array(0),
    src: new Uint8Array(0),
    dst: new Uint8Array(0),
    srcPort: new Uint16Array(0),
    service: new Uint32Array(0),
    first: new Float64Array(0),
    last: new Float64Array(0),
    flags: new Uint8Array(0),
    totals: new Float64Array(0),
  };
}

/** Adjusted counters of a segment's tuples where they differ from the logged ones: rows ascending, four values a row. */
export type Adjusted = { readonly rows: Uint32Array; readonly values: Float64Array };
