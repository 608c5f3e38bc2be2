// Columns of sums by group: what a group is, when its first tuple was logged, and what its tuples add up to.

/** What conversations are added up to: themselves, or all of one source and destination (`id`: one of them). */
export type SummedBy = "conversation" | "pair";

/** Groups in no order that means anything; columns may be longer than `length`. */
export type Sums = {
  length: number;
  /** What each group is. */
  id: Uint32Array<ArrayBuffer>;
  /** Which conversation of the group was logged first: the order of the first tuples of conversations, in default order. */
  rank: Float64Array<ArrayBuffer>;
  tuples: Float64Array<ArrayBuffer>;
  denied: Float64Array<ArrayBuffer>;
  /** Flows whose first tuple is in scope; 0 where they are not settled. */
  flows: Float64Array<ArrayBuffer>;
  firstTime: Float64Array<ArrayBuffer>;
  lastTime: Float64Array<ArrayBuffer>;
  packetsSent: Float64Array<ArrayBuffer>;
  bytesSent: Float64Array<ArrayBuffer>;
  packetsReceived: Float64Array<ArrayBuffer>;
  bytesReceived: Float64Array<ArrayBuffer>;
};

export const measures = [
  "tuples",
  "denied",
  "flows",
  "firstTime",
  "lastTime",
  "packetsSent",
  "bytesSent",
  "packetsReceived",
  "bytesReceived",
] as const;
export type Measure = (typeof measures)[number];

export function newSums(capacity: number): Sums {
  const column = (): Float64Array<ArrayBuffer> => new Float64Array(capacity);
  return {
    length: 0,
    id: new Uint32Array(capacity),
    rank: column(),
    tuples: column(),
    denied: column(),
    flows: column(),
    firstTime: column(),
    lastTime: column(),
    packetsSent: column(),
    bytesSent: column(),
    packetsReceived: column(),
    bytesReceived: column(),
  };
}

export function reserve(sums: Sums, more: number): void {
  if (sums.length + more <= sums.id.length) return;
  const capacity = Math.max(sums.id.length * 2, sums.length + more);
  const id = new Uint32Array(capacity);
  id.set(sums.id);
  sums.id = id;
  for (const name of ["rank", ...measures] as const) {
    const column = new Float64Array(capacity);
    column.set(sums[name]);
    sums[name] = column;
  }
}

/** Default order: most tuples, then the conversation that was logged first, then by number. */
export function mostTuplesFirst({ tuples, rank, id }: Sums): (a: number, b: number) => number {
  return (a, b) =>
    (tuples[b] as number) - (tuples[a] as number) ||
    (rank[a] as number) - (rank[b] as number) ||
    (id[a] as number) - (id[b] as number);
}
