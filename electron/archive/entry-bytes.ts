// The bytes of an archive's entry as the archive holds them, unpacked where it packed them, held to the size and CRC-32 it says.

import { crc32 } from "node:zlib";
import type { EntryPlace } from "../segment/part.ts";
import { bytesAt, piecesOf, type Store } from "./store.ts";
import { AT_ONCE, PACKED_PIECE, type Unpacked, unpack, unpackedAtOnce } from "./unpack.ts";

const PIECE = 1 << 20;

/** `place.at` counts in `store`. */
export function entryChunks(store: Store, place: EntryPlace): Unpacked {
  const { at, length, deflated, declared, unpackedBy } = place;
  let damage = place.damage;
  const most = declared?.bytes ?? Infinity;

  async function* chunks(): AsyncGenerator<Buffer> {
    let crc = 0;
    let bytes = 0;
    const packing = { packing: "deflate", unpackedBy, most } as const;
    const small = deflated && length <= AT_ONCE ? unpackedAtOnce(bytesAt(store, at, length), packing) : null;
    const inflated =
      deflated && small === null ? unpack(() => piecesOf(store, at, length, PACKED_PIECE), packing) : null;
    for await (const chunk of small ? [small] : (inflated?.chunks ?? piecesOf(store, at, length, PIECE))) {
      if (declared?.crc32 != null) crc = crc32(chunk, crc);
      bytes += chunk.length;
      yield chunk;
    }
    damage ??= inflated?.damage() ?? differs(place, bytes, crc);
  }
  return { chunks: chunks(), damage: () => damage };
}

/** Once all has been read: how it is not what the archive says; null where it is. */
export function differs({ declared }: EntryPlace, bytes: number, crc: number): string | null {
  if (declared === null) return null;
  if (bytes !== declared.bytes)
    return `the archive says that it has ${declared.bytes} bytes, but ${bytes} came out of it`;
  return declared.crc32 !== null && crc !== declared.crc32 ? "its bytes do not match the archive's CRC-32" : null;
}
