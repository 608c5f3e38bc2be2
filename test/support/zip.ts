// Writes a plain zip archive (deflate, no zip64, no folders' entries) in the order given.

import { crc32, deflateRawSync } from "node:zlib";

export function zipped(files: Iterable<readonly [name: string, bytes: Buffer]>): Buffer {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, bytes] of files) {
    const packed = deflateRawSync(bytes);
    const path = Buffer.from(name, "utf8");
    const common = Buffer.alloc(26); // version, flags (UTF-8 name), method, time, date, CRC, sizes, lengths
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(0x0800, 2);
    common.writeUInt16LE(8, 4);
    common.writeUInt16LE(0x5a64, 8); // 2025-03-04
    common.writeUInt32LE(crc32(bytes), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(bytes.length, 18);
    common.writeUInt16LE(path.length, 22);
    const entry = Buffer.alloc(16); // comment length, disk, attributes, offset
    entry.writeUInt32LE(offset, 10);
    const body = Buffer.concat([Buffer.from("PK\x03\x04"), common, path, packed]);
    directory.push(Buffer.from("PK\x01\x02\x14\x00"), common, entry.subarray(0, 14), path);
    bodies.push(body);
    offset += body.length;
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", 0, "latin1");
  end.writeUInt16LE(bodies.length % 65536, 8); // as programs without zip64 write it
  end.writeUInt16LE(bodies.length % 65536, 10);
  end.writeUInt32LE(listed.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...bodies, listed, end]);
}
