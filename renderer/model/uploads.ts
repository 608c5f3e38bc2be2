// Evidence dropped on the window: by path where the shell knows it, else sent to the host file by file.

import { AppError } from "../../shared/failure.ts";
import { ask } from "../host/ask.ts";
import { choosePath } from "./choose.ts";
import { addEvidence, fail, newCase, openCase, toast, useSession } from "./session.ts";

type Dropped = { readonly path: string; readonly file: File };

/** `entries` are taken from the event at once: a drop's items are gone after its first pause. */
export function entriesOf(transfer: DataTransfer): readonly FileSystemEntry[] {
  return [...transfer.items].flatMap((item) => item.webkitGetAsEntry() ?? []);
}

export async function takeDrop(entries: readonly FileSystemEntry[], files: readonly File[]): Promise<void> {
  try {
    const paths = window.tidemark?.paths(files) ?? null;
    const [first] = entries;
    if (first && entries.length === 1 && /\.tidemark$/i.test(first.name)) {
      if (paths?.[0]) return await openCase(paths[0]);
      throw new AppError(
        "unsupported",
        "In a browser a case is opened where it lies: use Open case, so that nothing of it is copied.",
      );
    }
    const names = entries.length > 0 ? entries.map(({ name }) => name) : files.map(({ name }) => name);
    if (names.length === 0) return;
    if (!(await caseFor(names[0] ?? "case"))) return;
    const what = names.join(", ");
    if (paths) return await addEvidence({ paths }, what);
    const { ticket } = await ask("upload.ticket", {});
    // a file that is not from the file system has no entry
    await send(ticket, entries.length > 0 ? await allOf(entries) : files.map((file) => ({ path: file.name, file })));
    await addEvidence({ upload: ticket }, what);
  } catch (thrown) {
    fail("What was dropped could not be added.", thrown);
  }
}

/** With no case open, evidence needs one first. */
async function caseFor(name: string): Promise<boolean> {
  if (useSession.getState().open !== null) return true;
  const [path] = (await choosePath("new-case", `${name.replace(/\.[\w.]+$/, "") || "case"}.tidemark`)) ?? [];
  if (!path) return false;
  await newCase(path);
  return useSession.getState().open !== null;
}

async function allOf(entries: readonly FileSystemEntry[]): Promise<readonly Dropped[]> {
  const found: Dropped[] = [];
  for (const entry of entries) {
    if (entry.isFile)
      found.push({ path: entry.fullPath.replace(/^\//, ""), file: await fileOf(entry as FileSystemFileEntry) });
    else found.push(...(await allOf(await childrenOf(entry as FileSystemDirectoryEntry))));
  }
  return found;
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject));
}

/** A reader gives a folder's entries a hundred at a time, and none when there are no more. */
async function childrenOf(folder: FileSystemDirectoryEntry): Promise<readonly FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) return all;
    all.push(...some);
  }
}

const TELL_EVERY = 200;

async function send(ticket: string, dropped: readonly Dropped[]): Promise<void> {
  for (const [i, { path, file }] of dropped.entries()) {
    const address = path.split("/").map(encodeURIComponent).join("/");
    const reply = await fetch(`/evidence/${ticket}/${address}`, { method: "PUT", body: file });
    if (!reply.ok) {
      const { failure } = (await reply.json()) as { failure?: { message?: string } };
      throw new AppError("bad-request", failure?.message ?? `${path} could not be sent to the host.`);
    }
    if (i > 0 && i % TELL_EVERY === 0) toast(`${i} of ${dropped.length} files received`);
  }
}
