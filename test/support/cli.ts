// Runs the command line as a user does: a child process, its exit code and what it wrote. Temporary folders clean themselves up.

import { type ChildProcess, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll } from "vitest";

const PROGRAM = join(import.meta.dirname, "..", "..", "electron", "cli", "tidemark.mjs");

export type Run = {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
};

export type Running = { readonly child: ChildProcess; readonly ended: Promise<Run> };

/** Starts the program as leader of its own process group, so that a signal can reach all of it. */
export function start(args: readonly string[]): Running {
  const child = spawn(process.execPath, [PROGRAM, ...args], { detached: true, stdio: ["ignore", "pipe", "pipe"] });
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => out.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => err.push(chunk));
  const ended = new Promise<Run>((settle, fail) => {
    child.on("error", fail);
    child.on("close", (code, signal) => {
      settle({
        code,
        signal,
        stdout: Buffer.concat(out).toString("utf8"),
        stderr: Buffer.concat(err).toString("utf8"),
      });
    });
  });
  return { child, ended };
}

export function tidemark(...args: readonly string[]): Promise<Run> {
  return start(args).ended;
}

/** What a command prints as JSON. `code`: the exit code it must end with, or any of several. */
export async function json<T>(args: readonly string[], code: number | readonly number[] = 0): Promise<T> {
  const run = await tidemark(...args);
  if (run.code === null || ![code].flat().includes(run.code)) {
    throw new Error(`exit ${run.code}, not ${String(code)}: tidemark ${args.join(" ")}\n${run.stderr}`);
  }
  return JSON.parse(run.stdout) as T;
}

export type Row = Record<string, string | number | null | string[]>;

/** Every row of an answer. */
export async function rows(caseFile: string, by: string, ...more: readonly string[]): Promise<Row[]> {
  const args = ["query", caseFile, "--by", by, "--format", "ndjson", "--limit", "0", ...more];
  const run = await tidemark(...args);
  if (run.code !== 0) throw new Error(`exit ${run.code}: tidemark ${args.join(" ")}\n${run.stderr}`);
  return run.stdout.split("\n").flatMap((line) => (line === "" ? [] : [JSON.parse(line) as Row]));
}

const made: string[] = [];
afterAll(() => {
  for (const path of made.splice(0)) rmSync(path, { recursive: true, force: true, maxRetries: 5 });
});

/** A fresh folder, holding `files` (name → bytes); it goes when the test file ends. */
export function folder(files: Iterable<readonly [string, Buffer | string]> = []): string {
  const path = realpathSync(mkdtempSync(join(tmpdir(), "tidemark-test-")));
  made.push(path);
  put(path, files);
  return path;
}

/** Writes files below a folder. */
export function put(path: string, files: Iterable<readonly [string, Buffer | string]>): void {
  for (const [name, bytes] of files) {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), bytes);
  }
}

export function sha256(path: string): string {
  return createHash("sha256").update(readFileSync(path)).digest("hex");
}

/** Every path below a folder, sorted: what a command left behind. */
export function listing(path: string): string[] {
  return (readdirSync(path, { recursive: true }) as string[]).sort();
}

/** Runs jobs two at a time, keeping the order of their results. */
export async function inPairs<I, O>(items: readonly I[], work: (item: I, index: number) => Promise<O>): Promise<O[]> {
  const results: O[] = [];
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < items.length) {
      const index = next;
      next += 1;
      results[index] = await work(items[index]!, index);
    }
  };
  await Promise.all([lane(), lane()]);
  return results;
}
