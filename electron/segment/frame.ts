// One compressed value: a zstd frame with its own checksum, so that a flipped bit is an error and not another number.
// One frame a value, because Node's zstd reads only the first of several.

import { constants, zstdCompressSync, zstdDecompressSync } from "node:zlib";

/** The number under which this form is kept in the case: zstd level 1 with checksum, columns as in encode.ts. */
export const CODEC = 1;

const LEVEL = {
  chunkSize: 1 << 18,
  params: { [constants.ZSTD_c_compressionLevel]: 1, [constants.ZSTD_c_checksumFlag]: 1 },
};

/** Largest value a frame of ours can hold; a frame that claims more is damaged or hostile. */
const LARGEST = 256 * 1024 * 1024;

export function pack(bytes: Uint8Array): Uint8Array {
  return zstdCompressSync(bytes, LEVEL);
}

/** Throws RangeError or a zlib error when the frame is damaged. */
export function unpack(frame: Uint8Array): Uint8Array {
  return zstdDecompressSync(frame, { maxOutputLength: LARGEST });
}

/** Whether two frames hold the same bytes; another version of zstd may pack them otherwise. */
export function sameContent(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0 || Buffer.compare(unpack(a), unpack(b)) === 0;
}
