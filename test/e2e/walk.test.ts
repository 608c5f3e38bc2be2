// The main walk, as an investigator does it: evidence dropped, the night brushed, the beacon's edge, its tuples, the original text.
// Every number on the way is the command line's.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright";
import { expect, inject, test } from "vitest";
import { figure, home, openPage, query, sampleCase, sum } from "./app.ts";

const FROM = Date.UTC(2026, 2, 11, 0);
const TO = Date.UTC(2026, 2, 11, 6);
const beacon = { src: "10.1.2.4", dst: "203.0.113.45" };
const ofBeacon = `src == ${beacon.src} and dst == ${beacon.dst}`;
const range = ["--from", String(FROM), "--to", String(TO)];
const night = `from=${FROM}&to=${TO}`;
const selected = `selection=${encodeURIComponent(JSON.stringify({ kind: "edge", ...beacon }))}`;

const inspector = (page: Page) => page.getByRole("complementary", { name: "Inspector" });
const bar = (page: Page) => page.getByRole("contentinfo");

/** The bytes of a member of the sample that a row names. */
function originalOf(row: Record<string, never>): Buffer {
  return readFileSync(join(inject("demo"), "logs", String(row.member)));
}

async function followsToItsBytes(page: Page, casePath: string): Promise<void> {
  const tuples = query(casePath, "tuples", "--filter", ofBeacon, ...range);
  await page.getByText(`sum of ${figure.format(tuples.length)} tuples`).waitFor();
  const bytes = sum(tuples, "bytesSent") + sum(tuples, "bytesReceived");
  await page.getByRole("heading", { name: `${figure.format(bytes)} B` }).waitFor();
  const [first] = tuples;
  const text = page.getByRole("region", { name: "Original text" });
  const marked = text.locator("mark");
  await marked.waitFor();
  const shown = JSON.parse(((await marked.textContent()) ?? "").replace(/,$/, "")) as string;
  const fields = shown.split(",");
  expect(fields[0]).toBe(String(first!.time));
  expect([fields[1], fields[2]]).toEqual([beacon.src, beacon.dst]);
  expect(fields[10]).toBe(String(first!.bytesSent ?? ""));
  const offset = Number(((await page.locator(".text-line.marked .offset").textContent()) ?? "").replaceAll(",", ""));
  const original = originalOf(first!);
  expect(original.subarray(offset, offset + shown.length + 2).toString()).toBe(JSON.stringify(shown));
  expect(offset).toBeGreaterThan(Number(first!.offset));
}

test("start, drop the archive, brush the night, the beacon's edge, its tuples, the original text", async () => {
  const page = await openPage(null, "start");
  await page.getByRole("button", { name: "New case" }).waitFor();
  const archive = readFileSync(join(inject("demo"), "logs.zip")).toString("base64");
  await page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
    const transfer = new DataTransfer();
    transfer.items.add(new File([bytes], "logs.zip", { type: "application/zip" }));
    window.dispatchEvent(new DragEvent("drop", { dataTransfer: transfer, bubbles: true, cancelable: true }));
  }, archive);
  await page.getByRole("dialog", { name: "Where should the case go?" }).waitFor();
  await page.getByLabel("Path").fill(home);
  await page.getByLabel("Path").press("Enter");
  await page.getByLabel("Name").fill("dropped.tidemark");
  await page.getByRole("button", { name: "Save here" }).click();
  await page.getByRole("button", { name: "Go to Explore" }).click();

  const casePath = join(home, "dropped.tidemark");
  await bar(page).getByText("346,247").waitFor();
  await bar(page)
    .getByRole("button", { name: /^Adding evidence/ })
    .waitFor({ state: "detached" }); // or an answer in pages may be of two states
  await page.goto(page.url().replace(/#.*/, `#/explore?case=${encodeURIComponent(casePath)}&${night}`));
  const tuples = query(casePath, "tuples", ...range);
  await bar(page).getByText(figure.format(tuples.length)).waitFor();
  await page.getByRole("tab", { name: /Edges/ }).click();
  const edges = query(casePath, "edges", ...range);
  await page.getByRole("tab", { name: `Edges ${figure.format(edges.length)}` }).waitFor();
  const edge = edges.find((row) => row.srcIp === beacon.src && row.dstIp === beacon.dst)!;
  await page
    .getByRole("row", { name: new RegExp(`${beacon.src}.*${beacon.dst}`) })
    .first()
    .click();
  const panel = inspector(page);
  await panel.getByText(`all ${figure.format(Number(edge.tuples))}`).waitFor();
  const exact = `${figure.format(Number(edge.bytesSent) + Number(edge.bytesReceived))} B`;
  await panel.locator(`[title="${exact}"]`).first().waitFor();
  await panel.getByRole("img", { name: /begins, median/ }).waitFor();
  await panel.getByText(`all ${figure.format(Number(edge.tuples))}`).click();

  const [member] = query(casePath, "tuples", "--filter", ofBeacon, ...range);
  expect(String(member!.member)).toMatch(/PT1H\.json$/);
  await page.getByText(`sum of ${figure.format(Number(edge.tuples))} tuples`).waitFor();
  await page.getByRole("region", { name: "Original text" }).locator("mark").waitFor();
});

