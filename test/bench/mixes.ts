// The shapes of traffic that are measured. Each is VNet v4, minified, in Azure's folder layout, one blob a NIC and hour (but for the
// last two); a larger log has more hours, never larger blobs. The second line of each is measured at 1,000,000 tuples (JSON bytes a tuple).

export type Mix = {
  readonly nics: number;
  /** Records in a NIC's hour; they lie evenly in it. */
  readonly recordsPerHour: number;
  /** Tuples in a record vary evenly between these two. */
  readonly tuplesPerRecord: readonly [least: number, most: number];
  /** Share of tuples that are denied inbound ones from a random public source to a random port, each a conversation. */
  readonly scans: number;
  /** Mean tuples of every other conversation over the whole log. */
  readonly tuplesPerConversation: number;
  /** Share of other new conversations whose far side is a random public address; the rest are internal. */
  readonly internet: number;
  /** One file for all records, or one for each; where it does not say, one for each NIC and hour. */
  readonly files?: "one" | "records";
};

const recorded: Mix = {
  nics: 11,
  recordsPerHour: 60,
  tuplesPerRecord: [10, 30],
  scans: 0.08,
  tuplesPerConversation: 14.6,
  internet: 0.45,
};

export const mixes: Readonly<Record<string, Mix>> = {
  /**
   * As recorded logs have it: 20 tuples a record, one record a minute, 11 NICs; 7 tuples a conversation, scans counted.
   * 122 bytes a tuple, 834 blobs of 142 KiB, 3.2 days; 7.0 tuples a conversation; B 35 %, C 19, E 35, D 10.
   */
  recorded,
  /**
   * Busy NICs: 800 tuples a record, records just under 64 KB, no scans, 7 tuples a conversation, mostly random public peers.
   * 73 bytes a tuple, 21 blobs of 3.4 MiB, 4 hours; 7.0 tuples a conversation; B 39 %, C 20, E 38, D 3.
   */
  dense: {
    nics: 6,
    recordsPerHour: 60,
    tuplesPerRecord: [770, 830],
    scans: 0,
    tuplesPerConversation: 7,
    internet: 0.8,
  },
  /**
   * Four exposed NICs under a scan: 70 % of tuples are denied, 60 tuples a record.
   * 86 bytes a tuple, 278 blobs of 302 KiB, 2.9 days; 1.3 tuples a conversation; B 12 %, C 6, E 12, D 71.
   */
  scan: {
    nics: 4,
    recordsPerHour: 60,
    tuplesPerRecord: [40, 80],
    scans: 0.7,
    tuplesPerConversation: 4,
    internet: 0.5,
  },
  /**
   * Quiet machines: 60 NICs, an hour has 11 records of 3 to 6 tuples, about 50 in a blob, so the members are very many.
   * 272 bytes a tuple, 20,203 blobs of 13 KiB, 14 days; 6.4 tuples a conversation; B 36 %, C 21, E 36, D 7.
   */
  tiny: {
    nics: 60,
    recordsPerHour: 11,
    tuplesPerRecord: [3, 6],
    scans: 0.05,
    tuplesPerConversation: 9,
    internet: 0.4,
  },
  /** The recorded traffic in a single member: 16.4 M tuples make 2 GB. DuckDB is not asked: a JSON object of that size is past it. */
  one: { ...recorded, files: "one" },
  /** The recorded traffic, each record a file of its own: 2 M tuples make 100,000 files. */
  small: { ...recorded, files: "records" },
};
