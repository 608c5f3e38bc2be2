// What downloads, range reads and tools leave of a flow log: every whole record in the bytes is found and none invented, whatever
// stands between them; the rest is rejects with their places, and the file is said to be damaged.

import { expect, test } from "vitest";
import { blob, evidence, nsgRecord, vnetRecord } from "../support/logs.ts";
import { readWhole, wholeRecords } from "../support/oracle.ts";
import { type Found, faultsOf, foundIn, readBytes } from "../support/read-bytes.ts";

const T = 1_741_082_400_000;
const tuple = (n: number): string => `${T + n},10.0.0.4,10.0.0.${n % 250},4${n % 1000},443,6,O,E,NX,1,60,2,${n}`;
const records = Array.from({ length: 6 }, (_, n) =>
  n === 3
    ? nsgRecord(2, [["UserRule_N", `${T / 1000},10.0.0.4,10.0.0.7,40002,53,U,O,A,E,1,70,1,150`]])
    : vnetRecord(
        [
          ["UserRule_A", tuple(n), tuple(n + 100)],
          ["UserRule_B", tuple(n + 200)],
        ],
        {
          time: `2025-03-04T10:0${n}:04.1234567Z`,
        },
      ),
);
const lines = records.map((record) => JSON.stringify(record));
const whole = `{"records":[${lines.join(",")}]}`;
const [a = "", b = "", c = "", d = ""] = lines;
const inner = (text: string): string => text.slice(text.indexOf('"category"'));
const audit = '{"time":"2025-03-04T10:00:00Z","category":"AuditEvent","properties":{"a":[1]}}';

type Expected = { readonly whole: number; readonly rejects: number; readonly why?: RegExp; readonly complete?: true };

