// A member found again by its path, where it was added from: for reading its original bytes when the case does not hold them.
// Writes nothing: what must be unpacked to be read is kept in memory.

import { lstatSync, type Stats, statSync } from "node:fs";
import { join, resolve } from "node:path";
import type { MemberEntry } from "../segment/part.ts";
import { type Listing, listSource } from "./list-source.ts";

/** Null where it is not there any more. `inFolder`: the source is a folder. */
export async function findMember(source: string, inFolder: boolean, path: string): Promise<MemberEntry | null> {
  if (!inFolder) return named(await listed(resolve(source)), path);
  if (!path.split("/").includes("..")) {
    const direct = join(source, path);
    if (isFile(direct)) return (await listed(direct))?.members.find(({ entry }) => entry === null) ?? null;
    for (let at = path.indexOf("!/"); at !== -1; at = path.indexOf("!/", at + 1)) {
      const archive = join(source, path.slice(0, at));
      if (isFile(archive)) return named(await listed(archive), path.slice(at + 2));
    }
  }
  return named(await listed(resolve(source)), path); // its path is shown otherwise than it is written
}

function named(listing: Listing | null, path: string): MemberEntry | null {
  return listing?.members.find((member) => member.path === path) ?? null;
}

function isFile(path: string): boolean {
  try {
    return lstatSync(path).isFile();
  } catch {
    return false; // why makes no difference: it is looked for elsewhere
  }
}

// Records of one archive are asked for in a row, and listing it can take long.
let last: { readonly path: string; readonly size: number; readonly mtimeMs: number; readonly listing: Listing } | null =
  null;

async function listed(path: string): Promise<Listing | null> {
  let stat: Stats;
  try {
    stat = statSync(path);
  } catch {
    return null; // not there: the caller says so
  }
  const { size, mtimeMs } = stat;
  if (last?.path === path && last.size === size && last.mtimeMs === mtimeMs && stat.isFile()) return last.listing;
  const listing = await listSource(path, null);
  last = { path, size, mtimeMs, listing };
  return listing;
}
