// Reads a flow-log file of the sample incident with JSON.parse alone, sharing no code with what wrote it or what reads it in
// the program.

export type Read = {
  readonly nic: string;
  readonly acl: string;
  readonly rule: string;
  readonly time: number;
  readonly src: string;
  readonly dst: string;
  readonly sport: number;
  readonly dport: number;
  readonly protocol: number;
  readonly direction: string;
  readonly state: string;
  readonly encryption: string;
  readonly counters: readonly [number, number, number, number];
  readonly text: string;
  readonly record: number;
};
type RecordHead = {
  readonly time: string;
  readonly mac: string;
  readonly path: string;
  readonly keys: string;
  readonly tuples: number;
};

/** Everything read so far; `record` of a tuple counts in `records`. */
export type Written = { readonly tuples: Read[]; readonly records: RecordHead[] };

export function readBlob(into: Written, path: string, text: string): void {
  for (const record of JSON.parse(text).records) {
    const before = into.tuples.length;
    for (const { aclID, flowGroups } of record.flowRecords.flows) {
      for (const { rule, flowTuples } of flowGroups) {
        for (const one of flowTuples)
          into.tuples.push(readTuple(record.macAddress, aclID, rule, one, into.records.length));
      }
    }
    const keys = Object.keys(record).join();
    into.records.push({ time: record.time, mac: record.macAddress, path, keys, tuples: into.tuples.length - before });
  }
}

function readTuple(nic: string, acl: string, rule: string, text: string, record: number): Read {
  const [time, src = "", dst = "", sport, dport, protocol, direction = "", state = "", encryption = "", ...rest] =
    text.split(",");
  const counters = rest.map(Number) as [number, number, number, number];
  const numbers = { time: Number(time), sport: Number(sport), dport: Number(dport), protocol: Number(protocol) };
  return { nic, acl, rule, ...numbers, src, dst, direction, state, encryption, counters, text, record };
}

/** The four counters added up, in logged order. */
export function sums(of: readonly Read[]): number[] {
  const total = [0, 0, 0, 0];
  for (const { counters } of of) for (const [i, value] of counters.entries()) total[i] = (total[i] ?? 0) + value;
  return total;
}
