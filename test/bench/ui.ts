// `npm run bench:ui`: the page's work a frame while the overview is brushed over the sample incident, as the browser's own trace has it.
// A measurement, never a test: exit 0 whatever the timings. TIDEMARK_DEMO names a sample made before.

import { execFileSync } from "node:child_process";
import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type CDPSession, chromium, type Page } from "playwright";
import { startLoopback } from "../../electron/loopback/server.ts";
import { type Measured, readTrace, type Spread, type TraceEvent } from "./frames.ts";

const MOVES = 200;
const SIZE = { width: 1280, height: 800 };
const CATEGORIES = ["toplevel", "devtools.timeline", "disabled-by-default-devtools.timeline.frame", "v8"];

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const node = (...args: string[]): string =>
  execFileSync(process.execPath, args, { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });

const home = mkdtempSync(join(tmpdir(), "tidemark-bench-ui-"));
try {
  await bench();
} finally {
  rmSync(home, { recursive: true, force: true, maxRetries: 5 });
}

async function bench(): Promise<void> {
  const executablePath = node(here("../../build/browser.mjs")).trim().split("\n").at(-1) ?? "";
  const built = join(home, "page");
  node(
    here("../../node_modules/vite/bin/vite.js"),
    "build",
    "--config",
    here("../../build/vite.config.ts"),
    "--outDir",
    built,
  );
  const demo = process.env.TIDEMARK_DEMO ?? join(home, "demo");
  if (!process.env.TIDEMARK_DEMO) node(here("../../electron/cli/tidemark.mjs"), "demo", demo, "--json");
  const casePath = join(home, "sample.tidemark");
  copyFileSync(join(demo, "demo.tidemark"), casePath);

  const app = await startLoopback({
    page: built,
    configFolder: join(home, "config"),
    sampleFolder: join(home, "sample"),
    lingerMs: 0,
  });
  const args = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  const browser = await chromium.launch({ executablePath, args });
  try {
    const page = await browser.newPage({ viewport: SIZE });
    await page.goto(app.invite(`/explore?case=${encodeURIComponent(casePath)}`));
    await page.getByRole("contentinfo").getByText("tuples").waitFor();
    await page.getByRole("slider", { name: "Begin of the range" }).waitFor();
    await drag(page, 20); // the first drag compiles what the second runs
    await page.keyboard.press("0");
    const load = loadavg()[0] ?? 0;
    const events = await traced(await page.context().newCDPSession(page), () => drag(page, MOVES));
    print(readTrace(events), browser.version(), load);
  } finally {
    await browser.close();
    await app.close();
  }
}

/** A new range is drawn from the first tenth of the strip to nine tenths and half back. */
async function drag(page: Page, moves: number): Promise<void> {
  const begin = await page.getByRole("slider", { name: "Begin of the range" }).boundingBox();
  const end = await page.getByRole("slider", { name: "End of the range" }).boundingBox();
  if (begin === null || end === null) throw new Error("The overview has no handles.");
  const [y, width] = [begin.y + begin.height / 2, end.x - begin.x];
  const x = (share: number): number => begin.x + begin.width + share * (width - 2 * begin.width);
  await page.mouse.move(x(0.1), y);
  await page.mouse.down();
  await page.mouse.move(x(0.9), y, { steps: Math.ceil(moves * 0.6) });
  await page.mouse.move(x(0.5), y, { steps: Math.floor(moves * 0.4) });
  await page.mouse.up();
}

async function traced(session: CDPSession, act: () => Promise<void>): Promise<readonly TraceEvent[]> {
  const events: TraceEvent[] = [];
  session.on("Tracing.dataCollected", ({ value }) => void events.push(...(value as unknown as TraceEvent[])));
  const complete = new Promise((done) => session.once("Tracing.tracingComplete", done));
  await session.send("Tracing.start", {
    transferMode: "ReportEvents",
    traceConfig: { includedCategories: CATEGORIES, excludedCategories: ["*"] },
  });
  await act();
  await session.send("Tracing.end");
  await complete;
  return events;
}

function print({ frames, script, all, task }: Measured, version: string, load: number): void {
  const said = `Overview brushed, ${MOVES} moves, ${SIZE.width}x${SIZE.height}, ${frames} frames, Chromium ${version}`;
  console.log(`${said}\n${cpus().length} processors, load ${load.toFixed(1)} before\n`);
  console.log("ms                                median      99th   largest");
  const line = (what: string, { median, p99, largest }: Spread): void =>
    console.log(what.padEnd(30) + [median, p99, largest].map((value) => value.toFixed(2).padStart(10)).join(""));
  line("our script a frame, processor", script.processor);
  line("our script a frame, clock", script.clock);
  line("main thread a frame, processor", all.processor);
  line("main thread a frame, clock", all.clock);
  console.log(
    `\nlongest task ${task.processor.largest.toFixed(1)} ms of the processor, ${task.clock.largest.toFixed(1)} ms by the clock`,
  );
}
