// What settling is given: segments with tuples of a day, and the flow logs at NICs.

/** What settling looks at of a segment, unpacked while it is gathered. `log` by key: place in the day's flow logs at NICs. */
export type SettlingKeys = {
  readonly length: number;
  readonly v4: Uint32Array;
  readonly v6: Uint8Array;
  readonly src: Uint32Array;
  readonly dst: Uint32Array;
  readonly dstPort: Uint16Array;
  readonly protocol: Uint8Array;
  readonly flags: Uint8Array;
  readonly log: Uint32Array;
};
export type SettlingRows = {
  readonly key: Uint32Array;
  readonly time: Float64Array;
  readonly state: Uint8Array;
  readonly srcPort: Uint16Array;
};

/** Where a segment's tuples stand. Members count from `firstMember`, the number of one in the case. */
export type Standings = {
  readonly firstMember: number;
  readonly member: Uint32Array;
  readonly record: Uint32Array;
  readonly tuple: Uint32Array;
};

/** A segment with tuples on the day (and perhaps on others). */
export type DaySegment = {
  readonly length: number;
  /** Good until another segment is unpacked. */
  unpack(): { readonly keys: SettlingKeys; readonly rows: SettlingRows };
  /** All of its tuples are of one day. */
  readonly isOfOneDay: boolean;
  /** Four counters of each row that is wanted (`wanted[from + row]` its number, −1 if not) to 4 × number, −1 where absent. */
  pickCounters(wanted: Int32Array, from: number, into: Float64Array): void;
  /** For tuples of one instant, whose order is that of their records. */
  standings(): Standings;
  /** A record's own time, −1 none. `member`: as numbered by the case. */
  recordTime(member: number, record: number): number;
};

/** By place in the flow logs at NICs: NIC and flow log as numbered by the case, line, observer (NIC and line as one number), rank. */
export type Logs = {
  readonly nic: Uint32Array;
  readonly flowLog: Uint32Array;
  readonly line: Uint32Array;
  readonly observer: Uint32Array;
  readonly rank: Uint32Array;
  /** 1: an NSG's. */
  readonly isNsg: Uint8Array;
};

/** A part of the day's tuples, told by a hash of source and destination: `part` of `parts`. */
export type Share = { readonly part: number; readonly parts: number };
