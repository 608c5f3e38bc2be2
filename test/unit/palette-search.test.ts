// What the palette finds, in which order, and that it says what it leaves out.

import { expect, test } from "vitest";
import { type Findable, find, typedAddress, usedNow } from "../../renderer/views/frame/palette-search.ts";

const entry = (id: string, section: string, title: string, words = ""): Findable => ({ id, section, title, words });
const all = [
  entry("case.open", "Case", "Open case…"),
  entry("sample.open", "Case", "Open the sample incident"),
  entry("case.copy", "Case", "Save a copy…"),
  entry("theme.dark", "View", "Theme: dark"),
  entry("host 10.0.0.4", "Hosts", "10.0.0.4", "compromised · vnet-hub"),
  entry("note 1", "Notes", "Opened by a vendor", "10.0.0.4"),
];
const flat = (text: string, recent: readonly string[] = [], most = 60) =>
  find(all, text, recent, most).sections.map(({ name, entries }) => [name, entries.map(({ id }) => id)]);

test("without text those used last come first, once, then all in order", () => {
  expect(flat("", ["theme.dark", "gone"])).toEqual([
    ["Recent", ["theme.dark"]],
    ["Case", ["case.open", "sample.open", "case.copy"]],
    ["Hosts", ["host 10.0.0.4"]],
    ["Notes", ["note 1"]],
  ]);
});

test("every word must be found; the title counts more than what stands beside it", () => {
  expect(flat("open case")).toEqual([["Case", ["case.open", "sample.open"]]]);
  expect(flat("10.0.0.4")).toEqual([
    ["Hosts", ["host 10.0.0.4"]],
    ["Notes", ["note 1"]],
  ]);
  expect(flat("HUB comp")).toEqual([["Hosts", ["host 10.0.0.4"]]]);
  expect(flat("nothing like it", ["theme.dark"])).toEqual([]);
});

test("what begins with the text stands before what only holds it", () => {
  expect(flat("copy")).toEqual([["Case", ["case.copy"]]]);
  expect(flat("open").at(0)).toEqual(["Case", ["case.open", "sample.open"]]);
});

test("what is not shown is counted", () => {
  const { sections, more } = find(all, "", ["case.copy"], 3);
  expect(sections.flatMap(({ entries }) => entries)).toHaveLength(3);
  expect(more).toBe(3);
});

test.each([
  ["10.0.1.4", "10.0.1.4"],
  [" 2001:DB8:0::1 ", "2001:db8::1"],
  ["[fe80::1]", "fe80::1"],
  ["10.0.1", null],
  ["10.0.1.400", null],
  ["010.0.0.1", null],
  ["face", null],
  ["::", "::"],
])("typed %j", (text, ip) => expect(typedAddress(text)).toBe(ip));

test("the last used is first, without repeats, six of them", () => {
  expect(usedNow(["a", "b", "c", "d", "e", "f"], "c")).toEqual(["c", "a", "b", "d", "e", "f"]);
  expect(usedNow(["a", "b", "c", "d", "e", "f"], "g")).toEqual(["g", "a", "b", "c", "d", "e"]);
});