const forms: Readonly<Record<string, readonly [Buffer | string, Expected]>> = {
  "a block led by a comma": [`,${a},${b}`, { whole: 2, rejects: 0, complete: true }],
  "no end": [whole.slice(0, -2), { whole: 6, rejects: 0, why: /ends at byte \d+ before its closing brackets/ }],
  "a comma and no end": [`${whole.slice(0, -2)},`, { whole: 6, rejects: 0, why: /before its closing brackets/ }],
  "no beginning": [`${a},${b}]}`, { whole: 2, rejects: 0, why: /a closing bracket too many/ }],
  "cut inside a record": [
    whole.slice(0, -300),
    { whole: 5, rejects: 1, why: /ends inside a record that begins at byte/ },
  ],
  "begins inside a tuple": [`.0.5,40000,443,6,O,B,NX,0,0,0,0"]}]}]}},${b},${c}]}`, { whole: 2, rejects: 1 }],
  "begins inside the time of a record": [`${a.slice(14)},${b},${c}]}`, { whole: 2, rejects: 1, why: /not JSON/ }],
  "begins inside a record, between its keys": [`${inner(a)},${b}]}`, { whole: 1, rejects: 2 }],
  "begins inside a record and ends inside another": [`${a.slice(40)},${b},${c.slice(0, -9)}`, { whole: 1, rejects: 2 }],
  "a comma before a closing bracket": [`{"records":[${a},${b},]}`, { whole: 2, rejects: 0, complete: true }],
  "commas before closing brackets inside": [
    `{"records":[${a.replace(/\]/g, ",]")},${b}]}`,
    { whole: 1, rejects: 0, why: /a comma before a closing bracket/ },
  ],
  "the splice of a known log shipper": [
    `{"records":[{"time":"{"Version":1,"flows":[{"rule":"R","flows":[]}]}},${a},${b}]}`,
    { whole: 2, rejects: 1 },
  ],
  "a splice of two blobs": [`${whole.slice(0, 700)}${whole}`, { whole: 6, rejects: 1, why: /byte/ }],
  "a block missing inside a record": [
    `{"records":[${a},${b.slice(0, 500)}${b.slice(520)},${c}]}`,
    { whole: 3, rejects: 0, complete: true },
  ],
  "a block missing over the edge of two records": [
    `{"records":[${a},${b.slice(0, -60)}${c.slice(300)},${d}]}`,
    { whole: 2, rejects: 1 },
  ],
  "a block missing from a tuple list to the next record": [
    `{"records":[${a},${b.slice(0, -80)}","${c}","${d}]}`,
    { whole: 3, rejects: 2 },
  ],
  "a record in the list of tuples of another that never ends": [
    `{"records":[${a},${b.slice(0, b.lastIndexOf('"]'))}",${c},${d}]}`,
    { whole: 3, rejects: 1, why: /the end of the record at byte \d+ is missing/ },
  ],
  "a quote lost": [`{"records":[${a},${b.replace('"rule"', 'rule"')},${c}]}`, { whole: 2, rejects: 1 }],
  "a brace lost": [`{"records":[${a},${b.slice(0, -1)},${c}]}`, { whole: 2, rejects: 1 }],
  "a brace too many": [`{"records":[${a}},${b},${c}]}`, { whole: 3, rejects: 0, why: /too many/ }],
  "a bracket lost behind the list": [`{"records":[${a}}\n{"records":[${b}]}`, { whole: 2, rejects: 0, why: /byte/ }],
  "an escape that does not exist": [
    `{"records":[${a},${b.replace("UserRule_A", "\\q")},${c}]}`,
    { whole: 2, rejects: 1 },
  ],
  "NUL bytes in place of a block": [
    Buffer.from(whole.replace(b, "\0".repeat(b.length))),
    { whole: 5, rejects: 1, why: /not JSON/ },
  ],
  "the tail of another file": [`${whole}${whole.slice(-100)}`, { whole: 6, rejects: 3 }],
  "words between records": [`${a}\nuploaded by someone\n${b}\n`, { whole: 2, rejects: 1 }],
  "words before records": [`# exported on Tuesday\n${a}\n${b}\n`, { whole: 2, rejects: 1, why: /not JSON at byte 0/ }],
  "a scalar before the records": [`42\n${a}\n${b}`, { whole: 2, rejects: 1, complete: true }],
  "a list, a scalar, then records": [`[]\n42\n${a}`, { whole: 1, rejects: 1, complete: true }],
  "all sorts of scalars between records": [
    `[${a},42,"text",null,true,-1.5e3,${b}]`,
    { whole: 2, rejects: 5, complete: true },
  ],
  "another service's record before, between and behind": [
    `{"records":[${audit},${a},${audit},${b},${audit}]}`,
    { whole: 2, rejects: 3, complete: true },
  ],
  "a list where a record is expected": [`{"records":[${a},[${b},[]],${c}]}`, { whole: 3, rejects: 0, complete: true }],
  "flow records beside records": [
    `{"records":[${a}],"flowRecords":{"flows":[]}}`,
    { whole: 1, rejects: 1, complete: true },
  ],
  "records under a key that none are expected under": [
    `{"value":[${a},${b}]}\n${c}`,
    { whole: 1, rejects: 1, why: /flow records under a key where none are expected/ },
  ],
  "a second list of records under a damaged key": [
    `{"records":[${a}],"recXrds":[${b}],"records":[${c}]}`,
    { whole: 2, rejects: 1, complete: true },
  ],
  "the published broken tail": [evidence("nsg-v2-broken-tail.json"), { whole: 0, rejects: 0 }],
};

const plainly = (found: Found): unknown[] => found.tuples.map(({ record: _, member: __, ...rest }) => rest);

