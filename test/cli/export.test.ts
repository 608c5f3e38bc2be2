// The evidence of a scope as a folder: a third party can check it with sha256sum, a JSON reader and the original files, and what is
// in it, read again, is what was in scope.

import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { beforeAll, describe, expect, test } from "vitest";
import { withEngine } from "../../electron/cli/engine.ts";
import type { Totals } from "../../shared/contract.ts";
import { failureOf } from "../../shared/failure.ts";
import { folder, json, listing, type Row, rows, sha256, start, tidemark } from "../support/cli.ts";
import { blob, evidence, manyLogs, vnetRecord } from "../support/logs.ts";
import { mixedFiles } from "../support/mixed.ts";
import { tupleKeys } from "../support/oracle.ts";
import { zipped } from "../support/zip.ts";

/** What a third party has. */
const CHECKER = "sha256sum";

const T = Date.UTC(2025, 2, 4, 10);
const hostile = vnetRecord(
  [
    ["=cmd|' /C calc'!A0", `${T},10.9.0.1,10.9.0.2,1,2,6,O,B,NX,0,0,0,0`],
    ["@SUM(1)", `${T + 1},10.9.0.1,10.9.0.2,1,2,6,O,B,NX,0,0,0,0`],
    ['+"quoted",\n2', `${T + 2},10.9.0.1,10.9.0.2,1,2,6,O,B,NX,0,0,0,0`],
    ["\t-1", `${T + 3},10.9.0.1,10.9.0.2,1,2,6,O,B,NX,0,0,0,0`],
    ["fine = so", `${T + 4},10.9.0.1,10.9.0.2,1,2,6,O,B,NX,0,0,0,0`],
  ],
  { acl: "-2+3", mac: "000D3A999999" },
);
const pretty = `\ufeff${JSON.stringify({ records: [hostile, hostile] }, null, 2)}`;
const files: (readonly [string, Buffer | string])[] = [
  ...mixedFiles,
  ...manyLogs(4, 6, 20),
  ["=odd name; $(rm) é/..x/PT1H.json", pretty],
  ["recorded/nsg-v1.json", evidence("nsg-v1.json")],
];
const home = folder(files);
const caseFile = join(folder(), "case.tidemark");
beforeAll(async () => {
  await json(["ingest", caseFile, home, "--json"], [0, 1]);
});

type Account = {
  readonly folder: string;
  readonly files: number;
  readonly records: number;
  readonly tuples: number;
  readonly bytes: number;
};

async function exported(from: string, ...scope: string[]): Promise<{ to: string; account: Account }> {
  const to = join(folder(), "out");
  const account = await json<Account>(["export", from, "--format", "evidence", "-o", to, "--json", ...scope]);
  return { to, account };
}

/** Independent of the program's writer: RFC 4180. */
function readCsv(path: string): Record<string, string>[] {
  const lines: string[][] = [];
  const text = readFileSync(path, "utf8");
  let cells: string[] = [];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    cells.push(quoted === undefined ? plain! : quoted.replaceAll('""', '"'));
    if (end !== ",") {
      lines.push(cells);
      cells = [];
    }
  }
  const [head, ...rest] = lines;
  return rest.map((line) => Object.fromEntries(line.map((cell, i) => [head![i]!, cell])));
}

function ndjson(path: string): Row[] {
  const text = readFileSync(path, "utf8");
  return text.split("\n").flatMap((line) => (line === "" ? [] : [JSON.parse(line) as Row]));
}

const hour = ["--from", String(T + 1), "--to", "2025-03-04T10:20:00Z"];
const scopes: Record<string, string[]> = {
  everything: [],
  "a range": hour,
  "a filter": ["--filter", "ip == 10.0.0.4 and decision == allow"],
  "a range and a filter": [...hour, "--filter", "dport in {443, 53}"],
};

