// Archives through the whole program: recognised when they come again, read again where the case does not hold them, gone on with
// after a kill, and nothing left beside the case.

import { readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { beforeAll, expect, test } from "vitest";
import type { Ingest } from "../support/answers.ts";
import { folder, json, rows, start, tidemark } from "../support/cli.ts";
import { tarred } from "../support/containers.ts";
import { blob, evidence, vnetRecord } from "../support/logs.ts";
import { zipped } from "../support/zip.ts";

const home = folder();
const at = (name: string): string => join(home, name);
const logs = [
  ["h=10/PT1H.json", evidence("nsg-v2.json")],
  ["h=09/PT1H.json.gz", gzipSync(evidence("nsg-v1.json"))],
] as const;

beforeAll(async () => {
  writeFileSync(at("a.tgz"), gzipSync(await tarred(logs)));
  writeFileSync(at("b.zip"), zipped([["in/logs.tar.gz", gzipSync(await tarred(logs))]]));
  writeFileSync(at("c.tar"), await tarred([["in.zip", zipped(logs)]]));
});

test("what was not embedded is read again from the archive, and the same evidence in another archive is recognised", async () => {
  const caseFile = join(folder(), "c.tidemark");
  const first = await json<Ingest>(["ingest", caseFile, at("b.zip"), "--no-embed", "--json"]);
  expect(first.sources.map(({ kind, status, members }) => [kind, status, members])).toEqual([["zip", "complete", 2]]);
  const again = await json<Ingest>(["ingest", caseFile, at("a.tgz"), at("b.zip"), at("c.tar"), "--no-embed", "--json"]);
  expect(again.sources.map(({ kind, status }) => [kind, status])).toEqual([
    ["tar.gz", "unchanged"],
    ["zip", "unchanged"],
    ["tar", "unchanged"],
  ]);
  const out = join(folder(), "out");
  expect((await tidemark("export", caseFile, "--format", "evidence", "-o", out)).code).toBe(0);
  const members = (await rows(caseFile, "members")).map(({ member, tuples }) => [member, tuples]);
  expect(members).toEqual([
    ["in/logs.tar.gz!/h=09/PT1H.json.gz", expect.any(Number)],
    ["in/logs.tar.gz!/h=10/PT1H.json", 153],
  ]);
  expect(readdirSync(dirname(caseFile))).toEqual(["c.tidemark"]);
});

test("killed while an archive is unpacked and read, it leaves nothing beside the case and is gone on with", async () => {
  const T = 1_741_083_072_345;
  const log = (mac: number): Buffer => {
    const tuple = (i: number): string =>
      `${T + i},10.0.0.${i % 200},10.0.1.${i % 250},${i},443,6,O,E,NX,1,${i * 7},1,${i}`;
    const record = (r: number): object =>
      vnetRecord([["A", ...Array.from({ length: 500 }, (_, i) => tuple(r * 500 + i))]], { mac: `000D3A0000${mac}` });
    return blob(...Array.from({ length: 60 }, (_, r) => record(r)));
  };
  writeFileSync(
    at("big.tgz"),
    gzipSync(await tarred(Array.from({ length: 12 }, (_, i) => [`m${i + 10}.json`, log(i + 10)]))),
  );
  const whole = join(folder(), "whole.tidemark");
  await json(["ingest", whole, at("big.tgz"), "--json"]);
  const digest = async (path: string): Promise<string> =>
    (await json<{ logicalDigest: string }>(["info", path, "--json"])).logicalDigest;

  const desk = folder();
  const caseFile = join(desk, "c.tidemark");
  const { child, ended } = start(["ingest", caseFile, at("big.tgz"), "--json"]);
  setTimeout(() => process.kill(-child.pid!, "SIGKILL"), 1500);
  await ended;
  expect(readdirSync(desk).filter((name) => name.includes("unpacking"))).toEqual([]);
  await json(["ingest", caseFile, at("big.tgz"), "--json"]);
  expect(await digest(caseFile)).toBe(await digest(whole));
});