test.each(Object.entries(forms))("%s", async (name, [form, expected]) => {
  const bytes = Buffer.from(form as string);
  const found = foundIn(await readBytes([bytes]));
  const [member] = found.members;
  expect(member!.status).toBe(expected.complete ? "complete" : "partial");
  if (expected.why) expect(member!.reason).toMatch(expected.why);
  expect(faultsOf(found, [bytes])).toEqual([]);
  expect(found.rejects.map(({ text }) => text)).toHaveLength(expected.rejects);
  for (const piece of [1, 7, 333]) expect(foundIn(await readBytes([bytes], false, piece))).toEqual(found);

  const lenient = /commas before|broken tail/.test(name); // a record that JSON.parse does not read
  const misplaced = /under a/.test(name); // records that stand where none are read
  const places = found.records.filter(({ kept }) => kept).map(({ offset, bytes: length }) => ({ offset, length }));
  expect(places).toHaveLength(expected.whole + (lenient ? 1 : 0));
  if (lenient || misplaced) return;
  expect(places).toEqual(wholeRecords(bytes).map(({ offset, length }) => ({ offset, length })));
  expect(plainly(found)).toEqual(
    readWhole(bytes).tuples.map(({ source: _, member: __, record: ___, offset: ____, ...rest }) => rest),
  );
});

const none: [string, Buffer | string, RegExp][] = [
  ["an empty file", "", /the file is empty/],
  ["another service's log", `{"records":[${audit},${audit}]}`, /not a flow log: category AuditEvent/],
  ["another service's log, one a line", `${audit}\n${audit}`, /not a flow log: category AuditEvent/],
  ["another service's log, cut", `{"records":[${audit},${audit.slice(0, -20)}`, /not a flow log: category AuditEvent/],
  ["another service's log of many records", `[${Array(500).fill(audit).join()}]`, /AuditEvent \(so are its first 64/],
  ["other JSON", '{"a":[1,2,{"b":null}]}', /neither a category nor flow records/],
  ["a list of numbers", "[1,2,3]", /neither a category nor flow records/],
  ["words", "this is not JSON", /not a flow log, or too short to tell: text that is not JSON at byte 0/],
  ["UTF-16", Buffer.from(`\uFEFF${whole}`, "utf16le"), /text in UTF-16/],
  ["the first bytes of a log", '{"records":[{"time":"2025-03-0', /too short to tell/],
  ["a binary file", Buffer.from(Array.from({ length: 9000 }, (_, n) => (n * 7919) % 251)), /too short to tell/],
  [
    "a case",
    "SQLite format 3\0\x10\0\x01\x01",
    /not a flow log: a SQLite database, as a case is; evidence of a case leaves it by export/,
  ],
  [
    "a 7z archive",
    Buffer.from("377abcaf271c0004", "hex"),
    /not a flow log: a 7z archive; unpack it and add what it holds/,
  ],
  ["Zstandard data", Buffer.from("28b52ffd04000000", "hex"), /not a flow log: Zstandard data; unpack it/],
  ["a program", "\x7fELF\x02\x01\x01\0\0\0", /too short to tell: it begins with bytes that are not text$/],
  ["a long file of words", "nothing to see here ".repeat(400_000), /no record in the 4194304 bytes searched/],
];

test.each(none)("%s is refused, and says so", async (_, form, why) => {
  const bytes = Buffer.from(form as string);
  for (const piece of bytes.length < 5000 ? [1 << 20, 1, 7] : [1 << 20, 1 << 14]) {
    const found = foundIn(await readBytes([bytes], false, piece));
    const [member] = found.members;
    expect([member!.status, found.records, found.rejects, found.tuples]).toEqual(["refused", [], [], []]);
    expect(member!.reason).toMatch(why);
  }
});

test("a record of the log behind what is not searched is not looked for, a record before that is", async () => {
  for (const [words, status] of [
    [4_000_000, "partial"],
    [4_300_000, "refused"],
  ] as const) {
    const bytes = Buffer.from(`${"w".repeat(words)}\n${a}`);
    for (const piece of [1 << 20, 1 << 16])
      expect((await readBytes([bytes], false, piece)).at(-1)!.members[0]!.status).toBe(status);
  }
});

test("a blob that holds nothing yet is a flow log", async () => {
  for (const text of ['{"records":[]}', '{"records":[\n]}', '{"records":[]}{"records":[]}'])
    expect((await readBytes([Buffer.from(text)]))[0]!.members[0]).toMatchObject({ status: "complete", reason: null });
  expect(blob().toString()).toBe('{"records":[]}');
});
