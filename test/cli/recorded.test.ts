// Recorded logs, in every form they may come in, against the independent reader: the same tuples, each with a true place.

import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { gzipSync } from "node:zlib";
import { beforeAll, describe, expect, test } from "vitest";
import type { Ingest } from "../support/answers.ts";
import { folder, json, type Row, rows, tidemark } from "../support/cli.ts";
import { ingestHere } from "../support/ingest-here.ts";
import { blob, evidence, nsgRecord, vnetRecord, wholeFiles } from "../support/logs.ts";
import {
  type OracleMember,
  type OracleTuple,
  objectAt,
  readMembers,
  readTuples,
  tupleKeys,
  tupleStrings,
} from "../support/oracle.ts";
import { infoOf, rowsOf } from "../support/written.ts";
import { zipped } from "../support/zip.ts";

const files = wholeFiles.map((name) => [name, evidence(name)] as const);

/** The same evidence in another form: what is given to `ingest`, and the members that come of it, in order. */
type Form = { readonly paths: string[]; readonly members: OracleMember[] };

function asFiles(name: (file: string) => string, pack: (bytes: Buffer) => Buffer): Form {
  const home = folder(files.map(([file, bytes]) => [name(file), pack(bytes)]));
  const paths = files.map(([file]) => join(home, name(file)));
  return {
    paths,
    members: paths.map((path, index) => ({ source: path, member: basename(path), bytes: files[index]![1] })),
  };
}

function asZip(): Form {
  const path = join(folder([["logs.zip", zipped(files.map(([file, bytes]) => [`logs/${file}`, bytes]))]]), "logs.zip");
  return { paths: [path], members: files.map(([file, bytes]) => ({ source: path, member: `logs/${file}`, bytes })) };
}

function asFolder(): Form {
  const nested = files.map(([file, bytes]) => [`y=2025/${file.slice(0, 3)}/${file}`, bytes] as const);
  const home = folder(nested);
  const order = [...nested].sort(([a], [b]) => (a < b ? -1 : 1));
  return { paths: [home], members: order.map(([member, bytes]) => ({ source: home, member, bytes })) };
}

const forms = {
  "plain files": () =>
    asFiles(
      (file) => file,
      (bytes) => bytes,
    ),
  "gzip files": () => asFiles((file) => `${file}.gz`, gzipSync),
  "a zip": asZip,
  "a folder": asFolder,
};

describe.each(Object.entries(forms))("recorded logs as %s", (_, form) => {
  const caseFile = join(folder(), "case.tidemark");
  let given: Form;
  let account: Ingest;
  let answer: Row[];

  beforeAll(async () => {
    given = form();
    account = await json<Ingest>(["ingest", caseFile, ...given.paths, "--json"]);
    answer = await rows(caseFile, "tuples");
  });

  test("give exactly the tuples that the independent reader gives, in the contract's order", () => {
    expect(answer).toEqual(readMembers(given.members).tuples);
  });

  test("have the contract's keys first, in its order", () => {
    const orders = new Set(answer.map((row) => Object.keys(row).slice(0, tupleKeys.length).join()));
    expect([...orders]).toEqual([tupleKeys.join()]);
  });

  test("give each tuple a place that leads to its text", () => {
    const texts = readMembers(given.members).texts;
    const wrong = answer.filter((row, index) => {
      const member = given.members.find(({ source, member }) => source === row.source && member === row.member)!;
      const record = objectAt(member.bytes, row.offset as number);
      return tupleStrings(record)[row.tuple as number] !== texts[index];
    });
    expect(wrong).toEqual([]);
  });

  test("bring records that come twice once, and count the second", () => {
    const { records, duplicateRecords, tuples } = readMembers(given.members);
    expect(account.added).toEqual({ records, duplicateRecords, tuples: tuples.length, rejects: 0 });
    expect(account.sources.map(({ path, status, reason }) => ({ path, status, reason }))).toEqual(
      given.paths.map((path) => ({ path, status: "complete", reason: null })),
    );
  });
});