describe.each(Object.entries(scopes))("evidence of %s", (name, scope) => {
  let to: string;
  let account: Account;
  let expected: Row[];
  beforeAll(async () => {
    ({ to, account } = await exported(caseFile, ...scope));
    expected = await rows(caseFile, "tuples", ...scope);
  });

  test("is what sha256sum finds whole, every file listed", () => {
    const said = execFileSync(CHECKER, ["--strict", "-c", "manifest-sha256.txt"], { cwd: to, encoding: "utf8" });
    const ok = said
      .trim()
      .split("\n")
      .map((line) => line.replace(/: OK$/, ""));
    const there = listing(to).filter((path) => statSync(join(to, path)).isFile() && path !== "manifest-sha256.txt");
    expect(ok.sort()).toEqual(there.map((path) => path.replaceAll("\\", "/")).sort());
    const bytes = listing(to)
      .map((path) => statSync(join(to, path)))
      .filter((stat) => stat.isFile());
    expect([account.files, account.bytes]).toEqual([bytes.length, bytes.reduce((sum, { size }) => sum + size, 0)]);
  });

  test("has the tuples of the question, exactly and in their order", () => {
    const found = ndjson(join(to, "tuples.ndjson"));
    expect(found).toEqual(expected);
    expect(Object.keys(found[0]!)).toEqual(tupleKeys);
    expect(account.tuples).toBe(expected.length);
  });

  test("has the same tuples for spreadsheets, no cell a formula", () => {
    const found = readCsv(join(to, "tuples.csv"));
    for (const cell of found.flatMap((row) => Object.values(row))) expect(cell).not.toMatch(/^[=+\-@\t\r]/);
    const plain = (value: Row[string] | undefined): string => {
      const text = value === null ? "" : String(value);
      return typeof value === "string" && /^[=+\-@\t\r]/.test(value) ? `'${value}` : text;
    };
    expect(found).toEqual(expected.map((row) => Object.fromEntries(tupleKeys.map((key) => [key, plain(row[key])]))));
  });

  test("has the records' own bytes, and says truly where they came from", () => {
    const listed = readCsv(join(to, "records.csv"));
    expect(listed.length).toBe(account.records);
    const perFile = new Map<string, Buffer[]>();
    for (const row of listed) {
      const member = row.member!.replace(/^'(?=[=+\-@])/, ""); // put there for spreadsheets
      const original = readFileSync(join(home, member));
      const slice = original.subarray(Number(row.offset), Number(row.offset) + Number(row.length));
      const here = readFileSync(join(to, row.file!));
      const at = Number(row.offsetInFile);
      expect(here.subarray(at, at + slice.length).equals(slice)).toBe(true);
      expect(row.recordSha256).toBe(createHash("sha256").update(slice).digest("hex"));
      expect([row.memberSha256, row.source]).toEqual([sha256(join(home, member)), home]);
      perFile.set(row.file!, [...(perFile.get(row.file!) ?? []), slice, Buffer.from("\n")]);
    }
    const written = readdirSync(join(to, "records")).map((file) => `records/${file}`);
    expect(written.sort()).toEqual([...perFile.keys()].sort());
    for (const [file, pieces] of perFile) expect(readFileSync(join(to, file)).equals(Buffer.concat(pieces))).toBe(true);
    const inScope = new Set(expected.map(({ member, record }) => `${member} ${record}`));
    expect(new Set(listed.map(({ member, record }) => `${member!.replace(/^'(?==)/, "")} ${record}`))).toEqual(inScope);
  });

  test("has names any file system takes", () => {
    for (const file of readdirSync(join(to, "records")))
      expect(file).toMatch(/^\d{6}-(?:[\w.=-]|%[0-9A-F]{2}){0,100}\.json$/);
  });

  test("says what was asked for and what came of it", async () => {
    const about = JSON.parse(readFileSync(join(to, "scope.json"), "utf8")) as Record<string, Record<string, unknown>>;
    const info = await json<{ logicalDigest: string }>(["info", caseFile, "--json"]);
    const { from, to: end, filter } = about.scope as { from: number | null; to: number | null; filter: string };
    const totals = await withEngine(caseFile, (engine) =>
      engine.ask("scope.totals", { scope: { from, to: end, filter } }),
    );
    expect(about.totals).toMatchObject(totals satisfies Totals);
    expect(about.counts).toMatchObject({ records: account.records, tuples: account.tuples });
    expect(about).toMatchObject({ caseLogicalDigest: info.logicalDigest, zone: "UTC", case: "case.tidemark" });
    expect(filter).toBe(name.endsWith("filter") ? scope.at(-1) : "");
    expect(readFileSync(join(to, "README.txt"), "utf8")).toContain(
      `${account.tuples.toLocaleString("en-US")} tuples in scope`,
    );
  });
});

test("the exported records, read again, hold the tuples that were in scope when that is whole records", async () => {
  const again = join(folder(), "again.tidemark");
  const { to } = await exported(caseFile);
  await json(["ingest", again, join(to, "records"), "--json"], [0, 1]);
  const bare = (all: Row[]): string[] =>
    all.map(({ source: _s, member: _m, record: _r, offset: _o, ...row }) => JSON.stringify(row)).sort();
  expect(bare(await rows(again, "tuples"))).toEqual(bare(await rows(caseFile, "tuples")));
  const digests = await Promise.all(
    [again, caseFile].map((path) => json<{ records: number }>(["info", path, "--json"])),
  );
  expect(digests[0]!.records).toBeLessThanOrEqual(digests[1]!.records);
});

test("the same case and scope give the same bytes", async () => {
  const [a, b] = [await exported(caseFile, ...hour), await exported(caseFile, ...hour)];
  expect(sha256(join(a.to, "manifest-sha256.txt"))).toBe(sha256(join(b.to, "manifest-sha256.txt")));
});

test("exporting changes neither the case nor its folder", async () => {
  const before = sha256(caseFile);
  await exported(caseFile, ...hour);
  expect([sha256(caseFile), listing(join(caseFile, ".."))]).toEqual([before, ["case.tidemark"]]);
});

describe("is refused, and leaves nothing,", () => {
  const refused = async (from: string, to: string, code: number, ...more: string[]): Promise<string> => {
    const run = await tidemark("export", from, "--format", "evidence", "-o", to, ...more);
    expect([run.code, run.stdout], run.stderr).toEqual([code, ""]);
    return run.stderr;
  };

  test("where the folder holds something, or is a file, or a link", async () => {
    const place = folder([
      ["full/x", "mine"],
      ["file", "mine"],
    ]);
    const empty = folder();
    symlinkSync(empty, join(place, "link"));
    for (const name of ["full", "file", "link"]) await refused(caseFile, join(place, name), 2);
    expect(listing(place)).toEqual(["file", "full", join("full", "x"), "link"]);
    expect(listing(empty)).toEqual([]);
  });

  test("where an export before was ended in its middle", async () => {
    const place = folder([["out.partial/x", "left"]]);
    expect(await refused(caseFile, join(place, "out"), 2)).toContain("out.partial is there");
    expect(listing(place)).toEqual(["out.partial", join("out.partial", "x")]);
  });

  test("where there is no folder to write to, no case, no format, nothing in scope, a bad filter", async () => {
    const place = folder();
    await refused(caseFile, join(place, "a", "b"), 3);
    await refused(join(place, "none.tidemark"), join(place, "out"), 3);
    await refused(caseFile, join(place, "out"), 2, "--filter", "ip == 203.0.113.250");
    await refused(caseFile, join(place, "out"), 2, "--filter", "ip == ");
    expect((await tidemark("export", caseFile, "-o", join(place, "out"))).code).toBe(2);
    expect((await tidemark("export", caseFile, "--format", "stix", "-o", join(place, "out"))).code).toBe(2);
    expect((await tidemark("export", caseFile, "--format", "evidence")).code).toBe(2);
    expect(listing(place)).toEqual([]);
  });

  test("where evidence is not embedded and was changed or moved, in an archive too, naming it", async () => {
    const logs = folder([
      ["one.json", evidence("nsg-v1.json")],
      ["two.json", evidence("vnet-v4-nic-target.json")],
    ]);
    const path = join(folder(), "bare.tidemark");
    await json(["ingest", path, logs, "--no-embed", "--json"]);
    const place = folder();
    expect((await exported(path)).account.records).toBeGreaterThan(1);
    writeFileSync(join(logs, "two.json"), evidence("vnet-v4-nic-target.json").toString().replace("443", "444"));
    expect(await refused(path, join(place, "out"), 3)).toContain("two.json");
    rmSync(join(logs, "two.json"));
    expect(await refused(path, join(place, "out"), 3)).toContain("two.json");

    const logsIn = (text: Buffer): Buffer => zipped([["in/PT1H.json", text]]);
    const zip = join(folder([["logs.zip", logsIn(evidence("nsg-v1.json"))]]), "logs.zip");
    const zipCase = join(folder(), "zip.tidemark");
    await json(["ingest", zipCase, zip, "--no-embed", "--json"]);
    expect((await exported(zipCase)).account.records).toBeGreaterThan(1);
    writeFileSync(zip, logsIn(Buffer.from(evidence("nsg-v1.json").toString().replace("443", "444"))));
    expect(await refused(zipCase, join(place, "out"), 3)).toContain("in/PT1H.json");
    rmSync(zip);
    expect(await refused(zipCase, join(place, "out"), 3)).toContain("in/PT1H.json");
    expect(listing(place)).toEqual([]);
  });
});

test("an empty folder is taken, and what stood beside it stays", async () => {
  const place = folder([["beside", "mine"]]);
  mkdirSync(join(place, "out"));
  await json(["export", caseFile, "--format", "evidence", "-o", join(place, "out"), "--json", ...hour]);
  expect(existsSync(join(place, "out", "scope.json"))).toBe(true);
  expect(readdirSync(place).sort()).toEqual(["beside", "out"]);
});

describe("ended in its middle", () => {
  const big = join(folder(), "big.tidemark");
  beforeAll(async () => {
    const log = (mac: string): Buffer => {
      const tuples = (r: number): string[] =>
        Array.from({ length: 600 }, (_, i) => `${T + r * 1000 + i},10.0.0.4,10.0.0.5,${i},443,6,O,E,NX,1,${r},1,${i}`);
      return blob(...Array.from({ length: 60 }, (_, r) => vnetRecord([["A", ...tuples(r)]], { mac })));
    };
    await json([
      "ingest",
      big,
      folder([
        ["a.json", log("000D3A000001")],
        ["b.json", log("000D3A000002")],
      ]),
      "--json",
    ]);
  });

  test("by the one who asked, it leaves nothing", async () => {
    const place = folder();
    const stop = new AbortController();
    const failure = await withEngine(big, async (engine) => {
      const asked = engine.ask(
        "evidence.export",
        { scope: { from: null, to: null, filter: "" }, to: join(place, "out") },
        { signal: stop.signal },
      );
      const settled = asked.then(() => null, failureOf);
      while (!existsSync(join(place, "out.partial", "tuples.csv"))) await wait(2);
      stop.abort();
      return await settled;
    });
    expect(failure).toEqual({ kind: "cancelled", message: "The export was cancelled; nothing of it is left." });
    expect(listing(place)).toEqual([]);
  });

  test("with Ctrl-C, it ends with 130 and leaves nothing", async () => {
    const place = folder();
    const { child, ended } = start(["export", big, "--format", "evidence", "-o", join(place, "out")]);
    while (!existsSync(join(place, "out.partial", "tuples.csv"))) await wait(2);
    process.kill(-child.pid!, "SIGINT");
    expect((await ended).code).toBe(130);
    expect(listing(place)).toEqual([]);
  });
});
