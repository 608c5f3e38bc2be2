// The words of a flow log as numbers: what a tuple is once it has been read.
// Source of the fields: Microsoft's "virtual network flow logs" and "NSG flow logs" format pages; oddities: docs/case-format.md.

/** Index in `decisions` is what columns hold. VNet: state D denies, everything else allows. NSG: its own field. */
export const decisions = ["allow", "deny"] as const;
export type Decision = (typeof decisions)[number];
export const ALLOW = 0;
export const DENY = 1;

/** Index in `directions` is what columns hold; as seen by the NIC that logged. */
export const directions = ["I", "O"] as const;
export type Direction = (typeof directions)[number];

/**
 * Index in `states` is what columns hold. 0: the log has none (NSG v1). Begin and deny carry no counters.
 * A state outside this list is a reject for now: its place, text and reason are kept.
 */
export const states = [null, "B", "C", "E", "D"] as const;
export type State = (typeof states)[number];
export const [NO_STATE, BEGIN, CONTINUE, END, DENIED] = [0, 1, 2, 3, 4];

/** The four counters in logged order. Sent = initiator (source) to responder, received = back; bytes include headers. */
export const counters = ["packetsSent", "bytesSent", "packetsReceived", "bytesReceived"] as const;
export type Counter = (typeof counters)[number];

/** Instants are integers, milliseconds since 1970 UTC. */
export type Ms = number;

/** Tuples outside 2001-01-01 … 2099-12-31 are rejects (CLI contract); both bounds in ms, the upper one exclusive. */
export const EARLIEST: Ms = Date.UTC(2001, 0, 1);
export const LATEST: Ms = Date.UTC(2100, 0, 1);

/** A time of 1e11 or more is in milliseconds, below it in seconds: the unit follows the magnitude, never the version. */
export const MS_FROM = 100_000_000_000;

/** A tuple as logged, with its context and its place. Keys and their order are the CLI contract (`--by tuples`). */
export type Tuple = {
  readonly time: Ms;
  /** 12 upper-case hexadecimal digits; null where the log names none. */
  readonly nic: string | null;
  readonly acl: string | null;
  readonly rule: string | null;
  /** Canonical text (RFC 5952). */
  readonly srcIp: string;
  readonly dstIp: string;
  readonly srcPort: number;
  readonly dstPort: number;
  /** IANA number. */
  readonly protocol: number;
  readonly direction: Direction;
  readonly decision: Decision;
  readonly state: State;
  readonly encryption: string | null;
  /** Null where the log has an empty or no field: not measured. Zero is what was written. */
  readonly packetsSent: number | null;
  readonly bytesSent: number | null;
  readonly packetsReceived: number | null;
  readonly bytesReceived: number | null;
} & Place;

/** Where a tuple stands in the evidence: its identity. `offset` is the byte offset of the record in the uncompressed member. */
export type Place = {
  readonly source: string;
  readonly member: string;
  readonly record: number;
  readonly tuple: number;
  readonly offset: number;
};
