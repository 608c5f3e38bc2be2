// Every answer of `query --by` in every format, from the command line, against the independent reader, the second settling and the naive
// evaluation. One process an answer; formats take turns, and all four are asked of one.

import { createHash } from "node:crypto";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { folder, json, tidemark } from "../support/cli.ts";
import { mixedFiles } from "../support/mixed.ts";
import type { NaiveFacts } from "../support/naive-filter.ts";
import { type NaiveBy, naiveAnswer, type Sums } from "../support/naive-query.ts";
import { spreadOver } from "../support/naive-spread.ts";
import { readMembers } from "../support/oracle.ts";
import { type Format, readPrinted, textOf } from "../support/printed-rows.ts";
import { COUNTERS, type SettledTuple, settledReading } from "../support/settled-reading.ts";
import { settlingCase } from "../support/settling-cases.ts";

const sources = [
  mixedFiles,
  ...settlingCase(7).sources.map((files) => files.map(({ path, text }) => [path, text] as const)),
].map((files) => ({ path: folder(files), files }));
const caseFile = join(folder(), "case.tidemark");
const all = settledReading(sources);
const times = all.map(({ time }) => time).sort((a, b) => a - b);
const [from, to] = [times[times.length >> 2]!, times[(times.length * 3) >> 2]!];
let facts: NaiveFacts;

beforeAll(async () => {
  await json(["ingest", caseFile, ...sources.map(({ path }) => path), "--json"], [0, 1]);
  const ends = await ask("endpoints", "csv", []);
  const countries = new Map(ends.map(({ ip, country }) => [ip!, country || null]));
  const unknown = (): null => null;
  facts = { country: (ip) => countries.get(ip) ?? null, asn: unknown, tag: unknown, status: unknown };
});

async function ask(by: string, format: Format, more: readonly string[]): Promise<Record<string, string>[]> {
  const { code, stdout, stderr } = await tidemark(
    "query",
    caseFile,
    "--by",
    by,
    "--format",
    format,
    "--limit",
    "0",
    ...more,
  );
  if (code !== 0) throw new Error(stderr);
  return readPrinted(format, stdout);
}

const ENDS = ["tuples", "allowed", "denied", "firstTime", "lastTime"];
const SUMS = [...ENDS, "flows", "conversations", "sources", "destinations", ...COUNTERS];
const KEY = ["nic", "rule", "srcIp", "dstIp", "dstPort", "protocol", "direction", "encryption", "decision"];
const FIELDS: Record<NaiveBy, readonly string[]> = {
  conversations: [...KEY, "tuples", "flows", "firstTime", "lastTime", ...COUNTERS],
  flows: ["tuples", "firstTime", "lastTime", ...COUNTERS],
  edges: ["srcIp", "dstIp", ...ENDS, ...COUNTERS],
  endpoints: ["ip", ...ENDS, "packetsOut", "bytesOut", "packetsIn", "bytesIn"],
  countries: ["country", "endpoints", ...ENDS, "packetsOut", "bytesOut", "packetsIn", "bytesIn"],
  asns: ["asn", "endpoints", ...ENDS, "packetsOut", "bytesOut", "packetsIn", "bytesIn"],
  nics: ["nic", ...SUMS],
  ports: ["dstPort", "protocol", ...SUMS],
  rules: ["rule", ...SUMS],
  encryption: ["encryption", ...SUMS],
  groups: ["direction", "service", "srcCountry", ...SUMS],
  timeline: ["time", "tuples", "allowed", "denied", "begun", "ended", ...COUNTERS],
};
const OUT: Record<string, string> = {
  packetsOut: "packetsSent",
  bytesOut: "bytesSent",
  packetsIn: "packetsReceived",
  bytesIn: "bytesReceived",
};

/** As printed: a table shows times as text, and rounded sums are compared as such. */
function linesOf(fields: readonly string[], rows: readonly (Sums | Record<string, string>)[]): string[] {
  const cell = (row: Sums | Record<string, string>, field: string): string => {
    const text = textOf(row[field] ?? row[OUT[field] ?? ""]);
    if (/time$/i.test(field) && text.includes("T")) return String(Date.parse(text));
    return Number(text) > Number.MAX_SAFE_INTEGER ? "rounded" : text;
  };
  return rows.map((row) => JSON.stringify(fields.map((field) => cell(row, field)))).sort();
}

const inRange = (t: SettledTuple): boolean => t.time >= from && t.time < to;
const asAdjusted = (t: SettledTuple): SettledTuple => ({ ...t, ...t.adjusted });
const range = ["--from", String(from), "--to", String(to)];

