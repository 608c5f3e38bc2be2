// The shapes of traffic that are measured. Each is VNet v4, minified, in Azure's folder layout, one blob a NIC and hour;
// a larger log has more hours, never larger blobs. Sizes after the names are measured on 1,000,000 tuples, JSON included.

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
};

export const mixes: Readonly<Record<string, Mix>> = {
  /**
   * As recorded logs have it: 20 tuples a record, one record a minute, 11 NICs; 7 tuples a conversation, scans counted.
   * FIGURES recorded
   */
  recorded: {
    nics: 11,
    recordsPerHour: 60,
    tuplesPerRecord: [10, 30],
    scans: 0.08,
    tuplesPerConversation: 14.6,
    internet: 0.45,
  },
  /**
   * Busy NICs: 800 tuples a record, records just under 64 KB, no scans, 7 tuples a conversation, mostly random public peers.
   * FIGURES dense
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
   * FIGURES scan
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
   * FIGURES tiny
   */
  tiny: {
    nics: 60,
    recordsPerHour: 11,
    tuplesPerRecord: [3, 6],
    scans: 0.05,
    tuplesPerConversation: 9,
    internet: 0.4,
  },
};
