// A copy of the case for somebody else: one sealed file and beside it its SHA-256 as `sha256sum -c` reads it. Both, or neither.

import { randomBytes } from "node:crypto";
import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";
import { Worker } from "node:worker_threads";
import type { Result } from "../../shared/contract.ts";
import { AppError } from "../../shared/failure.ts";
import { isFull, systemCode, whyNotWritten } from "../../shared/system-code.ts";
import { checkHeader } from "../store/case-file.ts";
import type { Copied } from "../store/copy.ts";
import type { FromCopy, ToCopy } from "./copy-thread.ts";

/** Throws AppError: bad-request (something is there already), not-found, disk-full, cancelled, case-damaged, case-from-future. */
export async function copyTo(path: string, wanted: string, signal: AbortSignal): Promise<Result<"case.copy">> {
  checkHeader(path);
  const to = resolve(wanted);
  const folder = dirname(to);
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    throw new AppError("not-found", `There is no folder ${folder} to copy to.`);
  const sum = `${to}.sha256`;
  refuseTaken([to, sum]);
  const temporary = `${to}.${randomBytes(6).toString("hex")}.part`;
  const toRemove = ["", "-journal", "-wal", "-shm", ".sha256"].map((suffix) => temporary + suffix);
  try {
    const { bytes, sha256 } = await copyInThread({ path, to: temporary });
    if (signal.aborted) throw new AppError("cancelled", "Copying the case was cancelled.");
    writeFileSync(`${temporary}.sha256`, sumLine(sha256, basename(to)), { flag: "wx", flush: true });
    refuseTaken([to, sum]);
    renameSync(temporary, to);
    toRemove.push(to); // a copy without its sum does not stay
    renameSync(`${temporary}.sha256`, sum);
    toRemove.pop();
    syncFolder(folder);
    return { path: to, bytes, sha256 };
  } catch (thrown) {
    throw refusal(to, temporary, thrown);
  } finally {
    for (const each of toRemove) rmSync(each, { force: true });
  }
}

function refuseTaken(paths: readonly string[]): void {
  for (const path of paths)
    if (existsSync(path)) throw new AppError("bad-request", `${path} is there already; nothing was written over.`);
}

async function copyInThread(copy: ToCopy): Promise<Copied> {
  const thread = new Worker(new URL("./copy-thread.ts", import.meta.url), { workerData: copy });
  const told = await new Promise<FromCopy>((settle, fail) => {
    thread.once("message", settle);
    thread.once("error", fail);
    thread.once("exit", () => fail(new Error("the thread that copies ended by itself")));
  });
  if ("failure" in told) throw new AppError(told.failure.kind, told.failure.message);
  return told.copied;
}

/** What the system refuses, as a failure of ours. */
function refusal(to: string, temporary: string, thrown: unknown): unknown {
  if (thrown instanceof AppError) return new AppError(thrown.kind, thrown.message.replaceAll(temporary, to));
  const code = systemCode(thrown);
  if (isFull(code)) return new AppError("disk-full", `There is no room left to write ${to}.`);
  if (/^E(ACCES|PERM|ROFS|IO|NOENT|NAMETOOLONG)$/.test(code))
    return new AppError("not-found", `${to} cannot be written: ${whyNotWritten(code)}.`);
  return thrown;
}

/** A name that would break the line is escaped as sha256sum does. */
function sumLine(sha256: string, name: string): string {
  if (!/[\\\n\r]/.test(name)) return `${sha256}  ${name}\n`;
  return `\\${sha256}  ${name.replaceAll("\\", "\\\\").replaceAll("\n", "\\n").replaceAll("\r", "\\r")}\n`;
}

/** So that the names are on disk too, where the system can; the files are there in any case. */
function syncFolder(folder: string): void {
  try {
    const fd = openSync(folder, "r");
    fsyncSync(fd);
    closeSync(fd);
  } catch {
    // Windows, and some file systems of memory sticks, have no such thing
  }
}
