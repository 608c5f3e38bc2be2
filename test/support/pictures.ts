// The pictures of README and docs: which views of the sample incident they show. `npm run pictures` takes them; test/e2e/pictures.test.ts
// takes those that show nothing of their maker's machine again, and compares.

import type { Locator, Page } from "playwright";

const night = `from=${Date.UTC(2026, 2, 11, 0)}&to=${Date.UTC(2026, 2, 11, 6)}`;
const selection = (value: object): string => `selection=${encodeURIComponent(JSON.stringify(value))}`;
const beacon = selection({ kind: "edge", src: "10.1.2.4", dst: "203.0.113.45" });
const host = selection({ kind: "endpoint", ip: "10.1.2.4" });
const exhibit = encodeURIComponent(
  JSON.stringify({ filter: "src == 10.1.5.4 and dst == 192.0.2.146", title: "10.1.5.4 → 192.0.2.146", place: null }),
);

const series = encodeURIComponent(
  JSON.stringify([
    ["denied", "decision == deny", "denied", 0],
    ["RDP", "dport == 3389", "1", 0],
  ]),
);
const before = `compare=${Date.UTC(2026, 2, 10, 0)}:${Date.UTC(2026, 2, 10, 6)}:day`;

export type Picture = { readonly name: string; readonly fragment: string; readonly theme: "light" | "dark" };

export const pictures: readonly Picture[] = [
  { name: "start", fragment: "", theme: "light" },
  { name: "explore", fragment: `explore?${night}&${beacon}`, theme: "light" },
  { name: "explore-dark", fragment: `explore?${night}&${beacon}`, theme: "dark" },
  { name: "timeline", fragment: `explore?${night}&${before}&series=${series}&lanes=nics`, theme: "light" },
  { name: "evidence", fragment: `evidence?${night}&exhibit=${exhibit}`, theme: "light" },
  { name: "hosts", fragment: `hosts?${host}`, theme: "light" },
];

/** Size of the window they are taken in, CSS pixels. */
export const WINDOW = { width: 1280, height: 800 };

/** Until nothing of an earlier answer stands on the page. What is pictured of it. */
export async function readyFor({ name, fragment }: Picture, page: Page): Promise<Page | Locator> {
  if (fragment !== "") await page.getByRole("contentinfo").getByText("tuples").waitFor();
  if (name === "evidence") await page.locator("mark").waitFor();
  if (name.startsWith("explore")) await page.getByRole("img", { name: /begins, median/ }).waitFor();
  await page.waitForFunction(() => document.querySelector(".pending") === null);
  return name === "timeline" ? page.getByRole("region", { name: "Timeline" }) : page;
}
