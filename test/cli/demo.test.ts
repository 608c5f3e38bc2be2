// The sample incident through the program: what it says of the incident is what the incident's truth says.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { withEngine } from "../../electron/cli/engine.ts";
import { hosts, sql } from "../../electron/sample/network.ts";
import { json, type Row } from "../support/cli.ts";
import { sampleIncident } from "../support/sample.ts";

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
    const dir = await sampleIncident();
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

  test("its missing hours are found exactly, and its NICs are its hosts", async () => {
    const { nics } = await withEngine(caseFile, (engine) => engine.ask("nic.list", {}));
    expect(nics.map(({ nic }) => nic)).toEqual(hosts.map(({ mac }) => mac).sort());
    for (const host of hosts) {
      const found = nics.find(({ nic }) => nic === host.mac)!;
      expect([found.addresses[0]?.ip, found.network, found.subnet, found.name, found.flowLogs]).toEqual([
        host.ip,
        host.ip.startsWith("10.0.") ? "vnet-hub" : "vnet-spoke",
        null, // its flow logs have virtual networks as targets
        null,
        [host.flowLog.resourceId],
      ]);
    }
    const silent = nics.find(({ nic }) => nic === sql.mac)!;
    expect(silent.gaps).toEqual([{ from: Date.UTC(2026, 2, 10, 14), to: Date.UTC(2026, 2, 10, 17) }]);
    // Workstations are off at night; servers never are.
    const others = nics.filter(({ nic, gaps }) => nic !== sql.mac && gaps.length > 0).map(({ nic }) => nic);
    expect(others).toEqual(
      hosts
        .filter(({ role }) => role.startsWith("workstation"))
        .map(({ mac }) => mac)
        .sort(),
    );
  });
});
