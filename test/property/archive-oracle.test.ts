// Zip and tar archives of any shape, made and read by other programs' libraries: entries and bytes are the same as ours.

import { buffer } from "node:stream/consumers";
import fc from "fast-check";
import { unpackTar } from "modern-tar";
import { expect, test } from "vitest";
import yauzl from "yauzl";
import yazl from "yazl";
import type { ArchiveEntry } from "../../electron/archive/entry.ts";
import { entryChunks } from "../../electron/archive/entry-bytes.ts";
import type { Store } from "../../electron/archive/store.ts";
import { listTar } from "../../electron/archive/tar.ts";
import { listZip } from "../../electron/archive/zip.ts";
import { tarred } from "../support/containers.ts";
import { zipped } from "../support/zip.ts";

type Read = { readonly name: string; readonly text: string };

const step = fc.string({ unit: fc.constantFrom(..."abyz019=_- é~"), minLength: 1, maxLength: 40 });
const name = fc.array(step, { minLength: 1, maxLength: 8 }).map((steps) => `f${steps.join("/x")}`);
const body = fc.oneof(
  fc.uint8Array({ maxLength: 1500 }),
  fc.nat(200_000).map((length) => new Uint8Array(length).fill(120)),
);
const files = fc.uniqueArray(
  fc.tuple(
    name,
    body.map((bytes) => Buffer.from(bytes)),
  ),
  {
    maxLength: 12,
    selector: ([path]) => path,
  },
);

function stored(bytes: Buffer): Store {
  return { size: bytes.length, read: (into, start, length, at) => bytes.copy(into, start, at, at + length) };
}

async function ours(store: Store, entries: readonly ArchiveEntry[]): Promise<Read[]> {
  const read: Read[] = [];
  for (const entry of entries) {
    const place = { ...entry, stash: null, unpackedBy: 1, fileBytes: store.size };
    const { chunks, damage } = entryChunks(store, place);
    const all: Buffer[] = [];
    for await (const chunk of chunks) all.push(chunk);
    expect([entry.refused, damage()]).toEqual([null, null]);
    read.push({ name: entry.name, text: Buffer.concat(all).toString("latin1") });
  }
  return read;
}

async function byYauzl(bytes: Buffer): Promise<Read[]> {
  const zip = await yauzl.fromBufferPromise(bytes);
  const read: Read[] = [];
  for await (const entry of zip.eachEntry()) {
    const text = (await buffer(await zip.openReadStreamPromise(entry))).toString("latin1");
    read.push({ name: entry.fileName, text });
  }
  return read;
}

test("zip archives", async () => {
  const shapes = fc.record({ files, compress: fc.boolean(), large: fc.boolean(), comment: fc.constantFrom("", "PK") });
  await fc.assert(
    fc.asyncProperty(shapes, async ({ files: each, compress, large, comment }) => {
      const zip = new yazl.ZipFile();
      for (const [path, bytes] of each) zip.addBuffer(bytes, path, { compress, forceZip64Format: large });
      zip.end({ forceZip64Format: large, comment });
      const bytes = await buffer(zip.outputStream);
      const store = stored(bytes);
      const { entries, damage } = listZip(store);
      expect(damage).toBeNull();
      expect(await ours(store, entries)).toEqual(await byYauzl(bytes));
    }),
    { numRuns: 60 },
  );
});

test("tar archives", async () => {
  await fc.assert(
    fc.asyncProperty(files, async (each) => {
      const bytes = await tarred(each);
      const store = stored(bytes);
      const { entries, damage } = listTar(store);
      expect(damage).toBeNull();
      const theirs = await unpackTar(bytes);
      expect(await ours(store, entries)).toEqual(
        theirs.map(({ header, data }) => ({ name: header.name, text: Buffer.from(data ?? []).toString("latin1") })),
      );
    }),
    { numRuns: 60 },
  );
});

test("archives with bytes changed, cut out or put in: nothing is thrown, and no entry gives more than there can be", async () => {
  const change = fc.record({ at: fc.nat(), length: fc.nat(40), by: fc.uint8Array({ maxLength: 40 }) });
  const shapes = fc.record({
    files: fc.array(fc.tuple(name, fc.uint8Array({ maxLength: 700 })), { minLength: 1, maxLength: 4 }),
    kind: fc.constantFrom("zip", "tar"),
    changes: fc.array(change, { minLength: 1, maxLength: 4 }),
  });
  await fc.assert(
    fc.asyncProperty(shapes, async ({ files: each, kind, changes }) => {
      const content = each.map(([path, bytes]) => [path, Buffer.from(bytes)] as const);
      let bytes = kind === "zip" ? zipped(content) : await tarred(content);
      for (const { at, length, by } of changes) {
        const from = at % bytes.length;
        bytes = Buffer.concat([bytes.subarray(0, from), by, bytes.subarray(from + length)]);
      }
      const store = stored(bytes);
      const { entries } = kind === "zip" ? listZip(store) : listTar(store);
      for (const entry of entries) {
        const { chunks } = entryChunks(store, { ...entry, stash: null, unpackedBy: 1, fileBytes: store.size });
        let out = 0;
        for await (const chunk of chunks) out += chunk.length;
        expect(out).toBeLessThanOrEqual(Math.max(2 ** 20, bytes.length * 200));
        expect(entry.at + entry.length).toBeLessThanOrEqual(Math.max(store.size, entry.at));
      }
    }),
    { numRuns: 150 },
  );
});
