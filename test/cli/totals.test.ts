// Totals of a scope: what the tables of the same scope add up to, and what the independent reader counts; also when questions on
// several scopes come in any order, as a page asks them.

import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { withEngine } from "../../electron/cli/engine.ts";
import type { Engine } from "../../electron/engine/engine.ts";
import type { Answer, Question, Totals } from "../../shared/contract.ts";
import { scopeOfRow } from "../../shared/row-scope.ts";
import type { Bin } from "../../shared/rows.ts";
import type { Scope } from "../../shared/scope.ts";
import { sumRows, sumTuples, withDecision } from "../support/answers.ts";
import { folder, json, type Row } from "../support/cli.ts";
import { blob, manyLogs, vnetRecord } from "../support/logs.ts";
import { mixedFiles } from "../support/mixed.ts";
import { type OracleTuple, readMembers } from "../support/oracle.ts";

// A segment is summed by its keys only where it has few for its tuples: 6,000 tuples of 30 conversations see to that.
const busy = Array.from({ length: 10 }, (_, r) =>
  vnetRecord([
    [
      "UserRule_Busy",
      ...Array.from({ length: 600 }, (_, i) => {
        const time = Date.UTC(2025, 2, 4, 10, r, i % 60, i);
        return `${time},10.0.0.4,10.7.0.${(i * 7 + r) % 30},${1024 + i},443,6,O,${"BCE"[i % 3]},NX,${i},${i * 60},${r},${r * 9}`;
      }),
    ],
  ]),
);
const files = [...mixedFiles, ...manyLogs(6, 8, 40), ["busy/PT1H.json", blob(...busy)] as const];
const home = folder(files);
const caseFile = join(folder(), "case.tidemark");
const members = [...files].sort(([a], [b]) => (a < b ? -1 : 1));
const reading = readMembers(members.map(([member, bytes]) => ({ source: home, member, bytes })));
const hour = Date.UTC(2025, 2, 4, 10);

beforeAll(async () => {
  await json(["ingest", caseFile, home, "--json"]);
});

type Asked = { readonly scope: Scope; readonly keeps: (tuple: OracleTuple) => boolean };
const scopes: Record<string, Asked> = {
  everything: { scope: { from: null, to: null, filter: "" }, keeps: () => true },
  "an hour": {
    scope: { from: hour, to: hour + 3_600_000, filter: "" },
    keeps: ({ time }) => time >= hour && time < hour + 3_600_000,
  },
  "seven seconds": {
    scope: { from: hour + 3000, to: hour + 10_000, filter: "" },
    keeps: ({ time }) => time >= hour + 3000 && time < hour + 10_000,
  },
  "an address": {
    scope: { from: null, to: null, filter: "ip == 10.0.0.4" },
    keeps: ({ srcIp, dstIp }) => srcIp === "10.0.0.4" || dstIp === "10.0.0.4",
  },
  "what a key decides and what a row decides": {
    scope: { from: hour + 1, to: null, filter: "decision == allow and (sport > 30000 or state == E)" },
    keeps: ({ time, decision, srcPort, state }) =>
      time > hour && decision === "allow" && (srcPort > 30_000 || state === "E"),
  },
  denials: {
    scope: { from: null, to: null, filter: "decision == deny" },
    keeps: ({ decision }) => decision === "deny",
  },
  nothing: { scope: { from: null, to: null, filter: "ip == 203.0.113.250" }, keeps: () => false },
  "an empty range": { scope: { from: 5, to: 5, filter: "" }, keeps: () => false },
};

const questionOf = (by: Question["by"], scope: Scope, bin: Bin | null = null): Question => ({
  by,
  scope,
  sort: null,
  limit: 0,
  after: 0,
  bin,
});

async function all(engine: Engine, question: Question): Promise<Row[]> {
  const rows: Row[] = [];
  for (let after: number | null = 0; after !== null; ) {
    const answer: Answer = await engine.ask("query.rows", { ...question, after });
    rows.push(...answer.rows);
    after = answer.next;
  }
  return rows;
}

function oracleTotals(tuples: readonly OracleTuple[]): Omit<Totals, "flows"> {
  const keys = (of: (tuple: OracleTuple) => unknown): number =>
    new Set(tuples.map((each) => JSON.stringify(of(each)))).size;
  const times = tuples.map(({ time }) => time);
  return {
    ...sumTuples(tuples),
    conversations: keys(({ nic, acl, rule, srcIp, dstIp, dstPort, protocol, direction, encryption, decision }) => {
      return [nic, acl, rule, srcIp, dstIp, dstPort, protocol, direction, encryption, decision];
    }),
    edges: keys(({ srcIp, dstIp }) => [srcIp, dstIp]),
    endpoints: new Set(tuples.flatMap(({ srcIp, dstIp }) => [srcIp, dstIp])).size,
    nics: new Set(tuples.flatMap(({ nic }) => nic ?? [])).size,
    firstTime: times.length > 0 ? Math.min(...times) : null,
    lastTime: times.length > 0 ? Math.max(...times) : null,
  };
}

