// Somebody who has never seen the window finds the intrusion in the sample incident: twelve actions, each on something that can be read.

import { expect, test } from "vitest";
import { walk } from "../support/walk.ts";
import { openPage, query, sampleCase, sum } from "./app.ts";

test("the walk of docs/walk-through.md uncovers the whole story", async () => {
  expect(walk.length + 1).toBeLessThanOrEqual(12);
  const casePath = sampleCase("story");
  const page = await openPage(casePath, "explore");
  for (const { act, on, sees } of walk) {
    await on(page).click();
    for (const seen of sees) await page.getByText(seen).first().waitFor({ timeout: 20_000 });
    await page.waitForFunction(() => document.querySelector(".pending") === null);
    expect(act).toMatch(/^Click /);
  }
});

test("what it says of hosts, times and sums is so", () => {
  const casePath = sampleCase("said");
  const rdp = query(casePath, "timeline", "--filter", "src == 198.51.100.23 and dport == 3389", "--bin", "1m");
  expect(new Date(Number(rdp.find((row) => Number(row.allowed) > 0)!.time)).toISOString()).toBe(
    "2026-03-10T07:31:00.000Z",
  );
  expect([rdp[0]!.allowed, rdp.at(-1)!.allowed]).toEqual([0, 0]);
  const home = query(casePath, "edges", "--filter", "dst == 203.0.113.45");
  expect(home.map(({ srcIp }) => srcIp).sort()).toEqual(["10.1.2.4", "10.1.5.4"]);
  const swept = query(casePath, "edges", "--filter", "src == 10.0.2.4 and dst == 10.1.0.0/16");
  expect(swept.length).toBeGreaterThanOrEqual(40);
  const rule = query(casePath, "edges", "--filter", 'rule == "UserRule_Temp-Allow-RDP-Vendor"');
  expect(rule.map(({ srcIp }) => srcIp).sort()).toEqual(["198.51.100.23", "89.160.20.115"]);
  const staged = query(
    casePath,
    "edges",
    "--filter",
    "src == 10.1.5.4 and dst in {10.1.3.4, 10.1.4.4} and dport == 445",
  );
  expect([staged.length, sum(staged, "bytesReceived") > 4e9]).toEqual([2, true]);
});
