// The SQL page as an expert uses it: an example run, its rows those of the command line, an error shown in its place, a statement
// stopped, all rows saved.

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { sqlExamples } from "../../renderer/model/sql-examples.ts";
import { home, openPage, sampleCase } from "./app.ts";

const command = fileURLToPath(new URL("../../electron/cli/tidemark.mjs", import.meta.url));

function printed(casePath: string, sql: string, format: string): string {
  return execFileSync(
    process.execPath,
    [command, "query", casePath, "--sql", sql, "--format", format, "--limit", "0"],
    { encoding: "utf8", maxBuffer: 1 << 28 },
  );
}

test("an example, an error, a statement stopped, rows copied and saved beyond those shown", async () => {
  const casePath = sampleCase("sql");
  const page = await openPage(casePath, "sql");
  await page.getByText("Ask what no view shows.").waitFor();
  const [example] = sqlExamples;
  await page.getByRole("tab", { name: "Examples" }).click();
  await page.getByRole("button", { name: example!.title }).click();
  await page.keyboard.press("Control+Enter");
  await page.getByText(/^all \d+ rows/).waitFor();
  await page.getByRole("button", { name: "Copy" }).click();
  await page.getByRole("menuitem", { name: "NDJSON" }).click();
  await page.getByText(/\d rows copied as NDJSON/).waitFor();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toBe(printed(casePath, example!.sql, "ndjson"));

  const editor = page.getByLabel("SQL statement");
  const write = async (sql: string): Promise<void> => {
    await editor.press("Control+a");
    await page.keyboard.insertText(sql);
  };
  await write("SELECT time,\n  bites FROM tuples");
  await editor.press("Control+Enter");
  await page.getByRole("alert").getByText("no such column: bites (line 2, character 3)").waitFor();
  expect(await page.evaluate(() => getSelection()?.toString())).toBe("bites");
  expect(await editor.locator(".wrong-word").textContent()).toBe("bites");

  await write("SELECT byt FROM edges");
  await editor.press("Control+Home");
  for (let i = 0; i < "SELECT byt".length; i++) await editor.press("ArrowRight");
  await editor.press("Control+Space");
  await page.getByRole("option", { name: /^bytesSent/ }).click();
  expect(await editor.textContent()).toBe("SELECT bytesSent FROM edges");

  await write("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n");
  await editor.press("Control+Enter");
  await page.getByText(/running for/).waitFor();
  await editor.press("Escape");
  await page.getByText("the statement was stopped").waitFor();

  const all = "SELECT srcIp, dstIp, tuples FROM edges";
  await write(all);
  await page.getByRole("combobox").first().selectOption("1000");
  await editor.press("Control+Enter");
  await page.getByText("the first 1,000 rows").waitFor();
  await page.getByRole("button", { name: "Save as" }).click();
  await page.getByRole("menuitem", { name: "NDJSON" }).click();
  await page.getByLabel("Path").fill(home);
  await page.getByLabel("Path").press("Enter");
  await page.getByLabel("Name").fill("edges.ndjson");
  await page.getByRole("button", { name: "Save here" }).click();
  await page.getByText(/^Saved: /).waitFor();
  expect(readFileSync(join(home, "edges.ndjson"), "utf8")).toBe(printed(casePath, all, "ndjson"));
});
