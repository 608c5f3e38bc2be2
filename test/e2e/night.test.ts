// The night of the beacon: brushed, typed and by keys, down to the bytes of one tuple. Every figure is the command line's; the bytes
// are found in the files a second way.

import type { Page } from "playwright";
import { expect, test } from "vitest";
import { figure, openPage, query, sampleCase, sum } from "./app.ts";
import { tupleInFile, tupleText } from "./original.ts";
import {
  brush,
  bytesText,
  chosenRow,
  grid,
  inspector,
  markedTuple,
  rangeField,
  rangeOfAddress,
  statusBar,
  sumsOf,
  tabTo,
} from "./screens.ts";

const FROM = Date.UTC(2026, 2, 11, 0);
const TO = Date.UTC(2026, 2, 11, 6);
const NIGHT = "2026-03-11 00:00 to 2026-03-11 06:00";
const beacon = { src: "10.1.2.4", dst: "203.0.113.45" };
const ofBeacon = `src == ${beacon.src} and dst == ${beacon.dst}`;
const range = ["--from", String(FROM), "--to", String(TO)];

async function statusBarSays(page: Page, casePath: string, ...options: readonly string[]): Promise<void> {
  const tuples = query(casePath, "tuples", ...options);
  const conversations = query(casePath, "conversations", ...options);
  const bar = statusBar(page);
  await bar.getByText(`${figure.format(tuples.length)} tuples`, { exact: true }).waitFor();
  await bar.getByText(`${figure.format(conversations.length)} conversations`, { exact: true }).waitFor();
  const [sent, received] = [sum(tuples, "bytesSent"), sum(tuples, "bytesReceived")];
  await bar.getByTitle(`${bytesText(sent)} sent, ${bytesText(received)} received`, { exact: true }).waitFor();
}

/** Evidence of the beacon: its sums, and the tuple at `index` chosen and marked. */
async function evidenceShows(page: Page, casePath: string, index: number): Promise<void> {
  const tuples = query(casePath, "tuples", "--filter", ofBeacon, ...range);
  const [sent, received] = [sum(tuples, "bytesSent"), sum(tuples, "bytesReceived")];
  await page.getByRole("heading", { name: bytesText(sent + received) }).waitFor();
  const said = `sum of ${figure.format(tuples.length)} tuples: ${bytesText(sent)} sent, ${bytesText(received)} received`;
  await page.getByText(said, { exact: true }).waitFor();
  await expect.poll(() => sumsOf(page, "Tuples").textContent()).toContain(`Σ ${figure.format(tuples.length)} tuples`);
  await expect.poll(() => chosenRow(page, "Tuples").getAttribute("aria-rowindex")).toBe(String(index + 2));
  const row = tuples[index]!;
  const { offset, text } = tupleInFile(row);
  expect(text).toBe(tupleText(row));
  await expect.poll(() => markedTuple(page)).toEqual({ text, offset });
}

test("brushed and typed, the edge's figures, its tuples, the bytes of one; back, forward and reload show the same", async () => {
  const casePath = sampleCase("night");
  const page = await openPage(casePath, "explore");

  const { msPerPx } = await brush(page, FROM, TO);
  await expect.poll(() => rangeOfAddress(page).from).toBeGreaterThan(0);
  const brushed = rangeOfAddress(page);
  expect(Math.abs(brushed.from - FROM)).toBeLessThan(2 * msPerPx);
  expect(Math.abs(brushed.to - TO)).toBeLessThan(2 * msPerPx);
  await statusBarSays(page, casePath, "--from", String(brushed.from), "--to", String(brushed.to));

  await rangeField(page, "Begin").fill(NIGHT);
  await rangeField(page, "Begin").press("Enter");
  await expect.poll(() => rangeOfAddress(page)).toEqual({ from: FROM, to: TO });
  await statusBarSays(page, casePath, ...range);

  const edges = query(casePath, "edges", ...range);
  await page.getByRole("tab", { name: `Edges ${figure.format(edges.length)}`, exact: true }).click();
  const sums = sumsOf(page, "Edges");
  await sums.getByText(`Σ ${figure.format(edges.length)} edges, each side`).waitFor();
  for (const field of ["bytesSent", "bytesReceived"])
    await sums.getByTitle(bytesText(sum(edges, field)), { exact: true }).waitFor();
  await expect.poll(() => sums.textContent()).toContain(figure.format(sum(edges, "tuples")));

  const edge = edges.find((row) => row.srcIp === beacon.src && row.dstIp === beacon.dst)!;
  await page.getByRole("row", { name: new RegExp(`${beacon.src}.*${beacon.dst}`) }).click();
  const edgeIsShown = async (): Promise<void> => {
    await expect.poll(() => chosenRow(page, "Edges").textContent()).toContain(figure.format(Number(edge.tuples)));
    const panel = inspector(page);
    const conversations = query(casePath, "conversations", "--filter", ofBeacon, ...range);
    await panel.getByRole("button", { name: `${figure.format(Number(edge.tuples))} tuples` }).waitFor();
    await panel.getByRole("button", { name: `${figure.format(conversations.length)} conversations` }).waitFor();
    const both = Number(edge.bytesSent) + Number(edge.bytesReceived);
    await panel
      .locator(`[title="${bytesText(both)}"]`)
      .first()
      .waitFor();
    await statusBarSays(page, casePath, ...range);
  };
  await edgeIsShown();

  await inspector(page)
    .getByRole("button", { name: `${figure.format(Number(edge.tuples))} tuples` })
    .click();
  await evidenceShows(page, casePath, 0);
  await grid(page, "Tuples").locator('[aria-rowindex="7"]').click();
  await evidenceShows(page, casePath, 5);

  await page.goBack();
  await edgeIsShown();
  await page.goForward();
  await evidenceShows(page, casePath, 5);
  await page.reload();
  await evidenceShows(page, casePath, 5);
});

test("by keyboard alone, from the start of Explore to the bytes and back", async () => {
  const casePath = sampleCase("keys");
  const page = await openPage(casePath, "explore");
  await tabTo(page, rangeField(page, "Begin"));
  await page.keyboard.type(NIGHT);
  await page.keyboard.press("Enter");
  await expect.poll(() => rangeOfAddress(page)).toEqual({ from: FROM, to: TO });
  await tabTo(page, page.getByRole("combobox", { name: "Filter" })); // "/" would be typed into the range
  await page.keyboard.type(ofBeacon);
  await page.keyboard.press("Enter");
  await statusBarSays(page, casePath, "--filter", ofBeacon, ...range);
  await tabTo(page, page.getByRole("tab", { name: /^Edges/ }));
  await page.keyboard.press("Enter");
  await tabTo(page, grid(page, "Edges"));
  await page.keyboard.press("Space");
  await inspector(page).getByText("Edge", { exact: true }).waitFor();
  await page.keyboard.press("Enter");
  await evidenceShows(page, casePath, 0);
  await tabTo(page, grid(page, "Tuples"));
  for (let i = 0; i < 3; i++) await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Space");
  await evidenceShows(page, casePath, 3);
  await page.keyboard.press("Alt+ArrowLeft");
  await chosenRow(page, "Edges").waitFor();
  await statusBarSays(page, casePath, "--filter", ofBeacon, ...range);
});
