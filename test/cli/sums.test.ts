// Everything adds up: rows of every answer against the case's counters, and both against the independent reader.

import { createHash } from "node:crypto";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { grouped, type Info, sumRows, sumTuples, totals, withDecision } from "../support/answers.ts";
import { folder, inPairs, json, type Row, rows } from "../support/cli.ts";
import { ingestHere } from "../support/ingest-here.ts";
import { evidence, evidenceFolder, recordedFiles } from "../support/logs.ts";
import { mixedFiles, mixedMembers, mixedReading } from "../support/mixed.ts";
import { type OracleTuple, readMembers, tupleStrings, wholeRecords } from "../support/oracle.ts";
import { infoOf, rowsOf } from "../support/written.ts";

const bins = { "1m": 60_000, "5m": 300_000, "1h": 3_600_000, "1d": 86_400_000 } as const;

const times = (tuples: readonly OracleTuple[]): { firstTime: number; lastTime: number } => ({
  firstTime: Math.min(...tuples.map((tuple) => tuple.time)),
  lastTime: Math.max(...tuples.map((tuple) => tuple.time)),
});

/** Rows as a set to compare: sorted by their text, only the fields named. */
function plain(found: readonly Row[], fields: readonly string[]): string[] {
  return found.map((row) => JSON.stringify(fields.map((field) => row[field] ?? 0))).sort();
}

const counters = ["packetsSent", "bytesSent", "packetsReceived", "bytesReceived"];
const conversationKey = [
  "nic",
  "acl",
  "rule",
  "srcIp",
  "dstIp",
  "dstPort",
  "protocol",
  "direction",
  "encryption",
  "decision",
] as const;
const conversationFields = [...conversationKey, "tuples", "firstTime", "lastTime", ...counters];

function conversations(tuples: readonly OracleTuple[]): Row[] {
  const groups = grouped(tuples, (tuple) => JSON.stringify(conversationKey.map((field) => tuple[field])));
  return [...groups.values()].map((group) => ({
    ...(group[0] as unknown as Row),
    ...sumTuples(group),
    ...times(group),
  }));
}

function timeline(tuples: readonly OracleTuple[], width: number): Row[] {
  const groups = grouped(tuples, (tuple) => String(Math.floor(tuple.time / width) * width));
  return [...groups].map(([time, group]) => ({
    time: Number(time),
    begun: group.filter((tuple) => tuple.state === "B" && tuple.decision === "allow").length,
    ended: group.filter((tuple) => tuple.state === "E").length,
    ...sumTuples(group),
  }));
}

const endpointFields = [
  "ip",
  "tuples",
  "allowed",
  "denied",
  "bytesOut",
  "bytesIn",
  "packetsOut",
  "packetsIn",
  "firstTime",
  "lastTime",
];

function endpoints(tuples: readonly OracleTuple[]): Row[] {
  const ips = new Set(tuples.flatMap((tuple) => [tuple.srcIp, tuple.dstIp]));
  return [...ips].map((ip) => {
    const from = sumTuples(tuples.filter((tuple) => tuple.srcIp === ip));
    const to = sumTuples(tuples.filter((tuple) => tuple.dstIp === ip));
    const either = tuples.filter((tuple) => tuple.srcIp === ip || tuple.dstIp === ip);
    const { tuples: count, allowed, denied } = sumTuples(either);
    return {
      ip,
      tuples: count,
      allowed,
      denied,
      bytesOut: from.bytesSent + to.bytesReceived,
      bytesIn: from.bytesReceived + to.bytesSent,
      packetsOut: from.packetsSent + to.packetsReceived,
      packetsIn: from.packetsReceived + to.packetsSent,
      ...times(either),
    };
  });
}

describe.each(recordedFiles)("%s", (name) => {
  test("adds up to the same counters in info, conversations, edges and timeline", async () => {
    const caseFile = join(folder(), "case.tidemark");
    const path = join(evidenceFolder, name);
    await ingestHere(caseFile, [path]);
    const info = infoOf(caseFile);
    const expected = sumTuples(readMembers([{ source: path, member: name, bytes: evidence(name) }]).tuples);
    const answers = (["conversations", "edges", "timeline"] as const).map((by) => rowsOf(caseFile, by));
    expect(Object.fromEntries(totals.map((field) => [field, info[field]]))).toEqual(expected);
    expect(sumRows(withDecision(answers[0]!))).toEqual(expected);
    expect(sumRows(answers[1]!)).toEqual(expected);
    expect(sumRows(answers[2]!)).toEqual(expected);
  });
});

