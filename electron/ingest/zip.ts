// Zip archives through yauzl, with the checks it leaves to us: overlapping entries are refused, CRC-32 is compared by the reader.
// Names are only ever shown, never used as a path on disk.

import type { Readable } from "node:stream";
import yauzl from "yauzl";

export type ZipEntry = {
  readonly name: string;
  readonly bytes: number;
  readonly crc32: number;
  readonly folder: boolean;
  /** Why its bytes cannot be read; null when they can. */
  readonly refused: string | null;
};

export type ZipArchive = {
  readonly entries: readonly ZipEntry[];
  stream(index: number): Promise<Readable>;
  close(): void;
};

const ENTRIES = 250_000;

/** Throws a plain Error whose message says what is wrong with the archive. */
export async function openZip(path: string): Promise<ZipArchive> {
  const zip = await new Promise<yauzl.ZipFile>((resolve, reject) => {
    yauzl.open(
      path,
      { lazyEntries: true, autoClose: false, decodeStrings: false, validateEntrySizes: true },
      (error, file) => (error ? reject(error) : resolve(file)),
    );
  });
  const raw: yauzl.Entry[] = [];
  try {
    await new Promise<void>((resolve, reject) => {
      zip.on("entry", (entry: yauzl.Entry) => {
        if (raw.push(entry) > ENTRIES) reject(new Error(`it has more than ${ENTRIES} entries`));
        else zip.readEntry();
      });
      zip.on("end", resolve);
      zip.on("error", reject);
      zip.readEntry();
    });
    refuseOverlap(raw);
  } catch (thrown) {
    zip.close();
    throw thrown;
  }
  return {
    entries: raw.map(describe),
    stream: (index) =>
      new Promise((resolve, reject) => {
        zip.openReadStream(raw[index] as yauzl.Entry, (error, stream) => (error ? reject(error) : resolve(stream)));
      }),
    close: () => zip.close(),
  };
}

function refuseOverlap(entries: readonly yauzl.Entry[]): void {
  const ranges = entries
    .map(
      (entry) =>
        [entry.relativeOffsetOfLocalHeader, entry.relativeOffsetOfLocalHeader + 30 + entry.compressedSize] as const,
    )
    .sort((a, b) => a[0] - b[0]);
  for (let i = 1; i < ranges.length; i++) {
    if ((ranges[i - 1]?.[1] ?? 0) > (ranges[i]?.[0] ?? 0))
      throw new Error("its entries overlap, as in an archive made to exhaust memory");
  }
}

function describe(entry: yauzl.Entry): ZipEntry {
  const name = yauzl.getFileNameLowLevel(
    entry.generalPurposeBitFlag,
    entry.fileName as unknown as Buffer, // a Buffer, as decodeStrings is off
    entry.extraFields,
    false,
  );
  const folder = name.endsWith("/");
  const encrypted = (entry.generalPurposeBitFlag & 1) === 1;
  const method = entry.compressionMethod === 0 || entry.compressionMethod === 8;
  const refused = encrypted
    ? "it is encrypted"
    : method
      ? null
      : `its compression method ${entry.compressionMethod} is not one this version reads`;
  return { name: name.replaceAll("\\", "/"), bytes: entry.uncompressedSize, crc32: entry.crc32, folder, refused };
}
