// Archives made in memory for tests, and what the archive room finds in them.

import { gzipSync } from "node:zlib";
import { packTar, type TarEntry } from "modern-tar";
import { listSource } from "../../electron/archive/list-source.ts";
import { openMember } from "../../electron/archive/open-member.ts";
import type { MemberEntry } from "../../electron/segment/part.ts";
import { zipped } from "./zip.ts";

export type Files = readonly (readonly [name: string, bytes: Buffer])[];

export async function tarred(files: Files): Promise<Buffer> {
  const entries = files.map(
    ([name, body]): TarEntry => ({ header: { name, size: body.length, type: "file", mtime: new Date(0) }, body }),
  );
  return Buffer.from(await packTar(entries));
}

/** A header of a tar archive made by hand. `size` is written as given, `type` is one character. */
export function tarHeader(
  name: string | Buffer,
  size: number | Buffer,
  type = "0",
  more: { readonly link?: string; readonly magic?: string } = {},
): Buffer {
  const block = Buffer.alloc(512);
  Buffer.from(name).copy(block, 0, 0, 100);
  block.write("0000644\0", 100);
  block.write("0000000\0", 108);
  block.write("0000000\0", 116);
  if (typeof size === "number") block.write(`${size.toString(8).padStart(11, "0")}\0`, 124);
  else size.copy(block, 124);
  block.write("00000000000\0", 136);
  block.write(type, 156, "latin1");
  block.write(more.link ?? "", 157);
  block.write(more.magic ?? "ustar\u000000", 257, "latin1");
  block.fill(0x20, 148, 156);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
  return block;
}

export const TAR_END = Buffer.alloc(1024);

/** An entry of a tar archive: header, body, padding. */
export function tarEntry(name: string | Buffer, body: Buffer, type = "0"): Buffer {
  return Buffer.concat([tarHeader(name, body.length, type), body, Buffer.alloc((512 - (body.length % 512)) % 512)]);
}

/** Each container for the same files; `wrap`: what stands before their paths. */
export const containers: readonly {
  readonly name: string;
  readonly wrap: string;
  readonly pack: (files: Files) => Promise<Buffer>;
}[] = [
  { name: "zip", wrap: "", pack: async (files) => zipped(files) },
  { name: "tar", wrap: "", pack: tarred },
  { name: "tar.gz", wrap: "", pack: async (files) => gzipSync(await tarred(files)) },
  { name: "zip in zip", wrap: "inner!/", pack: async (files) => zipped([["inner", zipped(files)]]) },
  { name: "tar in zip", wrap: "inner!/", pack: async (files) => zipped([["inner", await tarred(files)]]) },
  { name: "tar.gz in zip", wrap: "inner!/", pack: async (files) => zipped([["inner", gzipSync(await tarred(files))]]) },
  { name: "zip in tar", wrap: "inner!/", pack: async (files) => tarred([["inner", zipped(files)]]) },
  { name: "tar in tar", wrap: "inner!/", pack: async (files) => tarred([["inner", await tarred(files)]]) },
  { name: "zip in tar.gz", wrap: "inner!/", pack: async (files) => gzipSync(await tarred([["inner", zipped(files)]])) },
  {
    name: "tar.gz in tar.gz",
    wrap: "inner!/",
    pack: async (files) => gzipSync(await tarred([["inner", gzipSync(await tarred(files))]])),
  },
];

export type Opened = {
  readonly path: string;
  readonly bytes: Buffer;
  /** Of a member that is not read: why. Of one that is: what was wrong with its container. */
  readonly wrong: string | null;
  readonly refused: boolean;
};

/** Every member of a source with its bytes. `casePath`: the case beside which it may be unpacked. */
export async function openAll(path: string, casePath: string | null = null): Promise<Opened[]> {
  const listing = await listSource(path, casePath);
  try {
    if (listing.refused !== null) return [{ path: "", bytes: Buffer.alloc(0), wrong: listing.refused, refused: true }];
    const opened: Opened[] = [];
    for (const member of listing.members) opened.push(await openOne(member));
    return opened;
  } finally {
    listing.close();
  }
}

async function openOne(member: MemberEntry): Promise<Opened> {
  const { path, refused } = member;
  if (refused !== null) return { path, bytes: Buffer.alloc(0), wrong: refused, refused: true };
  const source = await openMember(member);
  const chunks: Uint8Array[] = [];
  if (source.read) {
    for (const into = Buffer.alloc(70_000); ; ) {
      const count = source.read(into, 0, into.length);
      if (count === 0) break;
      chunks.push(Buffer.from(into.subarray(0, count)));
    }
  } else for await (const chunk of source.chunks) chunks.push(chunk);
  return { path, bytes: Buffer.concat(chunks), wrong: source.damage(), refused: false };
}

/** What is read without a word: path → text. */
export function texts(opened: readonly Opened[]): Record<string, string> {
  return Object.fromEntries(
    opened.filter(({ wrong }) => wrong === null).map(({ path, bytes }) => [path, bytes.toString("utf8")]),
  );
}

/** What is told: path → why. */
export function told(opened: readonly Opened[]): Record<string, string> {
  return Object.fromEntries(opened.filter(({ wrong }) => wrong !== null).map(({ path, wrong }) => [path, wrong ?? ""]));
}
