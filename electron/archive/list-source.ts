// What a path holds: the members of a folder, an archive or a single file, in the order in which they are read (byte order of
// their paths). What a file is, its first bytes say; its name says nothing. Nothing is written but the stash (stash.ts).

import { type Dirent, existsSync, lstatSync, readdirSync, statSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import type { MemberEntry } from "../segment/part.ts";
import { type ArchiveKind, kindOfFile, listFile } from "./list-archive.ts";
import { shownFileName, toldApart } from "./name.ts";
import { newStash, type Stash } from "./stash.ts";
import { openStore, whyNotOpened } from "./store.ts";

export type Listing = {
  readonly path: string;
  readonly kind: "folder" | "json" | "gzip" | ArchiveKind | "unknown";
  readonly members: readonly MemberEntry[];
  /** Of the file on disk; of all files for a folder. */
  readonly bytes: number;
  /** Why nothing of it can be read; null when it can. */
  readonly refused: string | null;
  /** Call when its members have been read: what had to be unpacked for them goes. */
  close(): void;
};

/**
 * `casePath`: the case beside which archives may be unpacked; null: nothing is written. `found` hears how many bytes of a folder's
 * files have been found so far.
 */
export async function listSource(
  path: string,
  casePath: string | null,
  signal: AbortSignal | null = null,
  found: (bytes: number) => void = () => {},
): Promise<Listing> {
  const file = resolve(path);
  const stash = newStash(casePath);
  const listing = { path, kind: "unknown", members: [], bytes: 0, refused: null, close: stash.close } as const;
  if (!existsSync(file)) return { ...listing, refused: "no such file or folder" };
  try {
    const stat = statSync(file);
    if (stat.isDirectory()) {
      const { members, bytes } = await listFolder(file, stash, signal, found);
      const refused = members.length === 0 ? "the folder holds no files" : null;
      return { ...listing, kind: "folder", members: inOrder(members), bytes, refused };
    }
    if (!stat.isFile()) return { ...listing, refused: "it is neither a file nor a folder" };
    const store = openStore(file);
    try {
      const members: MemberEntry[] = [];
      const kind = kindOfFile(store);
      await listFile({ file, store, fileTime: store.fileTime, stash, signal, members }, basename(file), "");
      return { ...listing, kind, members: inOrder(members), bytes: store.size };
    } finally {
      store.close();
    }
  } catch (thrown) {
    return { ...listing, refused: `it cannot be opened: ${whyNotOpened(thrown)}` };
  }
}

type Folder = { readonly folder: string; readonly prefix: string };

/** Folders in folders, however deep; one that cannot be read is told as a member and costs only itself. */
async function listFolder(
  root: string,
  stash: Stash,
  signal: AbortSignal | null,
  found: (bytes: number) => void,
): Promise<{ readonly members: MemberEntry[]; readonly bytes: number }> {
  const members: MemberEntry[] = [];
  let bytes = 0;
  const folders: Folder[] = [{ folder: root, prefix: "" }];
  for (let at = folders.pop(); at && !signal?.aborted; at = folders.pop()) {
    for (const entry of entriesIn(at, members)) {
      const { name } = entry;
      const file = join(at.folder, name);
      const path = endOf(file, at.prefix + shownFileName(name));
      try {
        const stat = isTold(entry) ? entry : lstatSync(file);
        if (stat.isDirectory()) folders.push({ folder: file, prefix: `${path}/` });
        else if (stat.isSymbolicLink()) members.push(refused(file, path, "a symbolic link, which is not followed"));
        else if (!stat.isFile()) members.push(refused(file, path, "not a regular file"));
        else {
          bytes += await listFileInFolder(file, path, { stash, signal, members });
          found(bytes);
        }
      } catch (thrown) {
        const why = name.includes("\uFFFD")
          ? "its name is not UTF-8; rename a copy of it and add that"
          : whyNotOpened(thrown);
        members.push(refused(file, path, `it cannot be opened: ${why}`));
      }
    }
  }
  return { members, bytes };
}

/** The path as the end of the file's, where it is that: both are long, tens of thousands are kept, and so they share their memory. */
function endOf(file: string, path: string): string {
  return file.endsWith(path) ? file.slice(-path.length) : path;
}

/** Whether the folder says what its entry is; some file systems do not. */
function isTold(entry: Dirent): boolean {
  return entry.isFile() || entry.isDirectory() || entry.isSymbolicLink();
}

/** Throws where it is the source itself that cannot be read. */
function entriesIn({ folder, prefix }: Folder, members: MemberEntry[]): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (thrown) {
    if (prefix === "") throw thrown;
    const path = prefix.replace(/\/$/, "");
    members.push(refused(folder, path, `the folder cannot be opened: ${whyNotOpened(thrown)}`));
    return [];
  }
}

async function listFileInFolder(
  file: string,
  path: string,
  listing: { readonly stash: Stash; readonly signal: AbortSignal | null; readonly members: MemberEntry[] },
): Promise<number> {
  const store = openStore(file);
  try {
    await listFile({ ...listing, file, store, fileTime: store.fileTime }, path, `${path}!/`);
    return store.size;
  } finally {
    store.close();
  }
}

function refused(file: string, path: string, why: string): MemberEntry {
  return { path, file, entry: null, gzip: false, bytes: 0, fileTime: 0, refused: why };
}

/** In byte order of their paths, alike ones told apart. */
function inOrder(members: readonly MemberEntry[]): MemberEntry[] {
  const sorted = sortedByPath(members);
  const paths = toldApart(sorted.map((member) => member.path));
  if (paths.every((path, i) => path === sorted[i]?.path)) return sorted;
  return sortedByPath(sorted.map((member, i) => ({ ...member, path: paths[i] as string })));
}

/** Characters whose order in a string may not be that of their bytes. */
const FAR = /[\ud800-\uffff]/;

function sortedByPath(members: readonly MemberEntry[]): MemberEntry[] {
  if (!members.some(({ path }) => FAR.test(path)))
    return members.toSorted((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  const keyed = members.map((member) => ({ member, key: Buffer.from(member.path) }));
  return keyed.sort((a, b) => Buffer.compare(a.key, b.key)).map(({ member }) => member);
}
