// What is told of NICs: their addresses, what the targets of their flow logs say, and the hours without a record.

import { join } from "node:path";
import { expect, test } from "vitest";
import { openCatalog } from "../../electron/query/catalog.ts";
import { listNics } from "../../electron/query/nics.ts";
import type { Nic } from "../../shared/contract.ts";
import { folder } from "../support/cli.ts";
import { ingestHere } from "../support/ingest-here.ts";
import { blob, evidence, nsgRecord, vnetRecord } from "../support/logs.ts";
import { readTuples } from "../support/oracle.ts";
import { infoOf, reading, rowsOf } from "../support/written.ts";

async function nicsOf(files: Iterable<readonly [string, Buffer | string]>): Promise<readonly Nic[]> {
  const caseFile = join(folder(), "case.tidemark");
  await ingestHere(caseFile, [folder(files)]);
  return nicsIn(caseFile);
}

const nicsIn = (caseFile: string): readonly Nic[] => reading(caseFile, (db) => listNics(openCatalog(db)));

const HOUR = 3_600_000;
const T = Date.UTC(2025, 2, 4, 10);
const at = (hour: number, minute = 0): number => T + hour * HOUR + minute * 60_000;

test("recorded logs: the most that a target says", async () => {
  const files = ["vnet-v4-nic-target.json", "vnet-v4-subnet-target.json", "vnet-v4-vnet-target.json", "nsg-v2.json"];
  for (const file of files) {
    const bytes = evidence(file);
    const { tuples } = readTuples(bytes);
    const [nic] = await nicsOf([[file, bytes]]);
    const target = (/"targetResourceID":\s*"([^"]*)"/.exec(bytes.toString()) ?? [])[1] ?? "";
    const after = (type: string): string | null => target.split(new RegExp(`/${type}/`, "i"))[1]?.split("/")[0] ?? null;
    const times = tuples.map(({ time }) => time);
    expect([file, nic?.tuples, nic?.firstTime, nic?.lastTime]).toEqual([
      file,
      tuples.length,
      Math.min(...times),
      Math.max(...times),
    ]);
    expect([nic?.network, nic?.subnet, nic?.name]).toEqual([
      after("virtualNetworks"),
      after("subnets"),
      after("networkInterfaces"),
    ]);
    if (file.includes("subnet")) expect(nic?.subnet).not.toBeNull();
    if (file.includes("nic")) expect(nic?.name).not.toBeNull();
  }
});

const tuple = (time: number): string => `${time},10.0.0.4,10.0.0.5,40000,443,6,O,B,NX,0,0,0,0`;
const logged = (time: number): object =>
  vnetRecord([["A", tuple(time - 30_000)]], { time: new Date(time).toISOString() });

test("gaps go by the times of records: tuples of the minute before the hour fill no gap, and neighbours are joined", async () => {
  const [nic] = await nicsOf([
    ["a.json", blob(logged(at(0, 5)), logged(at(1, 0)), logged(at(4, 0)), logged(at(6, 59)))],
  ]);
  expect(nic?.gaps).toEqual([
    { from: at(2), to: at(4) },
    { from: at(5), to: at(6) },
  ]);
});

test("where records have no time, their tuples' times count", async () => {
  const bare = (time: number): object => ({
    ...nsgRecord(1, [["A", `${time / 1000},10.0.0.8,10.0.0.9,1,2,T,O,A`]]),
    time: "?",
  });
  const [nic] = await nicsOf([["a.json", blob(bare(at(0)), bare(at(2)))]]);
  expect(nic).toMatchObject({ gaps: [{ from: at(1), to: at(2) }], network: null, subnet: null, name: null });
});

