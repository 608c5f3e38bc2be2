// The screens as a reader of the page knows them: by role and name, never by how they are built.

import type { Locator, Page } from "playwright";
import { figure } from "./app.ts";

export const inspector = (page: Page): Locator => page.getByRole("complementary", { name: "Inspector" });
export const statusBar = (page: Page): Locator => page.getByRole("contentinfo");
export const grid = (page: Page, name: string): Locator => page.getByRole("grid", { name, exact: true });
export const sumsOf = (page: Page, name: string): Locator => grid(page, name).getByRole("row").filter({ hasText: "Σ" });
export const rangeField = (page: Page, end: "Begin" | "End"): Locator =>
  page.getByRole("textbox", { name: `${end} of the range, UTC` });

/** The row that the mouse or the keys have chosen. */
export const chosenRow = (page: Page, name: string): Locator =>
  grid(page, name).locator('[role="row"][aria-selected="true"]');

export const bytesText = (bytes: number): string => `${figure.format(bytes)} B`;

/** Presses Tab until `target` has the focus, as someone without a mouse would. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.waitFor();
  for (let presses = 0; presses < 150; presses++) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`150 presses of Tab do not reach ${target}.`);
}

/** From and to as the address has them. */
export function rangeOfAddress(page: Page): { readonly from: number; readonly to: number } {
  const query = new URLSearchParams(page.url().split("?").at(-1));
  return { from: Number(query.get("from")), to: Number(query.get("to")) };
}

/** A handle reaches 24 px for the sake of its use; its edge is 18 px from the left of the first, 6 px of the last. */
async function edgeOf(page: Page, name: string, inset: number): Promise<{ x: number; y: number; time: number }> {
  const handle = page.getByRole("slider", { name });
  const box = (await handle.boundingBox())!;
  return { x: box.x + inset, y: box.y + box.height / 2, time: Number(await handle.getAttribute("aria-valuenow")) };
}

/** Drags over the strip of the whole case from one instant to another, in steps as a hand does. The range must be the whole case. */
export async function brush(page: Page, from: number, to: number): Promise<{ readonly msPerPx: number }> {
  const begin = await edgeOf(page, "Begin of the range", 18);
  const end = await edgeOf(page, "End of the range", 6);
  const msPerPx = (end.time - begin.time) / (end.x - begin.x);
  const x = (time: number): number => begin.x + (time - begin.time) / msPerPx;
  await page.mouse.move(x(from), begin.y);
  await page.mouse.down();
  await page.mouse.move(x(to), begin.y, { steps: 20 });
  await page.mouse.up();
  return { msPerPx };
}

export type Marked = { readonly text: string; readonly offset: number };

/** The tuple marked in the original text, and the offset that is said of it. */
export async function markedTuple(page: Page): Promise<Marked> {
  const text = page.getByRole("region", { name: "Original text" });
  const mark = text.locator("mark");
  await mark.waitFor();
  const written = ((await mark.textContent()) ?? "").replace(/,$/, "");
  const said = await page.getByRole("region", { name: "Record" }).getByRole("heading", { level: 2 }).textContent();
  return { text: written.startsWith('"') ? JSON.parse(written) : written, offset: Number(said?.replaceAll(",", "")) };
}
