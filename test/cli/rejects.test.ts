// A tuple that cannot be read is kept with its place, text and reason; its siblings stay; nothing is lost between the two.

import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import type { Info, Ingest } from "../support/answers.ts";
import { folder, json, type Row, rows } from "../support/cli.ts";
import { blob, nsgRecord, vnetRecord } from "../support/logs.ts";
import { readMembers } from "../support/oracle.ts";

const T = Date.UTC(2025, 2, 4, 10);
const MOST = Number.MAX_SAFE_INTEGER;

/** A good tuple with some of its 13 fields replaced. */
function tuple(changes: Readonly<Record<number, string>> = {}): string {
  const good = [String(T), "10.0.0.4", "10.0.0.5", "40000", "443", "6", "O", "E", "NX", "1", "60", "2", "120"];
  return good.map((field, index) => changes[index] ?? field).join();
}

const bad: [string, string][] = [
  ["fourteen fields", `${tuple()},7`],
  ["eleven fields", tuple().split(",").slice(0, 11).join()],
  ["nine fields", tuple().split(",").slice(0, 9).join()],
  ["no field", ""],
  ["words", "not a tuple at all"],
  ["source port 65536", tuple({ 3: "65536" })],
  ["destination port 65536", tuple({ 4: "65536" })],
  ["a negative port", tuple({ 3: "-1" })],
  ["an empty port", tuple({ 4: "" })],
  ["a port with a letter", tuple({ 4: "44x" })],
  ["a time in 2000, seconds", tuple({ 0: "978307199" })],
  ["a time in 2000, milliseconds", tuple({ 0: "978307199999" })],
  ["a time in 2100", tuple({ 0: "4102444800000" })],
  ["a time that is a word", tuple({ 0: "now" })],
  ["an empty time", tuple({ 0: "" })],
  ["a counter of 2⁵³", tuple({ 10: String(BigInt(MOST) + 1n) })],
  ["a counter of twenty digits", tuple({ 12: "99999999999999999999" })],
  ["a negative counter", tuple({ 9: "-5" })],
  ["a counter with a fraction", tuple({ 10: "60.5" })],
  ["a counter with an exponent", tuple({ 10: "6e3" })],
  ["an address of words", tuple({ 1: "jump-host" })],
  ["an address with 256", tuple({ 2: "10.0.0.256" })],
  ["an address of three parts", tuple({ 1: "10.0.4" })],
  ["an address of nine groups", tuple({ 1: "1:2:3:4:5:6:7:8:9" })],
  ["an address with two gaps", tuple({ 1: "2001::5::1" })],
  ["an empty address", tuple({ 2: "" })],
  ["an unknown direction", tuple({ 6: "X" })],
  ["no direction", tuple({ 6: "" })],
  ["a protocol that is a word", tuple({ 5: "TCP" })],
];

const good: [string, string][] = [
  ["port 65535 and port 0", tuple({ 3: "65535", 4: "0" })],
  ["the first instant of 2001, seconds", tuple({ 0: "978307200" })],
  ["the first instant of 2001, milliseconds", tuple({ 0: "978307200000" })],
  ["the last instant of 2099", tuple({ 0: "4102444799999" })],
  ["the last second of 2099", tuple({ 0: "4102444799" })],
  ["seconds in v4", tuple({ 0: String(T / 1000) })],
  ["a counter of 2⁵³−1", tuple({ 10: String(MOST), 11: "0", 12: "0" })],
  ["empty counters", tuple({ 9: "", 10: "", 11: "", 12: "" })],
  ["zero counters", tuple({ 9: "0", 10: "0", 11: "0", 12: "0" })],
  ["some empty counters", tuple({ 9: "5", 10: "", 11: "0", 12: "" })],
  ["an encryption code nobody knows", tuple({ 8: "NX_FUTURE" })],
  [
    "twelve fields, no encryption",
    tuple()
      .split(",")
      .filter((_, index) => index !== 8)
      .join(),
  ],
  ["an NSG v2 tuple in a v4 record", `${T / 1000},10.0.0.4,10.0.0.5,40000,443,T,O,D,B,,,,`],
  ["an NSG v2 tuple with counters on B", `${T / 1000},10.0.0.4,10.0.0.5,40000,53,U,I,A,B,1,2,3,4`],
  ["an NSG v1 tuple in a v4 record", `${T / 1000},10.0.0.4,10.0.0.5,40000,443,T,I,A`],
  ["IPv6", tuple({ 1: "2001:DB8::0:1", 2: "::FFFF:192.0.2.1" })],
  ["protocol 58 with port 0", tuple({ 1: "fe80::1", 2: "ff02::2", 3: "0", 4: "0", 5: "58" })],
  ["a denial", tuple({ 7: "D" })],
];

