// What an archive may ask of us. Each limit that is hit is told in the reason of the member or archive it stopped.

/** Entries of one archive, and of all archives within one file. */
export const ENTRIES = 250_000;
export const ALL_ENTRIES = 2_000_000;

/** Archives around a member: one, and one inside it. */
export const LEVELS = 2;

/** Bytes of an entry's name. */
export const NAME_BYTES = 4096;

/** Of unpacked bytes to packed ones, all packings together; asked once more than `RATIO_FREE` bytes have come out. */
export const RATIO = 200;
export const RATIO_FREE = 1024 * 1024;

/** Of the free disk, what archives that have to be unpacked first may take meanwhile. */
export const DISK_SHARE = 0.8;
/** The same in memory, compressed, where nothing may be written. */
export const STASH_MEMORY = 256 * 1024 * 1024;

export const ENCRYPTED = "it is encrypted; unpack it with its password and add what it holds";

export const AN_ARCHIVE_TOO_DEEP = "an archive in an archive in an archive: two are opened, a third is not";
