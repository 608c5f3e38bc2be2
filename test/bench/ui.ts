// `npm run bench:ui [-- --tuples 10M]`: the page's work a frame while the overview is brushed over the sample incident, or a generated
// case, as the browser's own trace has it, beside a page that only fills a canvas; its first paint; its size. A measurement, never a
// test: exit 0 whatever the timings. TIDEMARK_DEMO names a sample made before.

import { execFileSync } from "node:child_process";
import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type CDPSession, chromium, type Page } from "playwright";
import { startLoopback } from "../../electron/loopback/server.ts";
import { compressedBytes } from "../support/page-size.ts";
import { type Measured, readTrace, type Spread, type TraceEvent } from "./frames.ts";
import { ingestWithTidemark } from "./ingest.ts";
import { writeLogs } from "./logs.ts";
import { mixes } from "./mixes.ts";
import { readOptions } from "./options.ts";
import { whole } from "./print.ts";

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
  const { casePath, what } = await madeCase();

  const app = await startLoopback({
    page: built,
    configFolder: join(home, "config"),
    sampleFolder: join(home, "sample"),
    lingerMs: 0,
  });
  const args = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  const browser = await chromium.launch({ executablePath, args });
  try {
    const empty = await emptyCanvas(await browser.newPage({ viewport: SIZE }));
    const page = await browser.newPage({ viewport: SIZE });
    await page.goto(app.invite(`/explore?case=${encodeURIComponent(casePath)}`));
    await page.getByRole("contentinfo").getByText("tuples").waitFor({ timeout: 120_000 });
    await page.getByRole("slider", { name: "Begin of the range" }).waitFor();
    const answeredMs = await page.evaluate(() => performance.now());
    const paintMs = await page.evaluate(
      () => performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? Number.NaN,
    );
    await drag(page, 20); // the first drag compiles what the second runs
    await page.keyboard.press("0");
    const load = loadavg()[0] ?? 0;
    const events = await traced(await page.context().newCDPSession(page), () => drag(page, MOVES));
    const measured = readTrace(events);
    print(what, measured, empty, browser.version(), load);
    console.log(
      `first paint on loopback ${whole(paintMs)} ms, the case's first figures and handles ${whole(answeredMs)} ms`,
    );
    console.log(
      `page ${whole(compressedBytes(built) / 1000)} kB compressed (goal 900), fonts and all that is loaded later included`,
    );
  } finally {
    await browser.close();
    await app.close();
  }
}

/** The sample incident, or as much generated traffic as was asked for. */
async function madeCase(): Promise<{ readonly casePath: string; readonly what: string }> {
  const asked = process.argv.slice(2);
  if (asked.length > 0) {
    const { tuples } = readOptions(asked);
    const logs = join(home, "logs");
    writeLogs(mixes.recorded!, tuples, logs);
    await ingestWithTidemark(logs, home, tuples, "not embedded");
    rmSync(logs, { recursive: true, force: true });
    return { casePath: join(home, "case.tidemark"), what: `${whole(tuples)} tuples of recorded traffic` };
  }
  const demo = process.env.TIDEMARK_DEMO ?? join(home, "demo");
  if (!process.env.TIDEMARK_DEMO) node(here("../../electron/cli/tidemark.mjs"), "demo", demo, "--json");
  const casePath = join(home, "sample.tidemark");
  copyFileSync(join(demo, "demo.tidemark"), casePath);
  return { casePath, what: "the sample incident" };
}

/** What a frame costs where the page does nothing but fill a canvas of its size at each move. */
async function emptyCanvas(page: Page): Promise<Measured> {
  await page.setContent(
    `<canvas width="${SIZE.width}" height="${SIZE.height}" style="position:fixed;inset:0"></canvas>`,
  );
  await page.evaluate(() => {
    const context = document.querySelector("canvas")?.getContext("2d");
    let asked = false;
    window.addEventListener("mousemove", ({ clientX }) => {
      if (asked) return;
      asked = true;
      requestAnimationFrame(() => {
        asked = false;
        if (context) context.fillStyle = clientX % 2 ? "#fff" : "#eee";
        context?.fillRect(0, 0, 1280, 800);
      });
    });
  });
  const session = await page.context().newCDPSession(page);
  const events = await traced(session, async () => {
    await page.mouse.move(10, 400);
    await page.mouse.move(1200, 400, { steps: MOVES });
  });
  await page.close();
  return readTrace(events);
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

function print(what: string, measured: Measured, empty: Measured, version: string, load: number): void {
  const { frames, script, all, task } = measured;
  const said = `Overview brushed over ${what}, ${MOVES} moves, ${SIZE.width}x${SIZE.height}, ${frames} frames, Chromium ${version}`;
  console.log(`${said}\n${cpus().length} processors, load ${load.toFixed(1)} before\n`);
  console.log("ms                                  median      99th   largest");
  const line = (title: string, { median, p99, largest }: Spread): void =>
    console.log(title.padEnd(32) + [median, p99, largest].map((value) => value.toFixed(2).padStart(10)).join(""));
  line("our script a frame, processor", script.processor);
  line("our script a frame, clock", script.clock);
  line("main thread a frame, processor", all.processor);
  line("main thread a frame, clock", all.clock);
  line("empty canvas, script, processor", empty.script.processor);
  line("empty canvas, thread, processor", empty.all.processor);
  console.log(
    `\nlongest task ${task.processor.largest.toFixed(1)} ms of the processor, ${task.clock.largest.toFixed(1)} ms by the clock (empty canvas ${empty.task.clock.largest.toFixed(1)})`,
  );
}
