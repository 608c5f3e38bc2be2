// What bytes are that are no text, by how they begin: a reader who gave an archive of another kind or a case hears so, not that its text
// is not JSON. Told only of files in which no flow log was found.

/** As many of a file's first bytes as are looked at. */
export const HEAD_BYTES = 16;

const formats: readonly { readonly magic: string; readonly is: string }[] = [
  { magic: "SQLite format 3\0", is: "a SQLite database, as a case is; evidence of a case leaves it by export" },
  { magic: "7z\xbc\xaf\x27\x1c", is: "a 7z archive; unpack it and add what it holds" },
  { magic: "Rar!\x1a\x07", is: "a RAR archive; unpack it and add what it holds" },
  { magic: "\xfd7zXZ\0", is: "XZ data; unpack it and add what it holds" },
  { magic: "\x28\xb5\x2f\xfd", is: "Zstandard data; unpack it and add what it holds" },
  { magic: "BZh", is: "bzip2 data; unpack it and add what it holds" },
  { magic: "PAR1", is: "a Parquet file, which this version does not read" },
];

/** Null where the bytes may be text. */
export function foreignFormat(head: Uint8Array): string | null {
  const text = Buffer.from(head).toString("latin1");
  return formats.find(({ magic }) => text.startsWith(magic))?.is ?? null;
}

/** Whether there are bytes that no text in UTF-8 holds; one in UTF-16 with its mark is told as such elsewhere. */
export function isBinary(head: Uint8Array): boolean {
  if ((head[0] ?? 0) >= 0xfe) return false;
  return head.some((byte) => byte < 9 || (byte > 13 && byte < 32) || byte === 127);
}
