// axe on every screen in light, dark and high contrast: nothing serious or critical.

import { AxeBuilder } from "@axe-core/playwright";
import { expect, test } from "vitest";
import { openPage, sampleCase } from "./app.ts";

const endpoint = `selection=${encodeURIComponent('{"kind":"endpoint","ip":"10.1.2.4"}')}`;
const screens = [
  ["start", null],
  [`explore?${endpoint}`, "Inspector"],
  ["explore?table=endpoints&filter=dport%20==%203389", "Inspector"],
  ["evidence", "Original text"],
  [`hosts?${endpoint}`, "Activity"],
  ["adding", "Sources of evidence"],
] as const;

test.each(["light", "dark", "hc-light", "hc-dark"] as const)("in %s", async (theme) => {
  const casePath = sampleCase(`accessible-${theme}`);
  for (const [fragment, landmark] of screens) {
    const page = await openPage(landmark === null ? null : casePath, fragment, { theme });
    if (landmark === null) await page.getByRole("button", { name: "New case" }).waitFor();
    else if (fragment === "evidence") await page.getByRole("region", { name: landmark }).locator("mark").waitFor();
    else await page.getByRole("contentinfo").getByText("tuples").waitFor();
    const { violations } = await new AxeBuilder({ page }).analyze();
    const grave = violations
      .filter(({ impact }) => impact === "serious" || impact === "critical")
      .flatMap(({ id, nodes }) =>
        nodes.map((node) => `${fragment}: ${id} ${node.target.join(" ")} ${node.failureSummary?.split("\n")[1] ?? ""}`),
      );
    expect(grave).toEqual([]);
    await page.context().close();
  }
});
