// Archives cut, damaged and made to mislead: what is whole is read, what is not is told by name, and one bad entry costs only itself.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { gzipSync } from "node:zlib";
import { packTar } from "modern-tar";
import { describe, expect, test } from "vitest";
import yazl from "yazl";
import { folder } from "../support/cli.ts";
import { type Files, openAll, TAR_END, tarEntry, tarHeader, tarred, texts, told } from "../support/containers.ts";
import { zipped } from "../support/zip.ts";

const path = join(folder(), "evidence");
function open(bytes: Buffer): ReturnType<typeof openAll> {
  writeFileSync(path, bytes);
  return openAll(path);
}

const files: Files = [
  ["a.json", Buffer.from('{"records":["a"]}')],
  ["b.json", Buffer.from(`{"records":["${"b".repeat(700)}"]}`)],
  ["c.json", Buffer.from('{"records":["c"]}')],
];
const whole = Object.fromEntries(files.map(([name, bytes]) => [name, bytes.toString("utf8")]));

/** Cut at every byte: what is read whole is what was there, whatever is not is told, and nothing is invented. */
async function cutEverywhere(bytes: Buffer, step: number): Promise<number> {
  let most = 0;
  for (let length = 4; length < bytes.length; length += step) {
    const opened = await open(bytes.subarray(0, length));
    const read = texts(opened);
    for (const [name, text] of Object.entries(read))
      if (whole[name] !== text && name !== "evidence") throw new Error(`cut at ${length}: ${name}`);
    if (Object.keys(told(opened)).length === 0 && !("evidence" in read))
      throw new Error(`cut at ${length}: nothing told`);
    for (const { path: name, bytes: part } of opened)
      if (name in whole && !whole[name]!.startsWith(part.toString("utf8")))
        throw new Error(`cut at ${length}: ${name} has other bytes`);
    most = Math.max(most, Object.keys(read).length);
  }
  return most;
}

describe("cut anywhere", () => {
  test("tar", async () => {
    const bytes = Buffer.concat([...files.map(([name, body]) => tarEntry(name, body)), TAR_END]);
    expect(await cutEverywhere(bytes.subarray(0, bytes.length - 1023), 13)).toBe(3);
  });
  test("tar.gz", async () => expect(await cutEverywhere(gzipSync(await tarred(files)), 1)).toBe(3));
  test("zip", async () => expect(await cutEverywhere(zipped(files), 3)).toBe(3));
  test("zip whose entries' sizes stand behind them", async () => {
    expect(
      await cutEverywhere(
        await yazlZip((zip) => {
          for (const [name, bytes] of files) zip.addReadStreamLazy(name, (got) => got(null, streamOf(bytes)));
        }),
        3,
      ),
    ).toBe(3);
  });
  test("gzip", async () => {
    const bytes = gzipSync(JSON.stringify(whole));
    for (let length = 18; length < bytes.length; length++) {
      const [only] = await open(bytes.subarray(0, length));
      expect(only?.wrong).toMatch(/gzip data is damaged/);
      expect(JSON.stringify(whole).startsWith(only!.bytes.toString("utf8"))).toBe(true);
    }
  });
});

function streamOf(bytes: Buffer): Readable {
  return Readable.from([bytes]);
}

