// One compressed value: a zstd frame with its own checksum, so that a flipped bit is an error and not another number.
// One frame a value, because Node's zstd reads only the first of several.

import { constants, zstdCompressSync, zstdDecompressSync } from "node:zlib";
import { AppError } from "../../shared/failure.ts";

/** The number under which this form is kept in the case: zstd level 1 with checksum, columns as in encode.ts. */
export const CODEC = 1;

const PARAMS = { [constants.ZSTD_c_compressionLevel]: 1, [constants.ZSTD_c_checksumFlag]: 1 };
/** Bytes taken at a time for what comes out, but no more than can be needed. */
const [LEAST_OUT, MOST_OUT] = [1024, 1 << 18];

/** Largest value a frame of ours can hold; a frame that claims more is damaged or hostile. */
const LARGEST = 256 * 1024 * 1024;

/** In memory of its own, so that it can move to another thread and holds no more than itself. */
export function pack(bytes: Uint8Array): Uint8Array {
  const chunkSize = Math.min(MOST_OUT, bytes.length + LEAST_OUT);
  return new Uint8Array(zstdCompressSync(bytes, { chunkSize, params: PARAMS }));
}

const MAGIC = 0xfd2fb528;
/** Bit of the byte after the magic. A frame in which it was cleared would be believed without its checksum. */
const HAS_CHECKSUM = 4;

/** Throws case-damaged. */
export function unpack(frame: Uint8Array): Uint8Array {
  const head = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
  if (frame.length < 9 || head.getUint32(0, true) !== MAGIC || (head.getUint8(4) & HAS_CHECKSUM) === 0)
    throw damaged("it does not begin as one");
  try {
    return zstdDecompressSync(frame, { maxOutputLength: LARGEST, chunkSize: contentSize(head) });
  } catch (thrown) {
    throw damaged(thrown instanceof Error ? thrown.message : String(thrown));
  }
}

/**
 * A little more than the bytes that come out, so that they come in one piece: as the frame tells, which need not be true. Bit 5 of the
 * byte after the magic: it has no window; bits 6 and 7: in how many bytes it tells.
 */
function contentSize(head: DataView): number {
  const flags = head.getUint8(4);
  const at = (flags & 0x20) === 0 ? 6 : 5;
  const told = [0, head.getUint16(at, true) + 256, head.getUint32(at, true)][flags >>> 6] ?? 0;
  return Math.min(Math.max(told + 1, SMALL), LARGE);
}

const SMALL = 1 << 14;
const LARGE = 1 << 23;

function damaged(why: string): AppError {
  return new AppError("case-damaged", `A compressed value of the case is damaged: ${why}.`);
}

/** Whether two frames hold the same bytes; another version of zstd may pack them otherwise. */
export function sameContent(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0 || Buffer.compare(unpack(a), unpack(b)) === 0;
}
