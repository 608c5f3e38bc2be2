// Every view of one scope, read from the screen and held to the answers that the command line prints.

import type { Locator, Page } from "playwright";
import { expect } from "vitest";
import type { Engine } from "../../electron/engine/engine.ts";
import type { Totals } from "../../shared/contract.ts";
import type { By } from "../../shared/rows.ts";
import type { Scope } from "../../shared/scope.ts";
import type { Row } from "../support/cli.ts";
import { figure } from "./app.ts";

const at = (day: number, hour = 0, minute = 0): number => Date.UTC(2026, 2, day, hour, minute);
const range = (from: number | null, to: number | null): Pick<Scope, "from" | "to"> => ({ from, to });
const ALL = range(null, null);

/** Ranges on and off whole hours and days, with and without a filter, each side and once, one of nothing. */
export const scopes: readonly Scope[] = [
  { ...range(at(10), at(11, 6)), filter: "dst == public" },
  { ...ALL, filter: "", sides: "once" },
  { ...range(at(11, 0, 17), at(11, 5, 3)), filter: "dport in {443, 53}" },
  { ...ALL, filter: "dport == 1 and sport == 1" },
  { ...ALL, filter: "" },
  { ...range(at(9, 22), at(10)), filter: "" },
  { ...range(at(10, 7, 31), at(10, 7, 32)), filter: "" },
  { ...range(at(11), null), filter: "decision == deny" },
  { ...range(null, at(10)), filter: "ip == 10.0.2.4", sides: "once" },
  { ...ALL, filter: "src == 198.51.100.23" },
  { ...ALL, filter: "dst == 203.0.113.45", sides: "once" },
  { ...range(at(10, 12), at(11, 12)), filter: 'rule == "UserRule_Temp-Allow-RDP-Vendor"' },
  { ...ALL, filter: "sport < 1024" },
  { ...ALL, filter: "state == E and dport == 443" },
  { ...ALL, filter: "proto == udp" },
  { ...range(at(10, 1, 7), at(11, 3, 35)), filter: "src == 10.1.5.4 and dst == 192.0.2.146" },
  { ...ALL, filter: "not ip == private" },
  { ...range(at(11, 0), at(11, 6)), filter: "dst == 10.1.0.0/16 and dport in {445, 5985}", sides: "once" },
  { ...ALL, filter: "dstcountry == US" },
  { ...range(at(10, 14), at(10, 17)), filter: "" },
];

const tables: readonly (readonly [string, By])[] = [
  ["Conversations", "conversations"],
  ["Edges", "edges"],
  ["Endpoints", "endpoints"],
  ["NICs", "nics"],
  ["Ports", "ports"],
  ["Rules", "rules"],
  ["Encryption", "encryption"],
  ["Countries", "countries"],
  ["ASNs", "asns"],
];

/** The first rows of an answer, those of most tuples first, and how many it has. */
type Rows = { readonly rows: readonly Row[]; readonly length: number };

/** `page` shows the case of `engine`. Throws at the first figure that differs. */
export async function viewsAgree(page: Page, engine: Engine, casePath: string, scope: Scope): Promise<void> {
  const rowsBy = async (by: By): Promise<Rows> => {
    const question = { by, scope, sort: { field: "tuples", order: "desc" as const }, limit: 0, after: 0, bin: null };
    const { rows, length } = await engine.ask("query.rows", question);
    return { rows: rows as readonly Row[], length: length ?? 0 };
  };
  const totals = await engine.ask("scope.totals", { scope });
  const show = (place: string, more: Readonly<Record<string, string>> = {}): Promise<void> =>
    go(page, casePath, scope, place, more);

  await show("explore");
  await says(page.getByRole("contentinfo"), [
    `${figure.format(totals.conversations)} conversation`,
    `${figure.format(totals.tuples)} tuple`,
  ]);
  if (totals.tuples === 0) return;
  await says(page.getByRole("region", { name: "Timeline" }), [
    `allowed ${figure.format(totals.allowed)}`,
    `denied ${figure.format(totals.denied)}`,
  ]);
  await says(page.getByRole("complementary", { name: "Inspector" }), [`all ${figure.format(totals.tuples)}`]);
  const endpoints = await rowsBy("endpoints");
  await graphAgrees(page, endpoints);
  for (const [title, by] of tables) await tableAgrees(page, title, by === "endpoints" ? endpoints : await rowsBy(by));
  await page.getByRole("tab", { name: /^Pivot/ }).click();
  await says(page.getByRole("grid", { name: "Pivot" }).getByRole("row", { name: /^Total/ }), [
    figure.format(totals.tuples),
  ]);

  const graph = page.getByRole("region", { name: "Graph" });
  await show("explore", { graph: JSON.stringify({ projection: "matrix" }) });
  await says(graph, [`cells? stand for ${figure.format(totals.edges)} edge`]);
  await show("explore", { graph: JSON.stringify({ projection: "map" }) });
  await countriesAgree(graph, (await rowsBy("countries")).rows);
  await show("evidence");
  await says(page.getByRole("main"), [evidenceOf(totals)]);
}