test("brushing the overview moves every view to the same range; back returns", async () => {
  const casePath = sampleCase();
  const page = await openPage(casePath, "explore");
  const before = await bar(page).textContent();
  const strip = page.locator(".overview canvas, .timeline canvas").last();
  const box = (await strip.boundingBox())!;
  await page.mouse.move(box.x + box.width * 0.55, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.6, box.y + box.height / 2, { steps: 8 });
  await page.mouse.move(box.x + box.width * 0.7, box.y + box.height / 2, { steps: 8 });
  await page.mouse.up();
  await expect.poll(() => bar(page).textContent()).not.toBe(before);
  await expect.poll(() => page.url()).toMatch(/from=\d+&to=\d+/);
  const [, from, to] = /from=(\d+)&to=(\d+)/.exec(page.url())!;
  const tuples = query(casePath, "tuples", "--from", from!, "--to", to!);
  await bar(page).getByText(figure.format(tuples.length)).waitFor();
  await page.getByRole("button", { name: "Back" }).click();
  await bar(page).getByText("346,247").waitFor();
});

test("tuples of the beacon lead to their bytes, and a reload shows the same and goes back from there", async () => {
  const casePath = sampleCase();
  const page = await openPage(casePath, `explore?${night}&${selected}`);
  await inspector(page).getByText(/^all /).click();
  await followsToItsBytes(page, casePath);
  await page.reload();
  await followsToItsBytes(page, casePath);
  await page.getByRole("button", { name: "Back" }).click();
  await inspector(page).getByText(/^all /).waitFor();
});

test("the same by keyboard alone", async () => {
  const casePath = sampleCase();
  const page = await openPage(casePath, `explore?${night}`);
  await page.keyboard.press("/");
  await page.keyboard.type(`${ofBeacon}\n`);
  await bar(page)
    .getByText(figure.format(query(casePath, "tuples", "--filter", ofBeacon, ...range).length))
    .waitFor();
  const grid = page.getByRole("grid", { name: "Conversations" });
  await expect
    .poll(
      async () => {
        await page.keyboard.press("Tab");
        return await grid.evaluate((element) => element === document.activeElement);
      },
      { timeout: 60_000, interval: 5 },
    )
    .toBe(true);
  await page.keyboard.press("Space");
  await inspector(page).getByText("Conversation", { exact: true }).waitFor();
  await page.keyboard.press("Enter");
  await followsToItsBytes(page, casePath);
  await page.keyboard.press("Alt+ArrowLeft");
  await page.getByRole("grid", { name: "Conversations" }).waitFor();
});

test("status and notes survive closing and copying the case elsewhere", async () => {
  const casePath = sampleCase("noted");
  const page = await openPage(
    casePath,
    `explore?selection=${encodeURIComponent('{"kind":"endpoint","ip":"10.1.2.4"}')}`,
  );
  await inspector(page).getByRole("button", { name: "compromised" }).click();
  await page.getByText("10.1.2.4 marked compromised").waitFor();
  await inspector(page).getByText("Australia").count();
  await page.keyboard.press("Control+2");
  await page.getByRole("button", { name: "+ Note" }).click();
  await page
    .getByLabel("Text of the note, Markdown")
    .fill("Calls **203.0.113.45** every minute <script>alert(1)</script>");
  await page.getByText(/saved \d\d:\d\d:\d\d UTC/).waitFor();
  await page.getByRole("button", { name: "Done" }).click();
  expect(await page.locator(".markdown strong").textContent()).toBe("203.0.113.45");
  expect(await page.locator(".markdown script").count()).toBe(0);

  await page.keyboard.press("Control+k");
  await page.getByRole("combobox", { name: "Search or run a command" }).fill("Save a copy");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Choose where…" }).click();
  await page.getByLabel("Path").fill(home);
  await page.getByLabel("Path").press("Enter");
  await page.getByLabel("Name").fill("for-a-colleague.tidemark");
  await page.getByRole("button", { name: "Save here" }).click();
  await page.getByText("Saved:").waitFor();

  const other = await openPage(
    join(home, "for-a-colleague.tidemark"),
    "hosts?selection=%7B%22kind%22%3A%22endpoint%22%2C%22ip%22%3A%2210.1.2.4%22%7D",
  );
  await other.getByRole("button", { name: "compromised", pressed: true }).waitFor();
  await other.locator(".markdown strong").getByText("203.0.113.45").waitFor();
});

test("exported evidence is checked by sha256sum, and holds the tuples of the scope", async () => {
  const { execFileSync } = await import("node:child_process");
  const casePath = sampleCase();
  const page = await openPage(casePath, `explore?${night}&filter=${encodeURIComponent(ofBeacon)}`);
  const tuples = query(casePath, "tuples", "--filter", ofBeacon, ...range);
  await page.keyboard.press("Control+e");
  await page
    .getByRole("dialog", { name: "Export evidence in scope" })
    .getByText(`${figure.format(tuples.length)} tuples`)
    .waitFor();
  await page.getByRole("button", { name: "Choose a folder…" }).click();
  await page.getByLabel("Path").fill(home);
  await page.getByLabel("Path").press("Enter");
  await page.getByLabel("Name").fill("evidence-out");
  await page.getByRole("button", { name: "Save here" }).click();
  await page.getByText("Written:").waitFor();
  const out = join(home, "evidence-out");
  execFileSync("sha256sum", ["-c", "--quiet", "manifest-sha256.txt"], { cwd: out });
  const lines = readFileSync(join(out, "tuples.ndjson"), "utf8").trim().split("\n");
  expect(lines).toHaveLength(tuples.length);
});