describe("the recorded log with a broken tail", () => {
  const home = folder();
  const caseFile = join(home, "case.tidemark");
  const text = evidence("nsg-v2-broken-tail.json").toString("utf8");
  let account: Ingest;

  beforeAll(async () => {
    const paths = [join(folder([["broken.json", text]]), "broken.json")];
    const good = join(folder([["good.json", evidence("nsg-v2.json")]]), "good.json");
    account = await json<Ingest>(["ingest", caseFile, ...paths, good, "--json"], 1);
  });

  test("is named with a reason, and its good neighbour is whole", () => {
    const [broken, good] = account.sources;
    expect(["partial", "refused"]).toContain(broken?.status);
    expect(broken?.reason).toMatch(/\w+ \w+/);
    expect(good).toMatchObject({ status: "complete", tuples: 153, records: 8 });
  });

  test("counts as partial, because flow-log keys were read before the damage", () => {
    expect(account.sources[0]?.status).toBe("partial");
  });

  test("gives only tuples that stand in it, each once, and counts them", async () => {
    const answer = (await rows(caseFile, "tuples")).filter((row) => row.member === "broken.json");
    const said = (text.match(/"\d{10},[^"]*"/g) ?? []).map((quoted) => quoted.slice(1, -1));
    const allowed = readTuples(blob(nsgRecord(2, [["any", ...said]]))).tuples;
    const plain = ({ time, srcIp, srcPort, dstIp, dstPort, state, bytesSent }: OracleTuple): string =>
      [time, srcIp, srcPort, dstIp, dstPort, state, bytesSent].join();
    const left = allowed.map(plain);
    for (const row of answer) {
      const at = left.indexOf(plain(row as unknown as OracleTuple));
      expect(at, JSON.stringify(row)).not.toBe(-1);
      left.splice(at, 1);
    }
    expect(answer).toHaveLength(account.sources[0]!.tuples);
  });
});

describe("unusual but whole documents", () => {
  const one = vnetRecord([["UserRule_A", "1741082400000,10.0.0.4,10.0.0.5,40000,443,6,O,B,NX,0,0,0,0"]]);
  const two = vnetRecord([["UserRule_B", "1741082401000,10.0.0.4,10.0.0.6,40001,443,6,O,E,NX,1,60,1,54"]]);
  const old = nsgRecord(1, [["UserRule_C", "1741082402,10.0.0.4,10.0.0.7,40002,53,U,O,A"]]);
  const line = (record: object): string => JSON.stringify(record);
  const documents: [string, string][] = [
    ["array.json", line([one, two, old])],
    ["bare.json", JSON.stringify(one, null, "\t")],
    ["bom.json", `\uFEFF${line({ records: [one, two] })}`],
    ["crlf.json", JSON.stringify({ records: [two, old] }, null, 2).replaceAll("\n", "\r\n")],
    ["lines.json", `${[one, two, old].map(line).join("\n")}\n`],
    ["lines-crlf-without-end.json", [old, two].map(line).join("\r\n")],
    [
      "mixed-versions.json",
      line({ records: [nsgRecord(2, [["R", "1741082403,10.0.0.4,10.0.0.7,40002,53,U,O,A,B,,,,"]]), old] }),
    ],
  ];

  test.each(documents)("%s gives what the independent reader gives", async (name, text) => {
    const path = join(folder([[name, text]]), name);
    const caseFile = join(folder(), "case.tidemark");
    await ingestHere(caseFile, [path]);
    const members = [{ source: path, member: name, bytes: readFileSync(path) }];
    expect(rowsOf(caseFile, "tuples")).toEqual(readMembers(members).tuples);
  });

  test("records nested in a record, as Microsoft's own sample has them, are all read", async () => {
    const text = line({ records: [one, { records: [two, old] }] });
    const path = join(folder([["nested.json", text]]), "nested.json");
    const caseFile = join(folder(), "case.tidemark");
    await ingestHere(caseFile, [path]);
    const numberless = ({ record: _, ...row }: Row): Row => row;
    const expected = readMembers([{ source: path, member: "nested.json", bytes: Buffer.from(text) }]).tuples;
    expect(rowsOf(caseFile, "tuples").map(numberless)).toEqual(expected.map((row) => numberless(row as Row)));
  });

  test("an empty list of records is a flow log hour without traffic or refused, and never an error of the program", async () => {
    const path = join(folder([["PT1H.json", '{"records":[]}']]), "PT1H.json");
    const run = await tidemark("ingest", join(folder(), "case.tidemark"), path, "--json");
    expect([0, 1, 3]).toContain(run.code);
    expect(run.stderr).not.toMatch(/\n\s+at /);
  });

  test("a case knows its first and last time, its NICs and its addresses", async () => {
    const caseFile = join(folder(), "case.tidemark");
    const bytes = evidence("nsg-v2.json");
    await ingestHere(caseFile, [join(folder([["a.json", bytes]]), "a.json")]);
    const { tuples } = readTuples(bytes);
    const times = tuples.map((tuple) => tuple.time);
    expect(infoOf(caseFile)).toMatchObject({
      sources: 1,
      members: 1,
      records: 8,
      duplicateRecords: 0,
      tuples: 153,
      rejects: 0,
      firstTime: Math.min(...times),
      lastTime: Math.max(...times),
      nics: 1,
      endpoints: new Set(tuples.flatMap((tuple) => [tuple.srcIp, tuple.dstIp])).size,
      embedded: true,
      flows: expect.any(Number),
    });
  });
});
