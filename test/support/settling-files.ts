// Tuples to be logged → files as Azure writes them: a record a minute (or a part of one) for each NIC and flow log, a blob an hour of the
// records' times. Some records come twice, some have no time, some blobs come in several files.

import { vnetRecord } from "./logs.ts";
import type { LogFile } from "./settling-input.ts";
import { type Dice, MINUTE, SECOND, shuffled } from "./traffic-scenes.ts";
import type { Logged } from "./traffic-to-settle.ts";

const ACL =
  "/subscriptions/0aa8b0cc-6ef8-4c1c-9b1e-1f2f3f4f5f6f/resourceGroups/lab/providers/Microsoft.Network/networkSecurityGroups/lab";

type Written = { readonly blob: string; readonly time: number; readonly json: object };

/** Every file of the case, in no order. */
export function filesOf(dice: Dice, logged: readonly Logged[]): LogFile[] {
  // Every tuple a record, every record a file: nothing but the files' names tells which of two is first.
  const isScattered = dice.oneIn(8);
  const minutes = Map.groupBy(logged, (one) => JSON.stringify([one.nic, one.log, one.isStateless, recordTime(one)]));
  const written = [...minutes.values()].flatMap((of) =>
    (isScattered ? of.map((one) => [one]) : partsOf(dice, of)).map((part) => recordOf(dice, part)),
  );
  const files: LogFile[] = [];
  for (const [blob, records] of Map.groupBy(written, (record) => record.blob)) {
    const inOrder = [...records].sort((a, b) => a.time - b.time).map(({ json }) => json);
    if (isScattered) {
      files.push(...inOrder.map((record, index) => fileOf(`record-${index}/${blob}`, [record])));
      continue;
    }
    const half = dice.oneIn(4) ? dice.below(inOrder.length + 1) : inOrder.length;
    files.push(fileOf(blob, inOrder.slice(0, half)));
    if (half < inOrder.length) files.push(fileOf(`second-part/${blob}`, inOrder.slice(half)));
    if (dice.oneIn(4)) files.push(fileOf(`earlier-copy/${blob}`, inOrder.slice(0, 1 + dice.below(inOrder.length))));
    if (dice.oneIn(8)) files.push(fileOf(`backwards/${blob}`, inOrder.toReversed()));
  }
  return files.filter(({ text }) => text !== '{"records":[]}');
}

/** The files as sources of one to four folders, in some order of adding. */
export function intoSources(dice: Dice, files: readonly LogFile[]): LogFile[][] {
  const count = 1 + dice.below(4);
  const sources = Map.groupBy(shuffled(dice, files), () => dice.below(count));
  return shuffled(dice, [...sources.values()]);
}

function fileOf(path: string, records: readonly object[]): LogFile {
  return { path, text: JSON.stringify({ records }) };
}

/** A record is written two to eight seconds after its minute, always at the same second of it. */
function recordTime({ nic, time, late }: Logged): number {
  const second = 2 + ((nic?.charCodeAt(11) ?? 0) % 7);
  return Math.floor(time / MINUTE + 1 + late) * MINUTE + second * SECOND;
}

function partsOf(dice: Dice, of: readonly Logged[]): Logged[][] {
  const inOrder = dice.oneIn(8) ? shuffled(dice, of) : [...of].sort((a, b) => a.time - b.time);
  const cut = dice.oneIn(3) ? dice.below(inOrder.length) : 0;
  return [inOrder.slice(0, cut), inOrder.slice(cut)].filter((part) => part.length > 0);
}

function recordOf(dice: Dice, part: readonly Logged[]): Written {
  const { nic, log, isStateless } = part[0]!;
  const at = recordTime(part[0]!);
  const time = dice.oneIn(40) ? {} : { time: new Date(at).toISOString().replace("Z", "1234Z") };
  const groups = [...Map.groupBy(part, ({ rule }) => rule)].map(([rule, of]) => ({
    rule,
    flowTuples: of.map(({ text }) => text),
  }));
  const spelt = (id: string): string => (dice.oneIn(6) ? id.toLowerCase() : id);
  const mac = nic === null ? {} : { macAddress: nic };
  const blob = blobPath(log.format, log.resource, nic, at);
  if (log.format === "vnet") {
    const { macAddress: _, time: __, ...model } = vnetRecord([]) as { macAddress: string; time: string };
    const ids = { flowLogGUID: log.guid, flowLogResourceID: spelt(log.resource), targetResourceID: spelt(log.target) };
    const flows = groups.map((group) => ({ aclID: spelt(ACL), flowGroups: [group] }));
    return { blob, time: at, json: { ...time, ...mac, ...model, ...ids, flowRecords: { flows } } };
  }
  const category = { category: "NetworkSecurityGroupFlowEvent", operationName: "NetworkSecurityGroupFlowEvents" };
  const flows = groups.map(({ rule, flowTuples }) => ({ rule, flows: [{ mac: nic ?? "", flowTuples }] }));
  const properties = { Version: isStateless ? 1 : 2, flows };
  return {
    blob,
    time: at,
    json: { ...time, systemId: log.guid, ...mac, ...category, resourceId: spelt(log.resource), properties },
  };
}

function blobPath(format: "vnet" | "nsg", resource: string, nic: string | null, at: number): string {
  const [year, month, day, hour] = new Date(at).toISOString().split(/[-T:]/);
  const when = `y=${year}/m=${month}/d=${day}/h=${hour}/m=00`;
  const container =
    format === "vnet" ? "insights-logs-flowlogflowevent" : "insights-logs-networksecuritygroupflowevent";
  const id = `${format === "vnet" ? "flowLogResourceID" : "resourceId"}=${resource}`;
  return [container, id, when, ...(nic === null ? [] : [`macAddress=${nic}`]), "PT1H.json"].join("/");
}