async function yazlZip(fill: (zip: yazl.ZipFile) => void, options?: Partial<yazl.EndOptions>): Promise<Buffer> {
  const zip = new yazl.ZipFile();
  fill(zip);
  zip.end({ forceZip64Format: false, comment: "", ...options });
  const chunks: Buffer[] = [];
  for await (const chunk of zip.outputStream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

describe("gzip", () => {
  const one = Buffer.from("[1,");
  const two = Buffer.from("2]");
  const members = Buffer.concat([gzipSync(one), gzipSync(two)]);
  const cases: [string, Buffer, string, RegExp | null][] = [
    ["several members are one content", members, "[1,2]", null],
    ["zeros behind it are padding", Buffer.concat([members, Buffer.alloc(1000)]), "[1,2]", null],
    [
      "other bytes behind it are told",
      Buffer.concat([members, Buffer.from("garbage")]),
      "[1,2]",
      /damaged|something else/,
    ],
    [
      "bytes behind its padding are told",
      Buffer.concat([members, Buffer.alloc(70_000), Buffer.from("x")]),
      "[1,2]",
      /something else/,
    ],
    ["a second member cut in its header is told", members.subarray(0, gzipSync(one).length + 5), "[1,", /damaged/],
    ["a wrong checksum is told", flipped(gzipSync(one), -6), "[1,", /damaged/],
  ];
  test.each(cases)("%s", async (_, bytes, text, why) => {
    const [only] = await open(bytes);
    expect(only?.bytes.toString()).toBe(text);
    if (why === null) expect(only?.wrong).toBeNull();
    else expect(only?.wrong).toMatch(why);
  });
});

function flipped(bytes: Buffer, at: number): Buffer {
  const out = Buffer.from(bytes);
  const i = at < 0 ? out.length + at : at;
  out[i] = out[i]! ^ 0xff;
  return out;
}

describe("tar", () => {
  const a = tarEntry("a.json", files[0]![1]);
  const c = tarEntry("c.json", files[2]![1]);
  const read = { "a.json": whole["a.json"], "c.json": whole["c.json"] };

  test("long names, pax names and GNU names", async () => {
    const long = `${"folder/".repeat(30)}é.json`;
    const gnu = Buffer.concat([
      tarEntry("././@LongLink", Buffer.from(`${long}\0`), "L"),
      tarEntry("cut", Buffer.from("gnu")),
    ]);
    const pax = Buffer.from(
      await packTar([{ header: { name: `p/${long}`, size: 3, pax: { path: `p/${long}` } }, body: "pax" }]),
    );
    expect(texts(await open(Buffer.concat([gnu, pax])))).toEqual({ [long]: "gnu", [`p/${long}`]: "pax" });
  });

  test("links and devices are refused by name, the others are read", async () => {
    const odd = [
      tarHeader("hard", 0, "1", { link: "a.json" }),
      tarHeader("soft", 0, "2", { link: "/etc/passwd" }),
      tarHeader("tty", 0, "3"),
      tarHeader("disk", 0, "4"),
      tarHeader("pipe", 0, "6"),
      tarHeader("what", 0, "Q"),
      tarHeader("folder/", 0, "5"),
    ];
    const opened = await open(Buffer.concat([a, ...odd, c, TAR_END]));
    expect(texts(opened)).toEqual(read);
    expect(told(opened)).toEqual({
      hard: "a hard link to a.json, which is not followed",
      soft: "a symbolic link to /etc/passwd, which is not followed",
      tty: "a device, not a regular file",
      disk: "a device, not a regular file",
      pipe: "a pipe, not a regular file",
      what: expect.stringMatching(/type "Q"/),
    });
  });

  test("a damaged header is told, and reading goes on at the next one", async () => {
    const opened = await open(Buffer.concat([a, flipped(tarEntry("b.json", files[1]![1]), 3), c, TAR_END]));
    expect(texts(opened)).toEqual(read);
    expect(told(opened)).toEqual({ evidence: expect.stringMatching(/^1536 bytes from byte 1024 are no entry/) });
  });

  const binary = Buffer.from([0x80, 0, 0, 0, 0x80, 0, 0, 0, 0, 0, 0, 0]); // 8 EiB
  const pax = (text: string): Buffer => tarEntry("pax", Buffer.from(`${text.length + 4} ${text}\n`), "x");
  test.each<[string, Buffer]>([
    ["8 EiB in its header", tarHeader("b.json", binary)],
    ["a terabyte in its header", tarHeader("b.json", Buffer.from([0x80, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0]))],
    ["8 EiB by pax", Buffer.concat([pax("size=9223372036854775807"), tarHeader("b.json", 5)])],
    ["letters for a size", tarHeader("b.json", Buffer.from("zzzzzzzzzzz\0"))],
  ])("%s: that entry is refused, the others are read", async (_, header) => {
    const opened = await open(Buffer.concat([a, header, Buffer.from("hello".padEnd(512, "\0")), c, TAR_END]));
    expect(texts(opened)).toEqual(read);
    expect(told(opened)).toEqual({
      "b.json": expect.stringMatching(/its header says (\d+ bytes|a size that cannot be)/),
    });
  });

  test("archives one behind another are read as one", async () => {
    expect(texts(await open(Buffer.concat([a, TAR_END, c, TAR_END])))).toEqual(read);
  });
});

describe("zip", () => {
  test("ZIP64, entries stored and deflated, sizes behind the entries", async () => {
    for (const forceZip64Format of [false, true]) {
      const bytes = await yazlZip(
        (zip) => {
          zip.addBuffer(files[0]![1], "a.json", { compress: false, forceZip64Format });
          zip.addBuffer(files[1]![1], "b.json", { compress: true, forceZip64Format });
          zip.addReadStreamLazy("c.json", { forceZip64Format }, (got) => got(null, streamOf(files[2]![1])));
          zip.addEmptyDirectory("folder");
        },
        { forceZip64Format, comment: "as found" },
      );
      const opened = await open(bytes);
      expect(told(opened)).toEqual({});
      expect(texts(opened)).toEqual(whole);
    }
  });

  /** Offsets of the directory's entries. */
  const centrals = (bytes: Buffer): number[] => {
    const found: number[] = [];
    for (let at = bytes.indexOf("PK\x01\x02"); at !== -1; at = bytes.indexOf("PK\x01\x02", at + 4)) found.push(at);
    return found;
  };
  const changed = (change: (bytes: Buffer, second: number) => void): Buffer => {
    const bytes = zipped(files);
    change(bytes, centrals(bytes)[1]!);
    return bytes;
  };
  const cases: [string, Buffer, RegExp][] = [
    ["a wrong CRC-32", changed((b, at) => b.writeUInt32LE(7, at + 16)), /CRC-32/],
    ["more bytes than it says", changed((b, at) => b.writeUInt32LE(5, at + 24)), /5 bytes that its archive says/],
    ["fewer bytes than it says", changed((b, at) => b.writeUInt32LE(5000, at + 24)), /has 5000 bytes, but/],
    ["encryption", changed((b, at) => b.writeUInt16LE(0x0801, at + 8)), /encrypted/],
    ["Deflate64", changed((b, at) => b.writeUInt16LE(9, at + 10)), /Deflate64/],
    ["a header elsewhere", changed((b, at) => b.writeUInt32LE(3, at + 42)), /leads to a place where it is not/],
    [
      "a symbolic link",
      changed((b, at) => void [b.writeUInt8(3, at + 5), b.writeUInt32LE(0xa1ff0000, at + 38)]),
      /symbolic link/,
    ],
  ];
  test.each(cases)("an entry with %s is told, the others are read", async (_, bytes, why) => {
    const opened = await open(bytes);
    expect(texts(opened)).toEqual({ "a.json": whole["a.json"], "c.json": whole["c.json"] });
    expect(told(opened)).toEqual({ "b.json": expect.stringMatching(why) });
  });

  test("a directory damaged in the middle: all entries are found by their own headers", async () => {
    const opened = await open(changed((b, at) => b.writeUInt32LE(0, at)));
    expect(texts(opened)).toEqual(whole);
    expect(told(opened)).toEqual({ evidence: expect.stringMatching(/directory is damaged at byte \d+/) });
  });

  test("overlapping entries are refused, one apart from them is read", async () => {
    const bytes = changed((b, at) => {
      b.writeUInt32LE(b.readUInt32LE(centrals(b)[0]! + 42), at + 42); // the second is where the first is
    });
    const opened = await open(bytes);
    expect(texts(opened)).toEqual({ "c.json": whole["c.json"] });
    expect(told(opened)).toEqual({
      "a.json": expect.stringMatching(/lies over/),
      "b.json": expect.stringMatching(/lies over/),
    });
  });
});