describe("a case of everything", () => {
  const home = folder(mixedFiles);
  const caseFile = join(folder(), "case.tidemark");
  const reading = mixedReading(home);

  beforeAll(async () => {
    await json(["ingest", caseFile, home, "--json"]);
  });

  test("counts in info what the independent reader counts", async () => {
    const { tuples, rejects, records, duplicateRecords } = reading;
    expect(await json<Info>(["info", caseFile, "--json"])).toMatchObject({
      ...sumTuples(tuples),
      ...times(tuples),
      sources: 1,
      members: mixedFiles.length,
      records,
      duplicateRecords,
      rejects: rejects.length,
      nics: new Set(tuples.map((tuple) => tuple.nic)).size,
      endpoints: endpoints(tuples).length,
    });
  });

  test("has the reader's conversations", async () => {
    expect(plain(await rows(caseFile, "conversations"), conversationFields)).toEqual(
      plain(conversations(reading.tuples), conversationFields),
    );
  });

  test("has the reader's endpoints, bytes out and in by the contract's formula", async () => {
    expect(plain(await rows(caseFile, "endpoints"), endpointFields)).toEqual(
      plain(endpoints(reading.tuples), endpointFields),
    );
  });

  test("has the reader's edges, whichever NIC owned an address", async () => {
    const found = grouped(await rows(caseFile, "edges"), (row) => `${row.srcIp} ${row.dstIp}`);
    const expected = grouped(reading.tuples, (tuple) => `${tuple.srcIp} ${tuple.dstIp}`);
    expect(Object.fromEntries([...found].map(([key, group]) => [key, sumRows(group)]))).toEqual(
      Object.fromEntries([...expected].map(([key, group]) => [key, sumTuples(group)])),
    );
  });

  test.each(Object.entries(bins))("has the reader's timeline in bins of %s", async (bin, width) => {
    const fields = ["time", "begun", "ended", ...totals];
    const found = (await rows(caseFile, "timeline", "--bin", bin)).filter((row) => row.tuples !== 0);
    expect(plain(found, fields)).toEqual(plain(timeline(reading.tuples, width), fields));
  });

  test("adds up under a filter and a time range", async () => {
    const from = Date.UTC(2025, 2, 4, 10, 0, 5);
    const to = Date.UTC(2025, 2, 4, 11);
    const inside = reading.tuples.filter(
      (tuple) => tuple.time >= from && tuple.time < to && (tuple.srcIp === "10.0.0.4" || tuple.dstIp === "10.0.0.4"),
    );
    const scope = ["--from", String(from), "--to", String(to), "--filter", "ip == 10.0.0.4"];
    const kinds = ["tuples", "conversations", "edges", "timeline", "endpoints"];
    const answers = await inPairs(kinds, (by) => rows(caseFile, by, ...scope));
    expect(answers[0]).toEqual(inside);
    expect(plain(answers[1]!, conversationFields)).toEqual(plain(conversations(inside), conversationFields));
    expect(sumRows(answers[2]!)).toEqual(sumTuples(inside));
    expect(sumRows(answers[3]!)).toEqual(sumTuples(inside));
    expect(plain(answers[4]!, endpointFields)).toEqual(plain(endpoints(inside), endpointFields));
  });

  test("tells of each member what came of it", async () => {
    const found = await rows(caseFile, "members");
    const expected = mixedMembers(home).map(({ source, member, bytes }) => {
      const mine = reading.tuples.filter((tuple) => tuple.member === member);
      const rejects = reading.rejects.filter((reject) => reject.member === member).length;
      const all = readMembers([{ source, member, bytes }]);
      const kept = new Set(
        [...mine, ...reading.rejects.filter((reject) => reject.member === member)].map((tuple) => tuple.record),
      ).size;
      const read = wholeRecords(bytes).reduce((sum, { value }) => sum + tupleStrings(value).length, 0);
      const rejectedTuples = reading.rejects.filter(
        (reject) => reject.member === member && reject.tuple !== null,
      ).length;
      return {
        source,
        member,
        bytes: bytes.length,
        sha256: createHash("sha256").update(bytes).digest("hex"),
        records: kept,
        duplicateRecords: all.records + all.duplicateRecords - kept,
        tuples: mine.length,
        rejects,
        firstTime: mine.length === 0 ? null : times(mine).firstTime,
        lastTime: mine.length === 0 ? null : times(mine).lastTime,
        status: "complete",
        rejectedRecords: 0,
        rejectedTuples,
        duplicateTuples: read - mine.length - rejectedTuples,
        recordsRead: all.records + all.duplicateRecords,
        tuplesRead: read,
      };
    });
    expect(found.map(withoutCopies)).toEqual(expected);
  });

  test("names each reject with its place and text", async () => {
    const found = await rows(caseFile, "rejects");
    expect(found.map(({ member, record, tuple, text }) => ({ member, record, tuple, text }))).toEqual(
      reading.rejects.map(({ member, record, tuple, text }) => ({ member, record, tuple, text })),
    );
  });

  test("takes an address for its NIC's own where that NIC logged it as its own", async () => {
    const found = (await rows(caseFile, "edges")).filter((row) => row.srcIp === "10.0.0.4" && row.dstIp === "10.0.0.5");
    expect(found.map(({ srcNic, dstNic }) => [srcNic, dstNic])).toEqual([["000D3A111111", "000D3A555555"]]);
  });
});

/** Whose copy a member is, is told elsewhere (test/unit/growing-blob.test.ts). */
function withoutCopies({ reason, relation, earlierSource, earlierMember, missingRecords, remark, ...row }: Row): Row {
  return row;
}
