// Every form in which whole flow logs come, by name: read as the independent reader reads them, with true places, nothing rejected
// that is right, and the same in any pieces.

import { expect, test } from "vitest";
import { blob, evidence, nsgRecord, vnetRecord, wholeFiles } from "../support/logs.ts";
import { readWhole } from "../support/oracle.ts";
import { type Found, faultsOf, foundIn, readBytes } from "../support/read-bytes.ts";

const T = 1_741_082_400_000;
const S = T / 1000;
const line = (value: unknown): string => JSON.stringify(value);

const one = vnetRecord([["UserRule_A", `${T},10.0.0.4,10.0.0.5,40000,443,6,O,B,NX,0,0,0,0`]]);
const two = vnetRecord([["UserRule_B", `${T + 1000},10.0.0.4,10.0.0.6,40001,443,6,O,E,NX,1,60,1,54`]], {
  time: "2025-03-04T10:01:04.1234567Z",
  mac: "00-0d-3a-22-22-22",
});
const v1 = nsgRecord(1, [["UserRule_C", `${S + 2},10.0.0.4,10.0.0.7,40002,53,U,O,A`]]);
const v2 = nsgRecord(2, [
  ["DefaultRule_DenyAllInBound", `${S + 3},198.51.100.7,10.0.0.4,4000,3389,T,I,D,B,,,,`],
  ["UserRule_D", `${S + 4},10.0.0.4,10.0.0.7,40002,53,U,O,A,E,1,70,1,150`],
]);
const all = [one, two, v1, v2];
const lines = all.map(line);
const tuplesOf = (...tuples: string[]): Buffer => blob(vnetRecord([["R", ...tuples]]));
const good = `${T},10.0.0.4,10.0.0.5,40000,443,6,O,E,NX,1,60,2,120`;

/** The same value with the keys of every object in the order that `sort` gives. */
function rekeyed(value: unknown, sort: (keys: string[]) => string[]): unknown {
  if (Array.isArray(value)) return value.map((each) => rekeyed(each, sort));
  if (value === null || typeof value !== "object") return value;
  const from = value as Record<string, unknown>;
  return Object.fromEntries(sort(Object.keys(from)).map((key) => [key, rekeyed(from[key], sort)]));
}

