// What the directory of an archive says, whatever its kind.

export type ArchiveEntry = {
  /** As it is shown. */
  readonly name: string;
  /** Its packed bytes in the archive. */
  readonly at: number;
  readonly length: number;
  readonly deflated: boolean;
  /** What the archive says its unpacked bytes are; null where it says nothing (salvaged from a damaged one). */
  readonly declared: { readonly bytes: number; readonly crc32: number | null } | null;
  readonly folder: boolean;
  /** Why its bytes are not read; null when they are. */
  readonly refused: string | null;
  /** What is known to be wrong with it, though it is read. */
  readonly damage: string | null;
};

/** In the order of the archive. `damage`: what is wrong with the archive itself; the entries are those that could be found. */
export type ArchiveListing = { readonly entries: readonly ArchiveEntry[]; readonly damage: string | null };
