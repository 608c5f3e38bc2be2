// A record with the content of an earlier one counts once, wherever and however it is written; tuples are never merged.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { verifyCase } from "../../electron/query/verify.ts";
import type { IngestAccount } from "../../shared/contract.ts";
import { folder, put, sha256 } from "../support/cli.ts";
import { ingestHere } from "../support/ingest-here.ts";
import { blob, evidence, manyLogs, vnetRecord } from "../support/logs.ts";
import { readTuples } from "../support/oracle.ts";
import { tamper } from "../support/recover-here.ts";
import { infoOf, reading, rowsOf } from "../support/written.ts";

const T = Date.UTC(2025, 2, 4, 10);
const begin = (at: number): string => `${T + at},10.0.0.4,10.0.0.5,40000,443,6,O,B,NX,0,0,0,0`;
const record = (at: number): object => vnetRecord([["DefaultRule_AllowVnetOutBound", begin(at), begin(at)]]);

const ingest = (caseFile: string, ...paths: string[]): Promise<IngestAccount> => ingestHere(caseFile, paths);

/** The same value with the keys of every object turned round. */
function turned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(turned);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, inner]) => [key, turned(inner)]),
  );
}

describe("the same record in other words is a duplicate", () => {
  const text = evidence("documented-sample.json").toString("utf8");
  const value = JSON.parse(text) as { records: object[] };
  const spellings: [string, string][] = [
    ["with its keys in another order", JSON.stringify(turned(value))],
    ["without spaces", JSON.stringify(value)],
    ["with tabs and line breaks", JSON.stringify(value, null, "\t").replaceAll("\n", "\r\n")],
    ["with letters as escapes", text.replaceAll("A", "\\u0041").replaceAll("6,O,B", "6\\u002cO,B")],
    ["with slashes as escapes", text.replaceAll("/", "\\/")],
    [
      "with keys as escapes",
      text.replaceAll('"flowTuples"', '"flow\\u0054uples"').replaceAll('"time"', '"\\u0074ime"'),
    ],
    ["bare", JSON.stringify(value.records[0])],
    ["in an array", JSON.stringify(value.records)],
  ];

  test.each(spellings)("%s", async (_, spelling) => {
    const home = folder([
      ["1.json", text],
      ["2.json", spelling],
    ]);
    const caseFile = join(folder(), "case.tidemark");
    const { added } = await ingest(caseFile, join(home, "1.json"), join(home, "2.json"));
    expect(added).toEqual({ records: 1, duplicateRecords: 1, tuples: 19, rejects: 0 });
  });

  test("and with a different value it is not", async () => {
    const changes = [
      text.replace("NX,3,767", "NX,3,768"),
      text.replace("2022-09-14T09:00:52.5625085Z", "2022-09-14T09:00:52.5625086Z"),
    ];
    const home = folder([text, ...changes].map((content, index) => [`${index}.json`, content] as const));
    const { added } = await ingest(join(folder(), "case.tidemark"), home);
    expect(added).toEqual({ records: 3, duplicateRecords: 0, tuples: 57, rejects: 0 });
  });

  test("the logical digest does not depend on spelling, file or order", async () => {
    const cases = await Promise.all(
      [text, JSON.stringify(turned(value))].map(async (content, index) => {
        const files = [
          ["a.json", content],
          ["b.json", evidence("nsg-v2.json")],
        ] as const;
        const home = folder(
          files.map(
            ([name, bytes]) => [index === 0 ? name : `x/${name === "a.json" ? "z" : "y"}.json`, bytes] as const,
          ),
        );
        const caseFile = join(folder(), "case.tidemark");
        await ingest(caseFile, home);
        return infoOf(caseFile).logicalDigest;
      }),
    );
    expect(cases[0]).toMatch(/^[0-9a-f]{64}$/);
    expect(cases[1]).toBe(cases[0]);
  });
});