test("a NIC that moved between flow logs keeps all of them; what several targets say is put together", async () => {
  const id = "/SUBSCRIPTIONS/x/resourcegroups/g/providers/Microsoft.Network";
  const withTarget = (minute: number, target: string, flowLog: string): object => ({
    ...logged(at(0, minute)),
    targetResourceID: target,
    flowLogResourceID: flowLog,
  });
  const [nic] = await nicsOf([
    [
      "a.json",
      blob(
        withTarget(1, `${id}/VIRTUALNETWORKS/Core/SUBNETS/Apps`, "/LOG/ONE"),
        withTarget(2, `${id}/networkinterfaces/vm-7-nic`, "/LOG/TWO"),
        withTarget(3, "5b6f4a0e-6f0c-4ad8-a0d1-d3b3a8f7c001", "/LOG/TWO"),
      ),
    ],
  ]);
  expect(nic).toMatchObject({ network: "Core", subnet: "Apps", name: "vm-7-nic", gaps: [] });
  expect([...(nic?.flowLogs ?? [])].sort()).toEqual(["/LOG/ONE", "/LOG/TWO"]);
});

test("an address that moved belongs to the NIC that had it then", async () => {
  const of = (hour: number, mac: string): object =>
    vnetRecord([["A", tuple(at(hour, 1)), tuple(at(hour, 2))]], { mac, time: new Date(at(hour, 3)).toISOString() });
  const caseFile = join(folder(), "case.tidemark");
  const logs = blob(of(0, "000D3A00000A"), of(1, "000D3A00000A"), of(3, "000D3A00000B"));
  await ingestHere(caseFile, [folder([["a.json", logs]])]);
  const nics = nicsIn(caseFile);
  expect(nics.map(({ nic, addresses }) => [nic, addresses])).toEqual([
    ["000D3A00000A", [{ ip: "10.0.0.4", tuples: 4, firstTime: at(0, 1), lastTime: at(1, 2) }]],
    ["000D3A00000B", [{ ip: "10.0.0.4", tuples: 2, firstTime: at(3, 1), lastTime: at(3, 2) }]],
  ]);
  const ownerIn = (from: number, to: number): unknown[] =>
    rowsOf(caseFile, "edges", { from: at(from), to: at(to) }).map(({ srcNic }) => srcNic);
  expect(ownerIn(0, 2)).toEqual(["000D3A00000A"]);
  expect(ownerIn(3, 4)).toEqual(["000D3A00000B"]);
  expect(rowsOf(caseFile, "endpoints").find(({ ip }) => ip === "10.0.0.4")?.nics).toEqual([
    "000D3A00000A",
    "000D3A00000B",
  ]);
});

const acl = "/subscriptions/0aa8b0cc/resourceGroups/lab/providers/Microsoft.Network/networkSecurityGroups/lab-nsg";

test.each([
  ["lower first", acl.toLowerCase(), acl.toUpperCase()],
  ["upper first", acl.toUpperCase(), acl.toLowerCase()],
])("an ACL is one whatever its spelling, %s; tuples stay as logged", async (_, first, second) => {
  const of = (minute: number, spelling: string): object =>
    vnetRecord([["A", tuple(at(0, minute))]], { acl: spelling, time: new Date(at(0, minute + 1)).toISOString() });
  const caseFile = join(folder(), "case.tidemark");
  const files: [string, Buffer][] = [
    ["a.json", blob(of(1, first))],
    ["b.json", blob(of(2, second), of(3, acl))],
  ];
  await ingestHere(caseFile, [folder(files)]);
  const conversations = rowsOf(caseFile, "conversations");
  expect(conversations.map(({ acl: shown, tuples }) => [shown, tuples])).toEqual([[acl.toUpperCase(), 3]]);
  expect(rowsOf(caseFile, "tuples", { filter: `acl == ${acl}` }).map((row) => row.acl)).toEqual([first, second, acl]);
  expect(infoOf(caseFile)).toMatchObject({ conversations: 1 });
  const nics = nicsIn(caseFile);
  expect(nics.map((nic) => [nic.acls.length, nic.targets])).toEqual([
    [1, [{ kind: "virtual network", id: expect.stringMatching(/\/virtualNetworks\/lab$/) }]],
  ]);
});
