// SHA-256 of things short enough to be hashed in one go.

import { hash } from "node:crypto";

/** The first 16 bytes of SHA-256 over bytes 0 … length: a record's digest over its canonical form. */
export function digest16(bytes: Uint8Array, length: number): Uint8Array {
  return hash("sha256", bytes.subarray(0, length), "buffer").subarray(0, 16);
}
