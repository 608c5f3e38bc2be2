// A folder as the page's chooser shows it, where there is no native dialog: folders first, then files, by name; at most 2,000.

import { type Dirent, existsSync, type Stats } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { homedir } from "node:os";
import { basename, dirname, isAbsolute, join, parse, resolve } from "node:path";
import type { FolderListing } from "../../shared/contract.ts";
import { AppError } from "../../shared/failure.ts";

type Entry = FolderListing["entries"][number];

const MOST = 2000;
const byName = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

export async function listFolder(folder: string, lastUsed: string | null): Promise<FolderListing> {
  if (!isAbsolute(folder)) throw new AppError("bad-request", `"${folder}" is not a whole path; it begins at no root.`);
  const path = resolve(folder);
  const named = await Promise.all((await namesIn(path)).map((entry) => withKind(path, entry)));
  named.sort((a, b) => rank(a) - rank(b) || byName.compare(a.name, b.name) || (a.name < b.name ? -1 : 1));
  const listed = named.slice(0, MOST);
  const parent = dirname(path);
  return {
    folder: path,
    parent: parent === path ? null : parent,
    places: places(path, lastUsed),
    entries: await Promise.all(listed.map(({ name, isFolder }) => entryOf(join(path, name), name, isFolder))),
    more: named.length - listed.length,
  };
}

async function namesIn(path: string): Promise<Dirent[]> {
  try {
    return await readdir(path, { withFileTypes: true });
  } catch (thrown) {
    const code = thrown instanceof Error && "code" in thrown ? thrown.code : "";
    if (code === "ENOENT") throw new AppError("not-found", `There is no folder at ${path}.`);
    if (code === "ENOTDIR") throw new AppError("bad-request", `${path} is a file, not a folder.`);
    const why = code === "EACCES" || code === "EPERM" ? "this user may not read it" : String(thrown);
    throw new AppError("not-found", `${path} cannot be listed: ${why}.`);
  }
}

type Named = { readonly name: string; readonly isFolder: boolean };

async function withKind(folder: string, entry: Dirent): Promise<Named> {
  const { name } = entry;
  if (!entry.isSymbolicLink()) return { name, isFolder: entry.isDirectory() };
  return { name, isFolder: (await statOf(join(folder, name)))?.isDirectory() ?? false };
}

/** Folders, hidden folders, files, hidden files. */
function rank({ name, isFolder }: Named): number {
  return (isFolder ? 0 : 2) + (name.startsWith(".") ? 1 : 0);
}

async function entryOf(path: string, name: string, isFolder: boolean): Promise<Entry> {
  const found = await statOf(path);
  return {
    name,
    path,
    kind: isFolder ? "folder" : kindOf(name),
    bytes: isFolder ? 0 : (found?.size ?? 0),
    modifiedTime: Math.max(0, Math.floor(found?.mtimeMs ?? 0)),
  };
}

/** Null where it is gone, a link to nothing, or not to be looked at. */
async function statOf(path: string): Promise<Stats | null> {
  return await stat(path).catch(() => null);
}

/** By its name alone; what a file is, its bytes will say. */
export function kindOf(name: string): Entry["kind"] {
  if (/\.tidemark$/i.test(name)) return "case";
  return /\.(json|gz|zip|tar|tgz)$/i.test(name) ? "evidence" : "other";
}

function places(path: string, lastUsed: string | null): FolderListing["places"] {
  const found = [{ name: "Home", path: homedir() }];
  if (lastUsed !== null) found.push({ name: basename(lastUsed) || lastUsed, path: lastUsed });
  for (const name of ["Desktop", "Documents", "Downloads"]) found.push({ name, path: join(homedir(), name) });
  if (process.platform === "win32")
    for (const letter of "ABCDEFGHIJKLMNOPQRSTUVWXYZ") found.push({ name: `${letter}:`, path: `${letter}:\\` });
  else found.push({ name: "File system", path: parse(path).root });
  for (const mounts of ["/Volumes", "/media", "/mnt"]) found.push({ name: basename(mounts), path: mounts });
  const seen = new Set<string>();
  return found.filter((place) => !seen.has(place.path) && seen.add(place.path) && existsSync(place.path));
}
