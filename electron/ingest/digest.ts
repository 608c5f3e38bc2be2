// SHA-256 of records and of members.

import { createHash, hash } from "node:crypto";

/**
 * The first 16 bytes of SHA-256 over bytes from … to: a record's digest over its canonical form. The next call overwrites them.
 * One-shot with a string as the answer: 2.2 µs for a record of 2.4 kB, where a Buffer takes 4.0.
 */
export function digest16(bytes: Uint8Array, from: number, to: number): Uint8Array {
  const view = new Uint8Array(bytes.buffer, bytes.byteOffset + from, to - from);
  const text = hash("sha256", view, "binary");
  for (let i = 0; i < 16; i++) digest[i] = text.charCodeAt(i);
  return digest;
}
const digest = new Uint8Array(16);

export type Sum = { update(bytes: Uint8Array): void; digest(): Uint8Array };

/** SHA-256 of bytes that come in pieces; `whole`: how many there are where that is known, so that a single piece is hashed in one go. */
export function newSum(whole: number | null): Sum {
  let sum: ReturnType<typeof createHash> | null = null;
  let digest: Uint8Array | null = null;
  return {
    update: (bytes) => {
      if (sum === null && bytes.length === whole) digest = hash("sha256", bytes, "buffer");
      else {
        sum ??= createHash("sha256");
        sum.update(bytes);
      }
    },
    digest: () => digest ?? (sum ?? createHash("sha256")).digest(),
  };
}