describe("adding the same evidence again", () => {
  test("is unchanged: nothing added, no count raised, not a byte of the case touched", async () => {
    const home = folder([...manyLogs(3, 5, 20), ["twice.json", evidence("vnet-v4-vnet-target.json")]]);
    const caseFile = join(folder(), "case.tidemark");
    await ingest(caseFile, home);
    const [before, hash] = [infoOf(caseFile), sha256(caseFile)];
    const again = await ingest(caseFile, home);
    expect(again.sources.map(({ status }) => status)).toEqual(["unchanged"]);
    expect(again.added).toEqual({ records: 0, duplicateRecords: 0, tuples: 0, rejects: 0 });
    expect(sha256(caseFile)).toBe(hash);
    expect(infoOf(caseFile)).toEqual(before);
  });

  test("ends the source whose adding was killed when its last file was in the case, but not its end", async () => {
    const home = folder(manyLogs(2, 5, 20));
    const caseFile = join(folder(), "case.tidemark");
    await ingest(caseFile, home);
    const whole = infoOf(caseFile);
    tamper(caseFile, "UPDATE source SET state = 'open', status = 'interrupted', sha256 = NULL");
    tamper(caseFile, "DELETE FROM property");
    const { sources } = await ingest(caseFile, home);
    expect(sources.map(({ status }) => status)).toEqual(["complete"]);
    expect({ ...infoOf(caseFile), fileBytes: whole.fileBytes }).toEqual(whole);
    expect(rowsOf(caseFile, "members").map(({ status }) => status)).toEqual(["complete", "complete"]);
  });

  test("as a copy elsewhere adds no tuple and leaves the logical digest", async () => {
    const files = [...manyLogs(2, 5, 20)];
    const caseFile = join(folder(), "case.tidemark");
    await ingest(caseFile, folder(files));
    const before = infoOf(caseFile);
    const { added } = await ingest(caseFile, folder(files));
    expect({ records: added.records, tuples: added.tuples }).toEqual({ records: 0, tuples: 0 });
    const { tuples, records, logicalDigest } = infoOf(caseFile);
    expect({ tuples, records, logicalDigest }).toEqual({
      tuples: before.tuples,
      records: before.records,
      logicalDigest: before.logicalDigest,
    });
  });

  test("a longer later copy adds only its new records, from another path or the same", async () => {
    const all = [record(0), record(60_000), record(120_000), record(180_000)];
    const home = folder([["PT1H.json", blob(...all.slice(0, 2))]]);
    const later = folder([["PT1H.json", blob(...all.slice(0, 3))]]);
    const caseFile = join(folder(), "case.tidemark");
    await ingest(caseFile, join(home, "PT1H.json"));
    const elsewhere = await ingest(caseFile, join(later, "PT1H.json"));
    expect(elsewhere.added).toEqual({ records: 1, duplicateRecords: 2, tuples: 2, rejects: 0 });
    put(home, [["PT1H.json", blob(...all)]]);
    const grown = await ingest(caseFile, join(home, "PT1H.json"));
    expect(grown.added).toMatchObject({ records: 1, tuples: 2 });
    expect(infoOf(caseFile)).toMatchObject({ records: 4, tuples: 8 });
  });

  test("a folder that grew by a file adds only that file's records", async () => {
    const home = folder([["a.json", blob(record(0))]]);
    const caseFile = join(folder(), "case.tidemark");
    await ingest(caseFile, home);
    put(home, [["b.json", blob(record(60_000), record(0))]]);
    expect((await ingest(caseFile, home)).added).toMatchObject({ records: 1, tuples: 2 });
    expect(infoOf(caseFile)).toMatchObject({ records: 2, tuples: 4 });
  });
});

describe("what only looks like a duplicate is kept", () => {
  test("equal tuples in a record, and several records with one time", async () => {
    const records = [record(0), record(1), record(2)];
    const path = join(folder([["minute.json", blob(...records)]]), "minute.json");
    const caseFile = join(folder(), "case.tidemark");
    const { added } = await ingest(caseFile, path);
    expect(added).toEqual({ records: 3, duplicateRecords: 0, tuples: 6, rejects: 0 });
    const expected = readTuples(readFileSync(path)).tuples.map(({ time, record: at, tuple }) => ({
      time,
      record: at,
      tuple,
    }));
    const found = rowsOf(caseFile, "tuples").map(({ time, record: at, tuple }) => ({ time, record: at, tuple }));
    expect(found).toEqual(expected);
  });

  test("the numbering of records counts duplicates before them", async () => {
    const path = join(
      folder([["twice.json", blob(record(0), record(0), record(1), record(0), record(2))]]),
      "twice.json",
    );
    const caseFile = join(folder(), "case.tidemark");
    const { added } = await ingest(caseFile, path);
    expect(added).toMatchObject({ records: 3, duplicateRecords: 2, tuples: 6 });
    expect(rowsOf(caseFile, "tuples").map((row) => row.record)).toEqual([0, 0, 2, 2, 4, 4]);
  });

  test("the first copy in the order given is the one that counts, members of a folder in byte order", async () => {
    const later = folder([["z.json", blob(record(0))]]);
    const home = folder([
      ["a/x.json", blob(record(1))],
      ["a-b/x.json", blob(record(1), record(0))],
      ["B.json", blob(record(2))],
      ["aa.json", blob(record(2), record(1))],
    ]);
    const caseFile = join(folder(), "case.tidemark");
    await ingestHere(caseFile, [later, home], { jobs: 3 });
    const found = rowsOf(caseFile, "tuples").map(({ source, member, record: at }) => [source, member, at].join(" "));
    const places = [`${later} z.json 0`, `${home} B.json 0`, `${home} a-b/x.json 0`];
    expect(found).toEqual(places.flatMap((place) => [place, place]));
  });
});

test("a duplicate whose tuples lie on both sides of a segment's end is dropped whole", async () => {
  // 70 records of 1,000 tuples: the 66th lies across row 65,536, where a member of its own is handed over in parts.
  const records = Array.from({ length: 70 }, (_, r) =>
    vnetRecord([["Rule", ...Array.from({ length: 1000 }, (_, i) => begin(r * 1000 + i))]]),
  );
  const home = folder([
    ["a/PT1H.json", blob(...records)],
    ["b/PT1H.json", JSON.stringify({ records }, null, 1)],
  ]);
  const file = join(home, "c.tidemark");
  const { added } = await ingest(file, join(home, "a"), join(home, "b"));
  expect([added.records, added.duplicateRecords, added.tuples]).toEqual([70, 70, 70_000]);
  const { tuples } = infoOf(file);
  expect(tuples).toBe(70_000);
  const bars = rowsOf(file, "timeline");
  expect(bars.reduce((sum, bar) => sum + Number(bar.tuples), 0)).toBe(70_000);
  expect(rowsOf(file, "members").map((member) => member.tuples)).toEqual([70_000, 0]);
  expect(reading(file, (db) => verifyCase(db, file, false).findings)).toEqual([]);
});