describe.each(Object.entries(scopes))("totals of %s", (_, { scope, keeps }) => {
  test("are those of the independent reader and of every table", async () => {
    const inside = reading.tuples.filter(keeps);
    const expected = oracleTotals(inside);
    await withEngine(caseFile, async (engine) => {
      const { flows, ...totals } = await engine.ask("scope.totals", { scope });
      expect(totals).toEqual(expected);
      const tables = {
        conversations: await all(engine, questionOf("conversations", scope)),
        edges: await all(engine, questionOf("edges", scope)),
        timeline: await all(engine, questionOf("timeline", scope)),
        seconds: await all(engine, questionOf("timeline", scope, "1s")),
        milliseconds: await all(engine, questionOf("timeline", scope, "1ms")),
        lanes: await all(engine, { ...questionOf("timeline", scope, "1h"), lanes: true }),
        endpoints: await all(engine, questionOf("endpoints", scope)),
        tuples: await all(engine, { ...questionOf("tuples", scope), settled: true }),
      };
      const { conversations, edges, endpoints, nics, firstTime, lastTime, ...sums } = totals;
      expect(flows).toBe(tables.conversations.reduce((sum, row) => sum + Number(row.flows), 0));
      expect(flows).toBe(tables.tuples.filter((row) => String(row.flow).includes("first")).length);
      expect(sumRows(withDecision(tables.conversations))).toEqual(sums);
      for (const name of ["edges", "timeline", "seconds", "milliseconds", "lanes"] as const)
        expect(sumRows(tables[name])).toEqual(sums);
      expect([tables.conversations.length, tables.edges.length, tables.endpoints.length, tables.tuples.length]).toEqual(
        [conversations, edges, endpoints, sums.tuples],
      );
      const times = tables.edges.flatMap((row) => [Number(row.firstTime), Number(row.lastTime)]);
      if (times.length > 0) expect([Math.min(...times), Math.max(...times)]).toEqual([firstTime, lastTime]);
      expect(new Set(tables.tuples.flatMap(({ nic }) => nic ?? [])).size).toBe(nics);
      const hourOf = ({ nic, time }: Row): string => `${nic} ${Math.floor(Number(time) / 3_600_000)}`;
      const found = Map.groupBy(tables.tuples, hourOf);
      expect(tables.lanes.map((row) => [hourOf(row), row.tuples])).toEqual(
        tables.lanes.map((row) => [hourOf(row), found.get(hourOf(row))?.length]),
      );
      expect(tables.lanes).toHaveLength(found.size);
      const [lane] = tables.lanes;
      const behind = lane && scopeOfRow({ by: "timeline", scope, bin: "1h" }, lane);
      if (behind) expect((await engine.ask("scope.totals", { scope: behind })).tuples).toBe(lane?.tuples);
    });
  });
});

test("answers do not depend on what was asked before: scopes, tables and pages in a mixed order", async () => {
  const bys = ["edges", "timeline", "endpoints", "conversations", "tuples"] as const;
  const asked = Object.values(scopes).flatMap(({ scope }) => bys.map((by) => ({ ...questionOf(by, scope), limit: 7 })));
  const alone = await withEngine(caseFile, async (engine) => {
    const answers: Answer[] = [];
    for (const question of asked) answers.push(await engine.ask("query.rows", question));
    return answers;
  });
  await withEngine(caseFile, async (engine) => {
    for (const step of [7, 11, 3])
      for (let i = 0; i < asked.length; i++) {
        const at = (i * step) % asked.length;
        expect(await engine.ask("query.rows", asked[at]!)).toEqual(alone[at]);
      }
  });
});

test("what a limit leaves out and what it shows are the whole, whichever way the rows are sorted", async () => {
  await withEngine(caseFile, async (engine) => {
    for (const { scope } of Object.values(scopes)) {
      const totals = await engine.ask("scope.totals", { scope });
      for (const field of ["tuples", "bytesSent", "firstTime", "srcIp", "allowed"]) {
        const question = { ...questionOf("edges", scope), sort: { field, order: "desc" as const }, limit: 3 };
        const { rows, leftOut } = await engine.ask("query.rows", question);
        const shown = sumRows(rows as Row[]);
        for (const sum of Object.keys(shown) as (keyof typeof shown)[])
          expect([field, sum, shown[sum] + leftOut[sum]!]).toEqual([field, sum, totals[sum]]);
        expect(rows.length + leftOut.count!).toBe(totals.edges);
      }
    }
  });
});

test("keys and rows give the same answer in the same order", async () => {
  await withEngine(caseFile, async (engine) => {
    for (const by of ["conversations", "edges", "endpoints"] as const) {
      const byKey = await all(engine, questionOf(by, { from: null, to: null, filter: "" }));
      const byRow = await all(engine, questionOf(by, { from: null, to: null, filter: "sport >= 0" }));
      expect(byKey.length).toBeGreaterThan(30);
      expect(byRow).toEqual(byKey);
    }
  });
});

test("endpoints have the country that is known of their address", async () => {
  await withEngine(caseFile, async (engine) => {
    const endpoints = await all(engine, questionOf("endpoints", { from: null, to: null, filter: "" }));
    const { addresses, source } = await engine.ask("address.facts", { ips: endpoints.map(({ ip }) => String(ip)) });
    expect(source).not.toBeNull();
    expect(endpoints.map(({ ip, country }) => [ip, country])).toEqual(
      addresses.map(({ ip, country }) => [ip, country]),
    );
    expect(addresses.filter(({ country }) => country !== null).length).toBeGreaterThan(0);
    expect(addresses.filter((each) => each.class === "private" && each.country !== null)).toEqual([]);
  });
});
