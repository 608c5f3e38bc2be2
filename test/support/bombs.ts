// Archives made to exhaust memory, disk or patience, by the books (overlaps after D. Fifield, "A better zip bomb").

import { crc32, deflateRawSync, gzipSync } from "node:zlib";
import { TAR_END, tarEntry, tarHeader } from "./containers.ts";
import { blob, vnetRecord } from "./logs.ts";
import { zipped } from "./zip.ts";

const T = 1_741_083_072_345;

/** A small log, for what stands beside a bomb. */
function smallLog(i = 0): Buffer {
  return blob(vnetRecord([["A", `${T + i},10.0.0.4,10.0.0.5,${1024 + (i % 60_000)},443,6,O,B,NX,0,0,0,0`]]));
}

/** A log that goes on and on: a record, then `bytes` of spaces before its end. */
function longLog(bytes: number): Buffer {
  const log = smallLog();
  return Buffer.concat([log.subarray(0, log.length - 2), Buffer.alloc(bytes, " "), log.subarray(log.length - 2)]);
}

type Local = { readonly name: string; readonly bytes: Buffer };

/** Local header of a deflated entry. */
function localHeader(name: string, crc: number, packed: number, bytes: number): Buffer {
  const header = Buffer.alloc(30);
  header.write("PK\x03\x04", 0, "latin1");
  header.writeUInt16LE(20, 4);
  header.writeUInt16LE(8, 8);
  header.writeUInt32LE(crc, 14);
  header.writeUInt32LE(packed, 18);
  header.writeUInt32LE(bytes, 22);
  header.writeUInt16LE(name.length, 26);
  return Buffer.concat([header, Buffer.from(name, "latin1")]);
}

type Central = { readonly header: Buffer; readonly at: number };

function withDirectory(body: Buffer, entries: readonly Central[]): Buffer {
  const directory = entries.flatMap(({ header, at }) => {
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(at, 10);
    return [Buffer.from("PK\x01\x02\x14\x00", "latin1"), header.subarray(4, 30), rest, header.subarray(30)];
  });
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", 0, "latin1");
  end.writeUInt16LE(entries.length % 65536, 8);
  end.writeUInt16LE(entries.length % 65536, 10);
  end.writeUInt32LE(listed.length, 12);
  end.writeUInt32LE(body.length, 16);
  return Buffer.concat([body, listed, end]);
}

/** Many entries of the directory, one body. */
function overlapZip(entries: number, bytes: number): Buffer {
  const log = longLog(bytes);
  const packed = deflateRawSync(log, { level: 9 });
  const header = localHeader("a.json", crc32(log), packed.length, log.length);
  return withDirectory(
    Buffer.concat([header, packed]),
    Array.from({ length: entries }, () => ({ header, at: 0 })),
  );
}

/** Each entry quotes the header of the next in a stored block, and shares all that follows with it. */
function quotedOverlapZip(entries: number, bytes: number): Buffer {
  const log = longLog(bytes);
  let content = log;
  let packed = deflateRawSync(log, { level: 9 });
  let file: Local = { name: "last.json", bytes: packed };
  let header = localHeader(file.name, crc32(content), packed.length, content.length);
  let body = Buffer.concat([header, packed]);
  const central: { header: Buffer; fromEnd: number }[] = [{ header, fromEnd: body.length }];
  for (let i = 1; i < entries; i++) {
    const quote = Buffer.alloc(5);
    quote.writeUInt16LE(header.length, 1);
    quote.writeUInt16LE(0xffff ^ header.length, 3);
    content = Buffer.concat([header, content]);
    packed = Buffer.concat([quote, header, packed]);
    file = { name: `${i}.json`, bytes: packed };
    header = localHeader(file.name, crc32(content), packed.length, content.length);
    body = Buffer.concat([header, packed]);
    central.push({ header, fromEnd: body.length });
  }
  return withDirectory(
    body,
    central.map((each) => ({ header: each.header, at: body.length - each.fromEnd })),
  );
}

/** Zip in zip in zip …, `levels` deep. */
function nestedZip(levels: number): Buffer {
  let inner = smallLog();
  for (let level = levels; level > 0; level--)
    inner = zipped([
      [level === levels ? "deep.json" : `level${level + 1}.zip`, inner],
      [`beside${level}.json`, smallLog(level)],
    ]);
  return inner;
}