function evidenceOf({ tuples, bytesSent, bytesReceived }: Totals): string {
  const [sent, received] = [bytesSent, bytesReceived].map((bytes) => figure.format(bytes));
  return `sum of ${figure.format(tuples)} tuples?: ${sent} B sent, ${received} B received`;
}

async function go(
  page: Page,
  casePath: string,
  scope: Scope,
  place: string,
  more: Readonly<Record<string, string>>,
): Promise<void> {
  const query = new URLSearchParams({ case: casePath, ...more });
  for (const [name, value] of Object.entries(scope)) if (value !== null && value !== "") query.set(name, String(value));
  await page.evaluate((hash) => {
    location.hash = hash;
  }, `/${place}?${query}`);
}

/** Until each of the patterns stands in it, whatever the white space. */
async function says(place: Locator, patterns: readonly string[]): Promise<void> {
  for (const pattern of patterns) {
    const sought = new RegExp(`(?<![\\d,])${pattern.replaceAll(" ", "\\s*")}(?![\\d,]*\\d)`);
    await expect.poll(async () => (await place.allInnerTexts()).join(" "), { timeout: 20_000 }).toMatch(sought);
  }
}

/** Every node that stands for one address. */
async function graphAgrees(page: Page, endpoints: Rows): Promise<void> {
  const graph = page.getByRole("region", { name: "Graph" });
  await says(graph, [`stands? for ${figure.format(endpoints.length)} endpoint`]);
  const nodes = await graph.getByRole("listbox", { name: "Nodes of the graph" }).getByRole("option").allInnerTexts();
  const told = nodes.flatMap((node) => {
    const [, ip, tuples] = /: ([\d.]+), .*?([\d,]+) tuples?/.exec(node) ?? [];
    return ip === undefined ? [] : [[ip, tuples]];
  });
  const known = new Map(endpoints.rows.map(({ ip, tuples }) => [ip, figure.format(Number(tuples))]));
  expect(told).toEqual(told.map(([ip]) => [ip, known.get(ip as string)]));
}

/** The first three rows, how many there are, and the sum under them. */
async function tableAgrees(page: Page, title: string, { rows, length }: Rows): Promise<void> {
  await page.getByRole("tab", { name: new RegExp(`^${title}`) }).click();
  const grid = page.getByRole("grid", { name: title });
  const expected = rows.slice(0, 3).map(({ tuples }) => figure.format(Number(tuples)));
  await expect
    .poll(
      async () =>
        (await grid.locator('[role="rowgroup"] [data-column="tuples"]').allTextContents()).slice(0, expected.length),
      {
        message: title,
        timeout: 20_000,
      },
    )
    .toEqual(expected);
  await says(page.getByRole("region", { name: "Tables" }), [`Σ ${figure.format(length)} `]);
}

/** A line of each country that the map draws: its endpoints. */
async function countriesAgree(graph: Locator, countries: readonly Row[]): Promise<void> {
  for (const { country, endpoints } of countries) {
    if (country === null || country === undefined) continue;
    const name = new Intl.DisplayNames(["en"], { type: "region" }).of(String(country)) ?? String(country);
    await says(graph, [`${name} ${figure.format(Number(endpoints))}`]);
  }
}
