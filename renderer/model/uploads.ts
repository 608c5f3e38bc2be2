// Evidence dropped on the window: by path where the shell knows it, else sent to the host file by file, with its progress.

import { create } from "zustand";
import { AppError } from "../../shared/failure.ts";
import { ask } from "../host/ask.ts";
import { choosePath } from "./choose.ts";
import { type Dropped, filesOf } from "./dropped.ts";
import { caseNameFor } from "./paths.ts";
import { addEvidence, fail, isAdding, newCase, openCase, toast, useSession, writable } from "./session.ts";

export type Receiving = {
  readonly what: string;
  readonly files: number;
  readonly filesOf: number;
  readonly bytes: number;
  readonly bytesOf: number;
  readonly cancel: () => void;
};

export const useReceiving = create<{ readonly receiving: Receiving | null }>(() => ({ receiving: null }));

/** Why nothing can be dropped now; null where it can. */
export function dropBlocked(): string | null {
  const { open, adding } = useSession.getState();
  if (isAdding(adding) || useReceiving.getState().receiving !== null)
    return "Evidence is being added; wait for it or cancel it.";
  return open?.readOnly ?? null;
}

export async function takeDrop(entries: readonly FileSystemEntry[], files: readonly File[]): Promise<void> {
  try {
    const paths = window.tidemark?.paths(files).filter((path) => path !== "") ?? null;
    const names = entries.length > 0 ? entries.map(({ name }) => name) : files.map(({ name }) => name);
    const [first] = names;
    if (first === undefined) return;
    if (names.length === 1 && /\.tidemark$/i.test(first)) return await openDropped(first, paths);
    const blocked = dropBlocked();
    if (blocked !== null) throw new AppError("busy", blocked);
    if (!(await caseFor(first))) return;
    writable();
    const what = names.join(", ");
    if (paths !== null && paths.length > 0) return await addEvidence({ paths }, what);
    await send(what, await filesOf(entries, files));
  } catch (thrown) {
    fail("What was dropped could not be added.", thrown);
  }
}

async function openDropped(name: string, paths: readonly string[] | null): Promise<void> {
  const [path] = paths ?? [];
  if (path !== undefined) {
    await openCase(path);
    return;
  }
  throw new AppError(
    "unsupported",
    `A browser does not tell where ${name} lies. Use Open case, so that it is opened there and not copied.`,
  );
}

/** With no case open, evidence needs one first. */
async function caseFor(name: string): Promise<boolean> {
  if (useSession.getState().open !== null) return true;
  const [path] = (await choosePath("new-case", caseNameFor(name))) ?? [];
  return path !== undefined && (await newCase(path));
}

const AT_ONCE = 3;

/** Everything arrives whole, or nothing of it is added. */
async function send(what: string, dropped: readonly Dropped[]): Promise<void> {
  if (dropped.length === 0) throw new AppError("bad-request", `There is no file in ${what}.`);
  const stop = new AbortController();
  const { ticket } = await ask("upload.ticket", {});
  const bytesOf = dropped.reduce((sum, { file }) => sum + file.size, 0);
  const sent = new Float64Array(dropped.length);
  let files = 0;
  let next = 0;
  const tell = (): void => {
    const bytes = Math.min(
      bytesOf,
      sent.reduce((sum, each) => sum + each, 0),
    );
    useReceiving.setState({
      receiving: { what, files, filesOf: dropped.length, bytes, bytesOf, cancel: () => stop.abort() },
    });
  };
  async function sendNext(): Promise<void> {
    for (let i = next++; i < dropped.length; i = next++) {
      const each = dropped[i] as Dropped; // below the length, as above
      await put(ticket, each, stop.signal, (bytes) => {
        sent[i] = bytes;
        tell();
      });
      sent[i] = each.file.size;
      files += 1;
      tell();
    }
  }
  tell();
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, sendNext));
  } catch (thrown) {
    const cancelled = stop.signal.aborted;
    stop.abort();
    if (!cancelled) throw thrown;
    toast(`${what} was not added: receiving it was cancelled.`);
    return;
  } finally {
    useReceiving.setState({ receiving: null });
  }
  await addEvidence({ upload: ticket }, what);
}

/** XMLHttpRequest, for `fetch` does not tell how much was sent. */
function put(
  ticket: string,
  { path, file }: Dropped,
  signal: AbortSignal,
  onProgress: (bytes: number) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(new AppError("cancelled", "Receiving was cancelled."));
    const request = new XMLHttpRequest();
    const abort = (): void => request.abort();
    const failed = (message: string): void => reject(new AppError("bad-request", `${path}: ${message}`));
    signal.addEventListener("abort", abort);
    request.upload.addEventListener("progress", ({ loaded }) => onProgress(loaded));
    request.addEventListener("loadend", () => signal.removeEventListener("abort", abort));
    request.addEventListener("abort", () => reject(new AppError("cancelled", "Receiving was cancelled.")));
    request.addEventListener("error", () => failed("it could not be read, or the host does not answer."));
    request.addEventListener("load", () =>
      request.status === 201 ? resolve() : failed(sentenceOf(request.responseText)),
    );
    request.open("PUT", `/evidence/${ticket}/${path.split("/").map(encodeURIComponent).join("/")}`);
    request.send(file);
  });
}

function sentenceOf(reply: string): string {
  try {
    const { failure } = JSON.parse(reply) as { readonly failure?: { readonly message?: unknown } };
    if (typeof failure?.message === "string") return failure.message;
  } catch {
    // a sentence, not JSON
  }
  return reply.trim().slice(0, 200) || "the host refused it.";
}
