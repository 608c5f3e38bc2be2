// What a path says of the blob behind it, in every layout and spelling, and when that is remarked on.

import { describe, expect, test } from "vitest";
import { hintsOf } from "../../electron/ingest/path-hints.ts";
import { blob, vnetRecord } from "../support/logs.ts";
import { rowsOf, written } from "../support/written.ts";

const HOUR = Date.UTC(2025, 9, 5, 9) / 3_600_000;
const LATER = "y=2025/m=10/d=05/h=09/m=00/macAddress=7C1E5264840B/PT1H.json";
const SUBSCRIPTION = "A64ACBF7-1E9C-4F4B-8B11-3B2D3C7B9E01";
const short = `${SUBSCRIPTION}_NETWORKWATCHERRG/NETWORKWATCHER_EASTUS_FLOWLOG-VNET-LAB-EASTUS`;
const long = `SUBSCRIPTIONS/${SUBSCRIPTION}/RESOURCEGROUPS/NETWORKWATCHERRG/PROVIDERS/MICROSOFT.NETWORK/NETWORKWATCHERS/NETWORKWATCHER_EASTUS/FLOWLOGS/FLOWLOG-VNET-LAB-EASTUS`;
const group = `SUBSCRIPTIONS/${SUBSCRIPTION}/RESOURCEGROUPS/LAB/PROVIDERS/MICROSOFT.NETWORK/NETWORKSECURITYGROUPS/LAB-NSG`;

describe("hints are read from", () => {
  test.each([
    ["Azure's own layout", `flowLogResourceID=/${short}/${LATER}`, short],
    ["the documented layout", `flowLogResourceID=/${long}/${LATER}`, long],
    ["the layout of NSG logs", `resourceId=/${group}/${LATER}`, group],
    ["the documentation's misspelling", `resoureId=/${group}/${LATER}`, group],
    ["URL-encoded names", encodeURIComponent(`flowLogResourceID=/${short}/${LATER}`), short],
    ["names with %3D alone", `flowLogResourceID=/${short}/${LATER}`.replaceAll("=", "%3D"), short],
    ["a flattened name", `flowLogResourceID=/${short}/${LATER}`.replaceAll("/", "_"), short.replaceAll("/", "_")],
    ["a browser's copy", `flowLogResourceID=/${short}/${LATER.replace(".json", " (1).json")}`, short],
    ["other letters' case", `FLOWLOGRESOURCEID=/${short}/${LATER.toUpperCase()}`, short],
  ])("%s", (_, path, flowLog) => {
    expect(hintsOf(path)).toEqual({ nic: "7C1E5264840B", hour: HOUR, flowLog });
  });

  test.each([
    ["nothing of the kind", "PT1H (1).json", { nic: null, hour: null, flowLog: null }],
    ["a MAC with separators", "macAddress=7C-1E-52-64-84-0B/PT1H.json", { nic: "7C1E5264840B", hour: null }],
    ["a MAC with colons replaced", "macAddress=7C_1E_52_64_84_0B_PT1H.json", { nic: "7C1E5264840B" }],
    ["twelve digits and more", "macAddress=7C1E5264840B77/PT1H.json", { nic: null }],
    ["no such hour", "y=2025/m=02/d=30/h=09/m=00/PT1H.json", { hour: null }],
    ["a damaged escape", "%E0%A4%A/y%3D2025/m%3D10/d%3D05/h%3D09/m=00/x.json", { hour: HOUR }],
    ["two hours, the inner", "y=2024/m=01/d=01/h=00/m=00/y=2025/m=10/d=05/h=09/m=00/PT1H.json", { hour: HOUR }],
  ])("%s", (_, path, hints) => {
    expect(hintsOf(path)).toMatchObject(hints);
  });

  test("a name of any length in no time", () => {
    const from = performance.now();
    hintsOf("flowLogResourceID=".repeat(100_000));
    hintsOf(`macAddress=${"7C-".repeat(100_000)}`);
    expect(performance.now() - from).toBeLessThan(200);
  });
});

describe("a path that says otherwise than its records is remarked on", () => {
  const T = "1759654890000,10.0.0.4,10.0.0.5,40000,443,6,O,B,NX,0,0,0,0"; // of 09:01:30
  const record = (time: string, id = `/${long}`, mac = "7C1E5264840B"): object => ({
    ...vnetRecord([["R", T]], { mac, time }),
    flowLogResourceID: id,
  });
  const at = "2025-10-05T09:02:01.1234567Z";
  const remark = async (path: string, ...records: readonly object[]): Promise<unknown> =>
    rowsOf(await written([["/cases/logs", [[path, blob(...records)]]]]), "members")[0]!.remark;

  test.each([
    ["Azure's own layout", `flowLogResourceID=/${short}/${LATER}`, record(at)],
    ["the documented one", `flowLogResourceID=/${long}/${LATER}`, record(at)],
    ["the portal's spelling", `flowLogResourceID=/${short}-FLOWLOGS/${LATER}`, record(at)],
    ["the short id in the log itself", `flowLogResourceID=/${long}/${LATER}`, record(at, `/${short}`)],
    ["a flattened path", `flowLogResourceID=/${long}/${LATER}`.replaceAll("/", "_"), record(at)],
    ["no such path", "PT1H (1).json", record(at)],
  ])("but not in %s", async (_, path, of) => {
    expect(await remark(path, of)).toBeNull();
  });

  test("nor for a record of the next hour's first minute behind others, or tuples of the hour before", async () => {
    const path = `flowLogResourceID=/${short}/${LATER}`;
    expect(await remark(path, record(at), record("2025-10-05T10:00:31.0000000Z"))).toBeNull();
    expect(await remark(path.replace("h=09", "h=10"), record("2025-10-05T10:00:31.0000000Z"))).toBeNull();
  });

  test.each([
    ["another NIC", "7C1E5264840B", "000D3AF87856", "its path names NIC 000D3AF87856, its records 7C1E5264840B"],
    ["another hour", "h=09", "h=11", "its path names the hour 2025-10-05 11:00, its records are of 2025-10-05 09:00"],
    [
      "another flow log",
      "VNET-LAB",
      "VNET-PROD",
      `the flow log ${short.replace("VNET-LAB", "VNET-PROD")}, its records /${long}`,
    ],
  ])("%s", async (_, from, to, said) => {
    expect(await remark(`flowLogResourceID=/${short}/${LATER}`.replace(from, to), record(at))).toContain(said);
  });

  test("several hours or NICs where the path names one", async () => {
    const others = [record(at), record("2025-10-05T12:02:01.0000000Z"), record(at, `/${long}`, "000D3AF87856")];
    expect(await remark(LATER, ...others)).toBe(
      "its path names NIC 7C1E5264840B, its records 000D3AF87856; its path names the hour 2025-10-05 09:00, its records are of 2025-10-05 09:00 to 2025-10-05 12:00",
    );
  });
});
