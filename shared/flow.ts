// The words of a flow log as numbers: what a tuple is once it has been read.
// Source of the fields: Microsoft's "virtual network flow logs" and "NSG flow logs" format pages; oddities: docs/case-format.md.

/** Index in `decisions` is what columns hold. VNet: state D denies, everything else allows. NSG: its own field. */
export const decisions = ["allow", "deny"] as const;

export const ALLOW = 0;
export const DENY = 1;

/** Index in `directions` is what columns hold; as seen by the NIC that logged. */
export const directions = ["I", "O"] as const;

/**
 * Index in `states` is what columns hold. 0: the log has none (NSG v1). Begin and deny carry no counters.
 * A state outside this list is kept as logged, by the segment that holds it.
 */
export const states = [null, "B", "C", "E", "D"] as const;
export const NO_STATE = 0;
export const BEGIN = 1;
export const END = 3;

/** The four counters in logged order. Sent = initiator (source) to responder, received = back; bytes include headers. */
export const counters = ["packetsSent", "bytesSent", "packetsReceived", "bytesReceived"] as const;

/** Instants are integers, milliseconds since 1970 UTC. */
export type Ms = number;

/** Tuples outside 2001-01-01 … 2099-12-31 are rejects (CLI contract); both bounds in ms, the upper one exclusive. */
export const EARLIEST: Ms = Date.UTC(2001, 0, 1);
export const LATEST: Ms = Date.UTC(2100, 0, 1);

/** A time of 1e11 or more is in milliseconds, below it in seconds: the unit follows the magnitude, never the version. */
export const MS_FROM = 100_000_000_000;
