// One member of 2 GB that is made as it is read (RELIABILITY R27): memory is bounded and does not grow with what was read.

import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { figure } from "../support/figure.ts";

const CHILD = join(import.meta.dirname, "..", "support", "fixtures", "read-stream.ts");

type Line = { readonly tuples?: number; readonly read?: number; readonly rss: number; readonly peak?: number };

/** Growth of the second with the first, by least squares. */
function slope(points: readonly (readonly [number, number])[]): number {
  const mean = (of: 0 | 1): number => points.reduce((sum, point) => sum + point[of], 0) / points.length;
  const [x, y] = [mean(0), mean(1)];
  const top = points.reduce((sum, point) => sum + (point[0] - x) * (point[1] - y), 0);
  return top / points.reduce((sum, point) => sum + (point[0] - x) ** 2, 0);
}

test("a member of 2 GB: under 600 MB, and less than 1 MB more for each 100,000 tuples", async () => {
  const began = performance.now();
  const home = mkdtempSync(join(tmpdir(), "tidemark-large-"));
  try {
    const child = spawn(process.execPath, [CHILD, join(home, "case.tidemark"), String(2e9)], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    let text = "";
    child.stdout.on("data", (chunk: Buffer) => {
      text += chunk.toString("utf8");
    });
    const code = await new Promise((settle) => child.on("close", settle));
    expect(code).toBe(0);
    const lines = text
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Line);
    const { read = 0, peak = 0 } = lines.at(-1)!;
    // What grows to its size once (window, columns, young objects) has done so by then.
    const settled = lines.filter(({ tuples = 0 }) => tuples > 2_000_000);
    const grown = slope(settled.map(({ tuples, rss }) => [tuples! / 100_000, rss / 1e6]));
    figure("R27 a member of 2 GB", {
      tuples: read,
      "MB of memory at most": peak / 1e6,
      "kB more for each 100,000 tuples": grown * 1000,
      "MB of case": statSync(join(home, "case.tidemark")).size / 1e6,
      s: (performance.now() - began) / 1000,
    });
    expect(read).toBeGreaterThan(20_000_000);
    expect(peak).toBeLessThan(600e6);
    expect(grown).toBeLessThan(1);
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
});