type Asked = readonly [by: NaiveBy, format: Format, more: readonly string[], found: () => readonly SettledTuple[]];
const asked: readonly Asked[] = [
  ["conversations", "json", [], () => all],
  ["conversations", "ndjson", [], () => all],
  ["conversations", "csv", [], () => all],
  ["conversations", "table", [], () => all],
  ["flows", "csv", range, () => all.filter(inRange)],
  ["edges", "table", ["--once"], () => all.filter(({ flow }) => !flow.includes("leftOut"))],
  ["endpoints", "ndjson", ["--adjusted"], () => all.map(asAdjusted)],
  ["nics", "csv", [...range, "--filter", "proto == tcp"], () => all.filter((t) => inRange(t) && t.protocol === 6)],
  ["ports", "json", ["--filter", "decision == deny"], () => all.filter(({ decision }) => decision === "deny")],
  ["rules", "table", range, () => all.filter(inRange)],
  [
    "encryption",
    "csv",
    ["--once", "--adjusted"],
    () => all.filter(({ flow }) => !flow.includes("leftOut")).map(asAdjusted),
  ],
  ["countries", "ndjson", range, () => all.filter(inRange)],
  ["asns", "table", [], () => all],
  ["groups", "csv", ["--group", "direction,service,srcCountry"], () => all],
  ["timeline", "table", ["--bin", "1h"], () => all],
  [
    "edges",
    "json",
    [...range, "--time", "overlapping"],
    () => all.filter(({ life: [first, last] }) => first < to && last >= from),
  ],
  [
    "ports",
    "ndjson",
    [...range, "--time", "starting"],
    () => all.filter(({ life: [first] }) => first >= from && first < to),
  ],
];

test.each(asked)("%s as %s %j", async (by, format, more, found) => {
  const expected = naiveAnswer(by, found(), { width: 3_600_000, group: ["direction", "service", "srcCountry"], facts });
  expect(linesOf(FIELDS[by], await ask(by, format, more))).toEqual(linesOf(FIELDS[by], expected));
});

test("the timeline spread, as csv", async () => {
  const found = all.filter(inRange);
  const counted = naiveAnswer("timeline", found, { width: 60_000, group: [], facts });
  const expected = spreadOver(counted, found, { from, to }, 60_000);
  const said = await ask("timeline", "csv", [...range, "--spread", "--bin", "1m"]);
  expect(linesOf(FIELDS.timeline, said)).toEqual(linesOf(FIELDS.timeline, expected));
});

const oracle = sources.map(({ path: source, files }) => ({
  source,
  members: [...files]
    .sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
    .map(([member, bytes]) => ({ source, member, bytes: Buffer.from(bytes) })),
}));
const reading = readMembers(oracle.flatMap(({ members }) => members));

test("tuples, as csv, with their places in order", async () => {
  const fields = Object.keys(reading.tuples[0]!);
  const said = await ask("tuples", "csv", []);
  expect(said.map((row) => fields.map((field) => row[field]))).toEqual(
    reading.tuples.map((t) => fields.map((field) => textOf(t[field as keyof typeof t]))),
  );
});

test("rejects, as csv, with the text as it was", async () => {
  const said = (await ask("rejects", "csv", [])).filter(({ tuple }) => tuple !== "");
  const fields = ["member", "record", "tuple", "text"] as const;
  const line = (row: Readonly<Record<string, unknown>>): string =>
    JSON.stringify(fields.map((field) => textOf(row[field])));
  expect(said.map(line).sort()).toEqual(reading.rejects.map(line).sort());
  const bytesOf = new Map(
    oracle.flatMap(({ members }) => members.map(({ member, bytes }) => [member, bytes] as const)),
  );
  for (const { member, offset, length, text } of said)
    expect(bytesOf.get(member!)!.toString("utf8", Number(offset), Number(offset) + Number(length))).toContain(text);
});

test("members, as json, with their bytes, hashes and tuples", async () => {
  const said = await ask("members", "json", []);
  const count = (source: string, member: string): number =>
    reading.tuples.filter((t) => t.source === source && t.member === member).length;
  expect(said.map(({ source, member, bytes, sha256, tuples }) => [source, member, bytes, sha256, tuples])).toEqual(
    oracle.flatMap(({ members }) =>
      members.map(({ source, member, bytes }) => [
        ...[source, member, String(bytes.length), createHash("sha256").update(bytes).digest("hex")],
        String(count(source, member)),
      ]),
    ),
  );
});

test("coverage, as table: the hours of each NIC's records, and those between", async () => {
  const HOUR = 3_600_000;
  const said = await ask("coverage", "table", []);
  const hours = new Map<string, Set<number>>();
  for (const { nic, time } of all)
    if (nic !== null) hours.set(nic, (hours.get(nic) ?? new Set()).add(Math.floor(time / HOUR)));
  for (const nic of hours.keys()) {
    const own = said.filter((row) => row.nic === nic);
    expect(own.map(({ state }) => state)).toEqual(own.map((_, i) => (i % 2 === 0 ? "logged" : "gap")));
    expect(own.every((row, i) => i === 0 || row.from === own[i - 1]!.to)).toBe(true);
  }
  expect(new Set(said.map(({ nic }) => nic))).toEqual(new Set(hours.keys()));
});