const mixed = [...bad, ...good].map(([, text], index) => ({ text, key: (index * 7) % 13 }));
const shuffled = mixed.sort((a, b) => a.key - b.key).map(({ text }) => text);
const bytes = blob(
  vnetRecord([
    ["UserRule_One", ...shuffled.slice(0, 20)],
    ["UserRule_Two", ...shuffled.slice(20)],
  ]),
  nsgRecord(2, [
    ["UserRule_Three", `${T / 1000},10.0.0.4,10.0.0.5,1,2,T,O,A,B,,,`, `${T / 1000},10.0.0.4,10.0.0.5,1,2,T,O,A,B,,,,`],
  ]),
  vnetRecord([["UserRule_Four", tuple({ 3: "65536" })]]),
  vnetRecord([["UserRule_Five", tuple()]]),
);
const path = join(folder([["PT1H.json", bytes]]), "PT1H.json");
const caseFile = join(folder(), "case.tidemark");
const reading = readMembers([{ source: path, member: "PT1H.json", bytes }]);
let account: Ingest;
let kept: Row[];
let rejected: Row[];

beforeAll(async () => {
  account = await json<Ingest>(["ingest", caseFile, path, "--json"]);
  [kept, rejected] = (await Promise.all([rows(caseFile, "tuples"), rows(caseFile, "rejects")])) as [Row[], Row[]];
});

test.each(bad)("%s is a reject", (_, text) => {
  expect(rejected.map((row) => row.text)).toContain(text);
});

test.each(good)("%s is no reject", (_, text) => {
  expect(rejected.map((row) => row.text)).not.toContain(text);
});

test("siblings of a reject stay, read as the independent reader reads them", () => {
  expect(kept).toEqual(reading.tuples);
});

test("a reject tells source, member, record, tuple, text and a reason, in the contract's order", () => {
  const keys = ["source", "member", "record", "tuple", "offset", "length", "reason", "text"];
  expect([...new Set(rejected.map((row) => Object.keys(row).slice(0, 8).join()))]).toEqual([keys.join()]);
  expect(rejected.map(({ source, member, record, tuple, text }) => ({ source, member, record, tuple, text }))).toEqual(
    reading.rejects.map(({ member, record, tuple, text }) => ({ source: path, member, record, tuple, text })),
  );
  expect(rejected.filter((row) => typeof row.reason !== "string" || row.reason.length < 5)).toEqual([]);
});

test("offset and length of a reject hold its text", () => {
  const lost = rejected.filter(({ offset, length, text }) => {
    const piece = bytes.subarray(offset as number, (offset as number) + (length as number)).toString("utf8");
    return (length as number) < 0 || !piece.includes(text as string);
  });
  expect(lost).toEqual([]);
});

test("kept and rejected together are all that was read", async () => {
  const seen = shuffled.length + 2 + 1 + 1;
  expect(kept.length + rejected.length).toBe(seen);
  expect(account.added).toEqual({ records: 4, duplicateRecords: 0, tuples: kept.length, rejects: rejected.length });
  const info = await json<Info>(["info", caseFile, "--json"]);
  expect([info.tuples, info.rejects]).toEqual([kept.length, rejected.length]);
});

test("empty counters are null and zero counters are zero", () => {
  const counts = (text: string): unknown[] => {
    const row = kept[reading.texts.indexOf(text)]!;
    return [row.packetsSent, row.bytesSent, row.packetsReceived, row.bytesReceived];
  };
  const text = Object.fromEntries(good);
  expect(counts(text["empty counters"]!)).toEqual([null, null, null, null]);
  expect(counts(text["zero counters"]!)).toEqual([0, 0, 0, 0]);
  expect(counts(text["some empty counters"]!)).toEqual([5, null, 0, null]);
  expect(counts(text["a counter of 2⁵³−1"]!)).toEqual([1, MOST, 0, 0]);
});

describe("an element of records that is no record", () => {
  test("keeps its number and place as a reject, and its siblings stay", async () => {
    const text = `{"records":[${JSON.stringify(vnetRecord([["A", tuple()]]))},42,"text",${JSON.stringify(vnetRecord([["B", tuple()]]))}]}`;
    const odd = join(folder([["odd.json", text]]), "odd.json");
    const other = join(folder(), "odd.tidemark");
    const { sources } = await json<Ingest>(["ingest", other, odd, "--json"], [0, 1]);
    expect(["complete", "partial"]).toContain(sources[0]?.status);
    expect((await rows(other, "tuples")).map((row) => row.record)).toEqual([0, 3]);
    expect((await rows(other, "rejects")).map((row) => [row.record, row.text])).toEqual([
      [1, "42"],
      [2, '"text"'],
    ]);
  });
});
