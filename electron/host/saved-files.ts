// Files that a window saves for others, piece by piece: written beside their name, there under it when they are whole. Only endings of
// tables, texts and pictures; nothing is written over but what the investigator agreed to in the system's own dialog.

import { existsSync } from "node:fs";
import { type FileHandle, open, rename, rm } from "node:fs/promises";
import { isAbsolute, normalize } from "node:path";
import type { Params, Result } from "../../shared/contract.ts";
import { AppError } from "../../shared/failure.ts";
import { isFull, systemCode, whyNotWritten } from "../../shared/system-code.ts";

/** What a page may make on the disk. None of them is run by a double click. */
const ENDINGS = /\.(csv|tsv|json|ndjson|md|txt|sql|kql|svg|png|graphml|gexf)$/i;

export type SavedFiles = {
  /** A path that the system's dialog returned: it may be there already. */
  agree(path: string): void;
  write(piece: Params<"file.write">): Promise<Result<"file.write">>;
  drop(path: string): Promise<void>;
  dropAll(): Promise<void>;
};

type Begun = { readonly handle: FileHandle; readonly beside: string; bytes: number };

/** `may`: where there are dialogs of the system, only what they returned. */
export function newSavedFiles(may: "new files" | "files agreed to"): SavedFiles {
  const begun = new Map<string, Begun>();
  const agreed = new Set<string>();

  async function begin(path: string): Promise<Begun> {
    if (!isAbsolute(path)) throw new AppError("bad-request", `"${path}" is not a whole path; it begins at no root.`);
    if (!ENDINGS.test(path))
      throw new AppError("bad-request", `"${path}" has no ending of a table, text or picture, such as .csv.`);
    if (may === "files agreed to" && !agreed.has(path))
      throw new AppError("bad-request", `${path} was not chosen in the dialog.`);
    if (may === "new files" && existsSync(path))
      throw new AppError("bad-request", `${path} is there already. Nothing is written over; choose another name.`);
    await drop(path);
    const beside = `${path}.${process.pid}.part`;
    const one = { handle: await refusing(path, () => open(beside, "wx", 0o600)), beside, bytes: 0 };
    begun.set(path, one);
    return one;
  }

  async function drop(path: string): Promise<void> {
    const one = begun.get(path);
    if (!one) return;
    begun.delete(path);
    await one.handle.close();
    await rm(one.beside, { force: true });
  }

  return {
    agree: (path) => void agreed.add(path),
    async write({ path: asked, at, piece, as, last }) {
      const path = normalize(asked);
      const one = at === 0 ? await begin(path) : begun.get(path);
      if (one?.bytes !== at) throw new AppError("bad-request", `${path} has no ${at} bytes yet; begin it again.`);
      const bytes = Buffer.from(piece, as === "text" ? "utf8" : "base64");
      try {
        await refusing(path, () => one.handle.appendFile(bytes));
        one.bytes += bytes.length;
        if (last) await whole(path, one);
      } catch (thrown) {
        await drop(path);
        throw thrown;
      }
      return { bytes: one.bytes };
    },
    drop: (path) => drop(normalize(path)),
    async dropAll() {
      for (const path of [...begun.keys()]) await drop(path);
    },
  };

  async function whole(path: string, { handle, beside }: Begun): Promise<void> {
    if (may === "new files" && existsSync(path))
      throw new AppError("bad-request", `${path} was made by somebody else meanwhile; choose another name.`);
    await refusing(path, async () => {
      await handle.sync();
      await handle.close();
      await rename(beside, path);
    });
    begun.delete(path);
    agreed.delete(path);
  }
}

/** What the disk says is the asker's to know. */
async function refusing<T>(path: string, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (thrown) {
    const code = systemCode(thrown);
    if (isFull(code)) throw new AppError("disk-full", `${path} cannot be written: the disk is full.`);
    if (code === "ENOENT") throw new AppError("not-found", `There is no folder for ${path}.`);
    if (code !== "") throw new AppError("bad-request", `${path} cannot be written: ${whyNotWritten(code)}.`);
    if (thrown instanceof Error && "code" in thrown)
      throw new AppError("bad-request", `${path} cannot be written: ${thrown.message}.`);
    throw thrown;
  }
}