/** The same text with every character of every string as an escape. */
function escaped(text: string): string {
  const asEscape = (c: string): string => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`;
  return text.replace(/"([^"\\]*)"/g, (_, inner: string) => `"${inner.replace(/[\s\S]/g, asEscape)}"`);
}

const forms: Readonly<Record<string, Buffer | string>> = {
  ...Object.fromEntries(wholeFiles.map((name) => [`the published ${name}`, evidence(name)])),
  "a blob as Azure writes it": blob(...all),
  "a byte order mark": `\uFEFF${line({ records: all })}`,
  "byte order marks where files were joined": [`\uFEFF${lines[0]}`, `\uFEFF${line({ records: [two] })}`].join("\r\n"),
  "keys the other way round": line({ records: rekeyed(all, (keys) => keys.reverse()) }),
  "keys in order of the alphabet": line(rekeyed({ records: all }, (keys) => keys.sort())),
  "spaces and lines": JSON.stringify({ records: all }, null, 4),
  tabs: JSON.stringify({ records: all }, null, "\t"),
  "CR LF": JSON.stringify({ records: all }, null, 2).replaceAll("\n", "\r\n"),
  "white space wherever it may stand": line({ records: all }).replace(
    /"(?:[^"\\]|\\.)*"|[[\]{}:,]/g,
    (token) => ` \t\r\n${token}\n `,
  ),
  "every string escaped, keys too": escaped(line({ records: all })),
  "escaped tuples": line({ records: [two] })
    .replace("10.0.0.6", "10\\u002e0.0.6")
    .replace(",E,", "\\u002cE,"),
  "a bare record": lines[1]!,
  "a bare record over many lines": JSON.stringify(v2, null, 2),
  "records one a line": `${lines.join("\n")}\n`,
  "records one a line, CR LF, no end of line": lines.join("\r\n"),
  "records one after another": lines.join(""),
  "an array": line(all),
  "an array of blobs": line([{ records: [one, two] }, { records: [v1] }, v2]),
  "blobs one a line": [line({ records: [one] }), line({ records: [two, v1] })].join("\n"),
  "records inside records": line({ records: [one, { records: [two, { records: [v1] }] }, v2] }),
  "records beside other keys": line({ schema: { a: [1, "]}"] }, records: all, more: null, records2: [{}] }),
  "two lists of records": `{"records":[${lines[0]}],"records":[${lines[1]}]}`,
  "an empty list, then records": `{"records":[]}\n[]\n${lines[0]}`,
  "several records with one time": blob(
    ...[0, 1, 2].map((n) => vnetRecord([["R", `${T + n},10.0.0.4,10.0.0.5,40000,443,6,O,B,NX,0,0,0,0`]])),
  ),
  "the version changes in the middle": blob(v2, v2, v1, v1, one),
  "seconds in v4": tuplesOf(good.replace(String(T), String(S)), good),
  "8, 12 and 13 fields": tuplesOf(
    good,
    good.replace(",NX", ""),
    `${T},10.0.0.4,10.0.0.5,40000,443,6,O,B`,
    `${S},10.0.0.4,10.0.0.5,40000,443,T,O,D`,
    `${S},10.0.0.4,10.0.0.5,40000,443,T,O,D,B,,,,`,
    `${T},10.0.0.4,10.0.0.5,40000,443,T,O,B,1,2,3,4`,
  ),
  "NSG tuples in a v4 record, counters on B": tuplesOf(`${S},10.0.0.4,10.0.0.5,40000,53,U,I,A,B,1,2,3,4`, good),
  "v4 tuples in an NSG record": blob(nsgRecord(2, [["R", good, `${S},10.0.0.4,10.0.0.5,1,2,T,O,A,C,1,2,3,4`]])),
  "IPv6, IPv4-mapped too": tuplesOf(
    ...["2001:DB8:0:0:1::1", "::ffff:10.9.9.9", "::FFFF:0a09:0909", "::", "fe80::1"].map((ip) =>
      good.replace("10.0.0.5", ip),
    ),
  ),
  "equal tuples in a record": tuplesOf(good, good, good),
  "empty and zero counters": tuplesOf(
    `${T},10.0.0.4,10.0.0.5,1,2,6,O,B,NX,,,,`,
    `${T},10.0.0.4,10.0.0.5,1,2,6,O,B,NX,0,0,0,0`,
    `${T},10.0.0.4,10.0.0.5,1,2,6,O,E,NX,5,,0,`,
    `${T},10.0.0.4,10.0.0.5,1,2,6,O,E,NX,9007199254740991,0,0,9007199254740991`,
  ),
  "the same ACL twice, empty groups and no flows": blob(
    vnetRecord([["R"], ["Q", good]]),
    vnetRecord([]),
    nsgRecord(2, [["Nothing"]]),
    { ...one, flowRecords: { flows: [] } },
    { ...v2, properties: { Version: 2, flows: [{ rule: "Nothing", flows: [] }] } },
  ),
  "flowTuples before their rule": line({ records: [rekeyed(two, (keys) => [...keys].sort())] }),
  "no macAddress, as in 2018": blob({ ...v1, macAddress: undefined }),
  "resourceId in place of flowLogResourceID": blob({ ...one, flowLogResourceID: undefined, resourceId: "//A/B" }),
  "keys of Object.prototype": blob({ ...one, constructor: { prototype: 1 }, toString: null })
    .toString()
    .replace('"toString"', '"__proto__":{"x":[1]},"toString"'),
  "numbers that no reader agrees on": line({ records: [{ ...one, a: 0 }] }).replace(
    '"a":0',
    '"a":[1e999,-0,9007199254740993,1.0,12345678901234567890123]',
  ),
  "NUL and other controls": blob(vnetRecord([["a\u0000b\u0001\u007f\u2028", good]])),
  "64 deep": `{"records":[{"x":${"[".repeat(63)}${"]".repeat(63)},${lines[0]!.slice(1)}]}`,
};

const same = (found: Found, bytes: Buffer): void => {
  const plain = readWhole(bytes);
  const unnumbered = found.tuples.map(({ record: _, member: __, ...rest }) => rest);
  expect(unnumbered).toEqual(plain.tuples.map(({ source: _, member: __, record: ___, offset: ____, ...rest }) => rest));
  expect(found.rejects.map(({ text }) => text)).toEqual(plain.rejects.map(({ text }) => text));
  expect(found.records).toHaveLength(plain.records);
};

test.each(Object.entries(forms))("%s", async (_, form) => {
  const bytes = Buffer.from(form as string);
  const parts = await readBytes([bytes]);
  const found = foundIn(parts);
  expect(found.members.map(({ status, reason }) => [status, reason])).toEqual([["complete", null]]);
  expect(faultsOf(found, [bytes])).toEqual([]);
  same(found, bytes);
  for (const piece of bytes.length < 6000 ? [1, 7, 1000] : [1000, 4096])
    expect(foundIn(await readBytes([bytes], false, piece))).toEqual(found);
});

test("what a record says does not depend on its form: the digests of the forms of one log are the same", async () => {
  const digests = async (form: Buffer | string): Promise<string[]> =>
    foundIn(await readBytes([Buffer.from(form as string)])).records.map(({ digest }) => digest);
  const plain = await digests(blob(...all));
  for (const name of ["keys the other way round", "spaces and lines", "every string escaped, keys too", "an array"])
    expect([name, await digests(forms[name]!)]).toEqual([name, plain]);
});

test("nothing that a log holds becomes part of the program", () => {
  expect(({} as { x?: unknown }).x).toBeUndefined();
});

const unknown: [string, Buffer, string[]][] = [
  [
    "a version",
    blob({ ...one, flowLogVersion: 5 }, { ...one, flowLogVersion: 6 }),
    ["flow log version 5", "version 6"],
  ],
  ["a version that is a text", blob({ ...one, flowLogVersion: "4" }, { ...one, flowLogVersion: "x" }), ['version "x"']],
  [
    "an NSG version",
    blob({ ...v2, properties: { ...(v2 as { properties: object }).properties, Version: 3 } }),
    ["version 3"],
  ],
  ["a state", tuplesOf(good.replace(",E,", ",F,"), good.replace(",E,", ",Gone,")), ["state F, state Gone"]],
  [
    "an encryption code",
    tuplesOf(good.replace("NX", "NX_FUTURE"), good.replace("NX", "x-1")),
    ["code NX_FUTURE", "x-1"],
  ],
];

test.each(unknown)("%s that is not known is kept and told, also when it comes again", async (_, bytes, told) => {
  const found = foundIn(await readBytes([bytes, blob(two), bytes]));
  const only = foundIn(await readBytes([bytes]));
  expect(found.rejects).toEqual([]);
  same(only, bytes);
  expect(found.members.map(({ status }) => status)).toEqual(["complete", "complete", "complete"]);
  for (const part of told) expect(found.members[0]!.reason).toContain(part);
  expect(found.members.map(({ reason }) => reason)).toEqual([only.members[0]!.reason, null, only.members[0]!.reason]);
});
