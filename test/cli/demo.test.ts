// The sample incident through the program: what it says of the incident is what the incident's truth says.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { folder, json, type Row } from "../support/cli.ts";

type Counters = {
  tuples: number;
  packetsSent: number;
  bytesSent: number;
  packetsReceived: number;
  bytesReceived: number;
};
type Step = { id: string; filter: string; from: number; to: number; eachSide: Counters };
type Truth = { totals: Record<string, number>; steps: Step[] };

const COUNTERS = ["tuples", "packetsSent", "bytesSent", "packetsReceived", "bytesReceived"] as const;

describe("tidemark demo", () => {
  let caseFile = "";
  let truth: Truth = { totals: {}, steps: [] };
  beforeAll(async () => {
    const dir = join(folder(), "incident");
    await json(["demo", dir, "--json"]);
    caseFile = join(dir, "demo.tidemark");
    truth = JSON.parse(readFileSync(join(dir, "truth.json"), "utf8")) as Truth;
  }, 120_000);

  test("holds at least 300,000 tuples, and its totals are those of the truth", async () => {
    const info = await json<Record<string, number>>(["info", caseFile, "--json"]);
    expect(info.tuples).toBeGreaterThanOrEqual(300_000);
    for (const name of ["records", "tuples", "allowed", "denied", "nics", "firstTime", ...COUNTERS])
      expect([name, info[name]]).toEqual([name, truth.totals[name]]);
    expect([info.duplicateRecords, info.rejects]).toEqual([0, 0]);
  });

  test("every step of the intrusion has the sums of the truth when asked for by its filter and range", async () => {
    expect(truth.steps.length).toBeGreaterThan(5);
    for (const step of truth.steps) {
      const args = ["query", caseFile, "--by", "conversations", "--limit", "0", "--json"];
      const { rows } = await json<{ rows: Row[] }>([
        ...args,
        "--filter",
        step.filter,
        "--from",
        `${step.from}`,
        "--to",
        `${step.to}`,
      ]);
      const sums = COUNTERS.map((name) => rows.reduce((sum, row) => sum + Number(row[name]), 0));
      expect([step.id, ...sums]).toEqual([step.id, ...COUNTERS.map((name) => step.eachSide[name])]);
    }
  });
});
