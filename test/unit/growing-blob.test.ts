// An hour's blob downloaded again while it grows: only its new records are added, and what it is to the earlier copy is told, by content.

import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { openCatalog } from "../../electron/query/catalog.ts";
import { caseInfo } from "../../electron/query/info.ts";
import { verifyCase } from "../../electron/query/verify.ts";
import { logicalDigest } from "../../electron/store/fingerprint.ts";
import { holdCase } from "../../electron/work/held-case.ts";
import { undoSource } from "../../electron/work/undo-source.ts";
import { folder, put, type Row } from "../support/cli.ts";
import { ingestHere } from "../support/ingest-here.ts";
import { blob, evidence, vnetRecord } from "../support/logs.ts";
import { flipFrame } from "../support/recover-here.ts";
import { type Files, reading, rowsOf, written } from "../support/written.ts";

type Log = { records: { time: string }[] };
const recorded = (JSON.parse(evidence("nsg-v2.json").toString()) as Log).records;
const ofHour = recorded.filter(({ time }) => time.startsWith(recorded[0]!.time.slice(0, 13)));
const upTo = (n: number): Buffer => blob(...ofHour.slice(0, n));
const ALL = ofHour.length;

const NONE = [null, null, null];
const related = (row: Row): unknown[] => [row.relation, row.earlierMember, row.missingRecords];
const counted = (row: Row): unknown[] => [row.records, row.duplicateRecords];

/** Each as a source of its own; what each member is to those before it. */
async function relations(...files: Files): Promise<unknown[]> {
  return (await members(...files)).map(related);
}

async function members(...files: Files): Promise<Row[]> {
  const path = await written(files.map((file, i) => [`download ${i}`, [file]]));
  expect(reading(path, (db) => verifyCase(db, path, false).findings)).toEqual([]);
  return rowsOf(path, "members");
}

describe("a later copy of a blob", () => {
  test("that goes on where the earlier ended is its extension, and only its new records are added", async () => {
    expect(ALL).toBeGreaterThanOrEqual(4);
    const rows = await members(["a.json", upTo(2)], ["sub/PT1H (1).json", upTo(ALL)]);
    expect(rows.map(related)).toEqual([NONE, ["extension", "a.json", 0]]);
    expect(rows.map(counted)).toEqual([
      [2, 0],
      [ALL - 2, 2],
    ]);
  });

  test("that is shorter is an earlier one; of the same records, the same", async () => {
    expect(await relations(["a.json", upTo(3)], ["b.json", upTo(1)], ["c.json", upTo(3)])).toEqual([
      NONE,
      ["earlier", "a.json", 2],
      ["same", "a.json", 0],
    ]);
  });

  test("is compared with the longest before it", async () => {
    expect(await relations(["a", upTo(1)], ["b", upTo(3)], ["c", upTo(2)], ["d", upTo(4)])).toEqual([
      NONE,
      ["extension", "a", 0],
      ["earlier", "b", 1],
      ["extension", "b", 0],
    ]);
  });

  test("that lacks records of the earlier one, or has others in their place, is altered", async () => {
    const changed = JSON.parse(JSON.stringify(ofHour).replace(",T,O,A,E,", ",T,O,A,C,")) as object[];
    expect(changed).not.toEqual(ofHour);
    expect(
      await relations(
        ["a", upTo(4)],
        ["less", blob(...ofHour.slice(0, 1), ...ofHour.slice(2, 4))],
        ["b", blob(...changed)],
      ),
    ).toEqual([NONE, ["altered", "a", 1], ["altered", "a", 1]]);
  });

  test("of a stretch in the middle is a shorter one, and the whole a longer one of that", async () => {
    const middle = blob(...ofHour.slice(1, 3));
    expect(await relations(["a", upTo(4)], ["b", middle])).toEqual([NONE, ["earlier", "a", 2]]);
    expect(await relations(["b", middle], ["a", upTo(4)])).toEqual([NONE, ["extension", "b", 0]]);
  });

  test("in another order is altered, with nothing missing", async () => {
    expect(await relations(["a", upTo(3)], ["b", blob(...ofHour.slice(0, 3).reverse())])).toEqual([
      NONE,
      ["altered", "a", 0],
    ]);
  });

  test("written anew with other spacing and key order is the same", async () => {
    const sorted = ofHour.map((record) => Object.fromEntries(Object.entries(record).sort().reverse()));
    expect(await relations(["a", upTo(ALL)], ["b", Buffer.from(JSON.stringify(sorted, null, 2))])).toEqual([
      NONE,
      ["same", "a", 0],
    ]);
  });

  test("that was cut inside a record is the beginning of the whole one", async () => {
    const cut = upTo(3).subarray(0, upTo(2).length + 40);
    expect(await relations(["cut", cut], ["whole", upTo(ALL)])).toEqual([NONE, ["extension", "cut", 0]]);
  });
});