/** An entry that says it is small and is not. */
function lyingZip(bytes: number): Buffer {
  const log = longLog(bytes);
  const packed = deflateRawSync(log, { level: 9 });
  const header = localHeader("lies.json", crc32(log), packed.length, 2000);
  return withDirectory(Buffer.concat([header, packed]), [{ header, at: 0 }]);
}

export function manyEntriesZip(entries: number): Buffer {
  return zipped(Array.from({ length: entries }, (_, i) => [`h=${i}/PT1H.json`, smallLog(i)] as const));
}

function hugeTar(): Buffer {
  const eightEiB = Buffer.from([0x80, 0, 0, 0, 0x80, 0, 0, 0, 0, 0, 0, 0]);
  return Buffer.concat([
    tarEntry("before.json", smallLog(1)),
    tarHeader("huge.json", eightEiB),
    smallLog(2),
    Buffer.alloc(512 - (smallLog(2).length % 512)),
    tarEntry("after.json", smallLog(3)),
    TAR_END,
  ]);
}

function paxTar(): Buffer {
  return Buffer.concat([
    tarEntry("before.json", smallLog(1)),
    tarEntry("pax", Buffer.from("28 size=9223372036854775807\n"), "x"),
    tarEntry("huge.json", smallLog(2)),
    tarEntry("after.json", smallLog(3)),
    TAR_END,
  ]);
}

function deepTar(steps: number): Buffer {
  const name = `${"d/".repeat(steps)}deep.json`;
  return Buffer.concat([
    tarEntry("././@LongLink", Buffer.from(`${name}\0`), "L"),
    tarEntry("cut", smallLog(1)),
    tarEntry("after.json", smallLog(2)),
    TAR_END,
  ]);
}

export type Bomb = {
  readonly name: string;
  readonly make: (bytes: number) => Buffer;
  /** What must be told. */
  readonly told: RegExp | null;
  /** Tuples that are read all the same. */
  readonly tuples: number;
};

/** RELIABILITY.md R7 and what its authors would think of next; `bytes`: how large they become. */
export const bombs: readonly Bomb[] = [
  {
    name: "zip of zeros",
    make: (bytes) => zipped([["a.json", Buffer.alloc(bytes)]]),
    told: /200 times|not a flow log/,
    tuples: 0,
  },
  {
    name: "zip of a log of spaces",
    make: (bytes) => zipped([["a.json", longLog(bytes)]]),
    told: /200 times/,
    tuples: 1,
  },
  { name: "gzip", make: (bytes) => gzipSync(longLog(bytes), { level: 9 }), told: /200 times/, tuples: 1 },
  {
    name: "tar.gz",
    make: (bytes) =>
      gzipSync(Buffer.concat([tarEntry("before.json", smallLog(1)), tarEntry("a.json", longLog(bytes)), TAR_END])),
    told: /200 times/,
    tuples: 2,
  },
  {
    name: "gzip in zip",
    make: (bytes) =>
      zipped([
        ["a.json.gz", gzipSync(gzipSync(longLog(bytes)))],
        ["b.json.gz", gzipSync(longLog(bytes))],
        ["c.json", smallLog(3)],
      ]),
    told: /200 times/,
    tuples: 2,
  },
  {
    name: "zip in zip",
    make: (bytes) =>
      zipped([
        ["in.zip", zipped([["a.json", longLog(bytes)]])],
        ["c.json", smallLog(3)],
      ]),
    told: /200 times/,
    tuples: 2,
  },
  { name: "overlap", make: (bytes) => overlapZip(200, bytes / 200), told: /lies over/, tuples: 0 },
  { name: "quoted overlap", make: (bytes) => quotedOverlapZip(200, bytes / 200), told: /lies over/, tuples: 0 },
  { name: "lying sizes", make: (bytes) => lyingZip(bytes), told: /2000 bytes that its archive says/, tuples: 1 },
  { name: "6-level nest", make: () => nestedZip(6), told: /third is not/, tuples: 2 },
  { name: "8 EiB tar", make: hugeTar, told: /a size that cannot be/, tuples: 2 },
  { name: "pax size", make: paxTar, told: /a size that cannot be/, tuples: 2 },
  { name: "10,000 folders deep", make: () => deepTar(10_000), told: /its name has 20009 bytes/, tuples: 1 },
];
