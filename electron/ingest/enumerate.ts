// What a path holds: the members of a folder, an archive or a single file, in the order in which they are read (byte order of
// their paths). Nothing is opened but archives' directories; what a file is, its bytes will say.

import { closeSync, existsSync, lstatSync, openSync, readdirSync, readSync, statSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import type { MemberEntry } from "../segment/part.ts";
import { openZip } from "./zip.ts";

export type Listing = {
  readonly path: string;
  readonly kind: "folder" | "json" | "gzip" | "zip" | "unknown";
  readonly members: readonly MemberEntry[];
  /** Of the file on disk; of all files for a folder. */
  readonly bytes: number;
  /** Why nothing of it can be read; null when it can. */
  readonly refused: string | null;
};

export async function listSource(path: string): Promise<Listing> {
  const file = resolve(path);
  const nothing = { path, kind: "unknown", members: [], bytes: 0 } as const;
  if (!existsSync(file)) return { ...nothing, refused: "no such file or folder" };
  try {
    const stat = statSync(file);
    if (stat.isDirectory()) {
      const members = await folderMembers(file);
      const bytes = members.reduce((sum, member) => sum + (member.entry === null ? member.bytes : 0), 0);
      return {
        path,
        kind: "folder",
        members,
        bytes,
        refused: members.length === 0 ? "the folder holds no files" : null,
      };
    }
    if (!stat.isFile()) return { ...nothing, refused: "it is neither a file nor a folder" };
    const kind = kindOf(file);
    if (kind === "zip") {
      const members = await zipMembers(file, "", stat.mtimeMs);
      return {
        path,
        kind,
        members,
        bytes: stat.size,
        refused: members.length === 0 ? "the archive holds no files" : null,
      };
    }
    return {
      path,
      kind,
      members: [plain(file, basename(file), stat.size, stat.mtimeMs)],
      bytes: stat.size,
      refused: null,
    };
  } catch (thrown) {
    return { ...nothing, refused: `it cannot be opened: ${thrown instanceof Error ? thrown.message : String(thrown)}` };
  }
}

function kindOf(file: string): "json" | "gzip" | "zip" {
  const head = Buffer.alloc(4);
  const fd = openSync(file, "r");
  const read = readSync(fd, head, 0, 4, 0);
  closeSync(fd);
  if (read === 4 && (head.readUInt32LE(0) === 0x04034b50 || head.readUInt32LE(0) === 0x06054b50)) return "zip";
  return read >= 2 && head[0] === 0x1f && head[1] === 0x8b ? "gzip" : "json";
}

function plain(file: string, path: string, bytes: number, mtimeMs: number): MemberEntry {
  return { path, file, entry: null, bytes, fileTime: Math.floor(mtimeMs), refused: null };
}

async function folderMembers(root: string): Promise<MemberEntry[]> {
  const members: MemberEntry[] = [];
  const walk = async (folder: string, prefix: string): Promise<void> => {
    for (const name of readdirSync(folder)) {
      const file = join(folder, name);
      const path = prefix + name;
      const stat = lstatSync(file);
      if (stat.isDirectory()) await walk(file, `${path}/`);
      else if (stat.isSymbolicLink())
        members.push({ ...plain(file, path, 0, stat.mtimeMs), refused: "a symbolic link, which is not followed" });
      else if (!stat.isFile()) members.push({ ...plain(file, path, 0, stat.mtimeMs), refused: "not a regular file" });
      else if (/\.zip$/i.test(name)) members.push(...(await archiveInFolder(file, path, stat.size, stat.mtimeMs)));
      else members.push(plain(file, path, stat.size, stat.mtimeMs));
    }
  };
  await walk(root, "");
  return inByteOrder(members);
}

async function archiveInFolder(file: string, path: string, bytes: number, mtimeMs: number): Promise<MemberEntry[]> {
  try {
    return await zipMembers(file, `${path}!/`, mtimeMs);
  } catch (thrown) {
    const why = thrown instanceof Error ? thrown.message : String(thrown);
    return [{ ...plain(file, path, bytes, mtimeMs), refused: `a zip archive that cannot be opened: ${why}` }];
  }
}

async function zipMembers(file: string, prefix: string, mtimeMs: number): Promise<MemberEntry[]> {
  const archive = await openZip(file);
  const members = archive.entries.flatMap((entry, index): MemberEntry[] =>
    entry.folder
      ? []
      : [
          {
            path: prefix + entry.name,
            file,
            entry: index,
            bytes: entry.bytes,
            fileTime: Math.floor(mtimeMs),
            refused: entry.refused,
          },
        ],
  );
  archive.close();
  return inByteOrder(members);
}

function inByteOrder(members: MemberEntry[]): MemberEntry[] {
  const keyed = members.map((member) => ({ member, key: Buffer.from(member.path) }));
  return keyed.sort((a, b) => Buffer.compare(a.key, b.key)).map(({ member }) => member);
}