describe("no copy of a blob is", () => {
  const T = "1741083072345,10.0.0.4,10.0.0.5,40000,443,6,O,B,NX,0,0,0,0";
  const record = (minute: number, options: object = {}): object =>
    vnetRecord([["R", T.replace("072345", `07${2000 + minute}`)]], {
      time: `2025-03-04T10:${String(minute).padStart(2, "0")}:04.1234567Z`,
      ...options,
    });

  test.each([
    ["another NIC's", { mac: "000D3A999999" }],
    ["another flow log's", { flowLog: "OTHER" }],
    ["another hour's", { time: "2025-03-04T11:07:04.1234567Z" }],
  ])("%s", async (_, options) => {
    expect(await relations(["a", blob(record(1), record(2))], ["b", blob(record(1, options))])).toEqual([NONE, NONE]);
  });

  test("a part of the same hour that follows the first", async () => {
    const parts = [blob(record(1), record(2)), blob(record(3), record(4))];
    expect(await relations(["a", parts[0]!], ["b", parts[1]!])).toEqual([NONE, NONE]);
  });

  test("a file of several hours", async () => {
    const several = blob(record(1), record(2, { time: "2025-03-04T12:07:04.1234567Z" }));
    expect(await relations(["a", several], ["b", blob(record(1))])).toEqual([NONE, NONE]);
  });

  test("but a last record written just after the hour belongs to it, and a flow log is the same however it is spelled", async () => {
    const late = record(9, { time: "2025-03-04T11:00:02.1234567Z" });
    const spelled = Buffer.from(
      blob(record(1), record(2)).toString().replaceAll("_NETWORKWATCHERRG", "_NetworkWatcherRG"),
    );
    const all: Files = [
      ["a", blob(record(1), record(2))],
      ["b", blob(record(1), record(2), late)],
      ["c", spelled],
    ];
    expect(await relations(...all)).toEqual([NONE, ["extension", "a", 0], ["altered", "b", 3]]);
  });
});

test("the order in which copies are added changes neither records nor tuples nor the logical digest", async () => {
  const files: Files = [
    ["a", upTo(2)],
    ["b", upTo(ALL)],
    ["c", upTo(3)],
  ];
  const orders = [
    [0, 1, 2],
    [2, 1, 0],
    [1, 0, 2],
    [2, 0, 1],
  ];
  const held = [];
  for (const order of orders) {
    const path = await written(order.map((i) => [`${i}`, [files[i]!]]));
    held.push(
      reading(path, (db) => {
        const { records, duplicateRecords, tuples, rejects } = caseInfo(openCatalog(db), 3, 0);
        return { digest: logicalDigest(db), records, duplicateRecords, tuples, rejects };
      }),
    );
  }
  expect(new Set(held.map((each) => JSON.stringify(each))).size).toBe(1);
});

describe("taking a copy back", () => {
  const copies = [
    ["first", [["a.json", upTo(2)]]],
    ["second", [["b.json", upTo(ALL)]]],
    ["third", [["c.json", upTo(3)]]],
  ] as const;
  const rest = (...names: readonly string[]): (readonly [string, Files])[] =>
    copies.filter(([name]) => names.includes(name));
  const state = (path: string): unknown => [
    rowsOf(path, "members"),
    rowsOf(path, "tuples"),
    reading(path, (db) => [logicalDigest(db), verifyCase(db, path, false).findings]),
  ];

  test.each([
    ["first", ["second", "third"]],
    ["second", ["first", "third"]],
    ["third", ["first", "second"]],
  ] as const)("%s leaves the case as if it had never been added, links and counts included", async (name, others) => {
    const path = await written(copies);
    await undoSource(holdCase(path), name);
    expect(state(path)).toEqual(state(await written(rest(...others))));
  });

  test("tells what came back from which source", async () => {
    const path = await written(copies);
    expect(await undoSource(holdCase(path), "first")).toMatchObject({
      records: 2,
      readAgain: ["second", "third"],
      addAgain: [],
    });
  });

  test("that cannot be carried to its end leaves the case as it was", async () => {
    const path = await written(copies);
    flipFrame(path, "evidence", "source_id = 3"); // after the second was read
    const before = state(path);
    await expect(undoSource(holdCase(path), "first")).rejects.toThrow();
    expect(state(path)).toEqual(before);
  });

  test("that others rely on and are not embedded names all that must be added again, at any remove", async () => {
    const path = await written([["first", [["a", upTo(2)]]]]);
    await written([["second", [["b", upTo(4)]]]], path, false);
    await written([["third", [["c", upTo(4)]]]], path, true);
    const undone = await undoSource(holdCase(path), "first");
    expect(undone).toMatchObject({ addAgain: ["second"], readAgain: ["third"] });
    expect(state(path)).toEqual(state(await written([["third", [["c", upTo(4)]]]])));
  });
});

describe("a file that was refused", () => {
  const WHOLE = upTo(2);
  const files = (b: string): Files => [
    ["a.json", upTo(1)],
    ["b.json", Buffer.from(b)],
    ["notes.txt", Buffer.from("no flow log at all")],
  ];

  test.each([
    ["empty", ""],
    ["too short to tell", '{"records":[{"time":"2026'],
    ["another service's", '{"records":[{"category":"AuditEvent","time":"2026-01-01T00:00:00Z"}]}'],
  ])("%s, is read when it is a flow log now, under the same path", async (_, before) => {
    const home = folder(files(before));
    const path = join(folder(), "case.tidemark");
    const first = await ingestHere(path, [home]);
    expect([first.sources[0]?.status, first.added.records]).toEqual(["partial", 1]);
    const again = await ingestHere(path, [home]);
    expect([again.sources[0]?.status, again.added.records]).toEqual(["unchanged", 0]);
    put(home, [["b.json", WHOLE]]);
    const whole = await ingestHere(path, [home]);
    expect([whole.sources[0]?.status, whole.added.records]).toEqual(["partial", 1]); // its first record is a.json's
    expect(
      rowsOf(path, "members")
        .map((row) => [row.member, row.status])
        .slice(-3),
    ).toEqual([
      ["a.json", "complete"],
      ["b.json", "complete"],
      ["notes.txt", "refused"],
    ]);
  });
});

test("blobs of one record each, of one time, are two tellings of one blob: altered", async () => {
  const record = (bytes: number): Buffer =>
    blob(vnetRecord([["rule", `1738663200000,10.0.0.4,10.0.0.5,1,2,6,O,E,NX,1,${bytes},1,1`]]));
  expect(await relations(["a", record(100)], ["b", record(9000)])).toEqual([NONE, ["altered", "a", 1]]);
});
