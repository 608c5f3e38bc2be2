// Runs a Node program as a fresh process and measures it from outside: wall time, start-up included, and the peak memory of
// its whole process tree. Throws when it does not end with exit code 0.

import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";

export type Measured = {
  readonly stdout: string;
  readonly wallMs: number;
  /**
   * Sum over the tree's processes of each one's own peak of resident memory (VmHWM): never less than the tree's peak, and
   * more where they peak at different moments. Null where /proc does not tell.
   */
  readonly peakBytes: number | null;
  /** The most that one process of the tree took: Tidemark's is the one that writes. */
  readonly largestBytes: number | null;
};

const EVERY_MS = 50;
const canMeasure = existsSync(`/proc/self/task/${process.pid}/children`);
const running = new Set<ChildProcess>();
process.on("exit", () => {
  for (const child of running) child.kill();
});

export async function measure(args: readonly string[]): Promise<Measured> {
  const start = performance.now();
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"] });
  running.add(child);
  const [out, err]: [Buffer[], Buffer[]] = [[], []];
  child.stdout.on("data", (chunk: Buffer) => out.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => err.push(chunk));
  const peaks = new Map<number, number>();
  const { pid } = child;
  const timer = canMeasure && pid !== undefined ? setInterval(() => sample(pid, peaks), EVERY_MS) : null;
  let wallMs = 0;
  child.on("exit", () => {
    wallMs = performance.now() - start;
  });
  const code = await new Promise<number | null>((settle, fail) => {
    child.on("error", fail);
    child.on("close", settle);
  });
  running.delete(child);
  if (timer) clearInterval(timer);
  if (code !== 0) {
    throw new Error(
      `${args.join(" ")} ended with ${code ?? "a signal"}\n${Buffer.concat(err).toString().slice(-2000)}`,
    );
  }
  const each = [...peaks.values()];
  const sum = each.reduce((a, b) => a + b, 0);
  return {
    stdout: Buffer.concat(out).toString(),
    wallMs,
    peakBytes: timer ? sum : null,
    largestBytes: timer ? Math.max(...each) : null,
  };
}

/** Raises the peaks of a process and of all that it started. A process that has just ended is passed over. */
function sample(pid: number, peaks: Map<number, number>): void {
  try {
    const peak = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "latin1"))?.[1];
    if (peak !== undefined) peaks.set(pid, Math.max(peaks.get(pid) ?? 0, Number(peak) * 1024));
    for (const task of readdirSync(`/proc/${pid}/task`)) {
      const children = readFileSync(`/proc/${pid}/task/${task}/children`, "latin1");
      for (const child of children.split(" ")) if (child !== "") sample(Number(child), peaks);
    }
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code !== "ENOENT" && code !== "ESRCH") throw error;
  }
}
