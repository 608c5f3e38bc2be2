// One large member that is made as it is read (R27), for its memory: it must be bounded and not grow with what was read.

import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const CHILD = join(import.meta.dirname, "fixtures", "read-stream.ts");

type Line = { readonly tuples?: number; readonly read?: number; readonly rss: number; readonly peak?: number };

/** Growth of the second with the first, by least squares. */
function slope(points: readonly (readonly [number, number])[]): number {
  const mean = (of: 0 | 1): number => points.reduce((sum, point) => sum + point[of], 0) / points.length;
  const [x, y] = [mean(0), mean(1)];
  const top = points.reduce((sum, point) => sum + (point[0] - x) * (point[1] - y), 0);
  return top / points.reduce((sum, point) => sum + (point[0] - x) ** 2, 0);
}

export type Reading = {
  readonly tuples: number;
  /** Bytes. */
  readonly peak: number;
  /** MB more for each 100,000 tuples. */
  readonly grown: number;
  readonly caseBytes: number;
};

export async function readLargeMember(bytes: number): Promise<Reading> {
  const home = mkdtempSync(join(tmpdir(), "tidemark-large-"));
  try {
    const child = spawn(process.execPath, [CHILD, join(home, "case.tidemark"), String(bytes)], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    let text = "";
    child.stdout.on("data", (chunk: Buffer) => {
      text += chunk.toString("utf8");
    });
    const code = await new Promise((settle) => child.on("close", settle));
    if (code !== 0) throw new Error(`the child ended with ${code}`);
    const lines = text
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Line);
    const { read = 0, peak = 0 } = lines.at(-1) ?? {};
    // What grows to its size once (window, columns, young objects) has done so by then.
    const settled = lines.filter(({ tuples = 0 }) => tuples > 2_000_000);
    const grown = slope(settled.map(({ tuples = 0, rss }) => [tuples / 100_000, rss / 1e6]));
    return { tuples: read, peak, grown, caseBytes: statSync(join(home, "case.tidemark")).size };
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}
