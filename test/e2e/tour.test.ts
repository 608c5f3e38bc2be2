// The tour, as somebody takes it who has never seen the window: each step shows what it says, on the case that is open.

import { expect, test } from "vitest";
import { tourSteps } from "../../renderer/model/tour-steps.ts";
import { figure, openPage, query, sampleCase, sum } from "./app.ts";

test("five steps, each with the part it speaks of and the figures of its scope", async () => {
  const casePath = sampleCase("tour");
  const page = await openPage(casePath, "explore");
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox", { name: "Search or run a command" }).fill("Tour of the sample");
  await page.keyboard.press("Enter");
  for (const [at, step] of tourSteps.entries()) {
    const card = page.getByRole("dialog", { name: `Tour, step ${at + 1} of 5: ${step.title}` });
    await card.waitFor();
    await page.locator(step.target).first().waitFor();
    await page.locator(".tour-ring").waitFor();
    const { from, to, filter = "" } = step.view.scope ?? {};
    const rows = query(
      casePath,
      "conversations",
      "--from",
      String(from),
      "--to",
      String(to),
      "--filter",
      filter || "ip == ::/0 or ip == 0.0.0.0/0",
    );
    await page
      .getByRole("contentinfo")
      .getByText(figure.format(sum(rows, "tuples")), { exact: true })
      .waitFor();
    await card.getByRole("button", { name: at === tourSteps.length - 1 ? "Done" : "Next" }).click();
  }
  await page.getByRole("dialog").waitFor({ state: "detached" });
  expect(decodeURIComponent(page.url())).toContain(casePath); // the sample was known by its digest
});

test("what its sentences say of the incident is so", () => {
  const casePath = sampleCase("told");
  const rdp = query(
    casePath,
    "timeline",
    "--filter",
    "src == 198.51.100.23 and dst == 10.0.2.4 and dport == 3389",
    "--bin",
    "30m",
  );
  const turned = rdp.find((row) => Number(row.allowed) > 0)!;
  expect([new Date(Number(turned.time)).toISOString(), rdp[0]!.allowed]).toEqual(["2026-03-10T07:30:00.000Z", 0]);
  const out = query(casePath, "edges", "--filter", "src == 10.1.5.4 and dst == 192.0.2.146", "--once");
  expect([out.length, (Number(out[0]!.bytesSent) / 1e9).toFixed(1)]).toEqual([1, "4.0"]);
  const sweep = query(
    casePath,
    "edges",
    "--filter",
    "src == 10.0.2.4 and dst == 10.1.0.0/16",
    "--from",
    "2026-03-10T08:24Z",
    "--to",
    "2026-03-10T08:30Z",
  );
  expect(sweep.length).toBe(40);
});
