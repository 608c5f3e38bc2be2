// Room on the disk: a warning before evidence is read that will hardly fit, and what is safe when there is none left.

import { existsSync, statfsSync } from "node:fs";
import { dirname } from "node:path";
import { AppError } from "../../shared/failure.ts";
import { translated } from "../store/database.ts";

/** What a case takes of the evidence's bytes on disk at least: JSON packs well, what is packed already does not. */
const SHARE = { plain: 0.05, packed: 0.5, columns: 0.02 } as const;

type Wanted = { readonly path: string; readonly bytes: number };

/** A sentence where the evidence clearly needs more than is free beside the case; null where it may fit. */
export function roomWarning(casePath: string, evidence: readonly Wanted[], embed: boolean): string | null {
  const needed = evidence.reduce((sum, { path, bytes }) => sum + bytes * shareOf(path, embed), 0);
  const folder = dirname(casePath);
  if (!existsSync(folder)) return null;
  const { bavail, bsize } = statfsSync(folder);
  const free = bavail * bsize;
  if (needed <= free) return null;
  return `${folder} has ${inMb(free)} free, and this evidence will need at least ${inMb(needed)}: adding it will probably stop half-way.`;
}

function shareOf(path: string, embed: boolean): number {
  if (!embed) return SHARE.columns;
  return /\.(zip|gz|tgz)$/i.test(path) ? SHARE.packed : SHARE.plain;
}

function inMb(bytes: number): string {
  return `${Math.ceil(bytes / 1e6).toLocaleString("en")} MB`;
}

/** What was thrown; where the disk is full, with what is safe. */
export function withWhatIsSafe(casePath: string, thrown: unknown, safe: () => number, of: number): unknown {
  const told = translated(casePath, thrown);
  if (!(told instanceof AppError) || told.kind !== "disk-full") return thrown;
  return new AppError(
    "disk-full",
    `The disk is full: ${safe()} of ${of} files are safe in ${casePath}. Make room and add the same evidence again: it goes on from there.`,
  );
}
