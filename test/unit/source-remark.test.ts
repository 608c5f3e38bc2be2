// What this version does not know and kept all the same is told of the source, which is complete for all that.

import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { addEvidence } from "../../electron/work/add-evidence.ts";
import { holdCase } from "../../electron/work/held-case.ts";
import { newPause } from "../../electron/work/pause.ts";
import type { SourceAccount } from "../../shared/contract.ts";
import { folder } from "../support/cli.ts";
import { blob, vnetRecord } from "../support/logs.ts";

vi.mock("../../electron/ingest/pool.ts", async (original) => {
  const { poolHere } = await import("../support/pool-here.ts");
  return poolHere(await original());
});

const tuple = "1741082400000,10.0.0.4,10.0.0.5,40000,443,6,O,E,NX,1,60,2,120";
const usual = vnetRecord([["R", tuple]]);
const coming = { ...vnetRecord([["S", tuple.replace("NX", "NX_NEW")]]), flowLogVersion: 5 };

async function sources(...paths: string[]): Promise<readonly SourceAccount[]> {
  const { signal } = new AbortController();
  const held = holdCase(join(folder(), "case.tidemark"));
  return (
    await addEvidence(
      held,
      { paths, embed: false, jobs: 1 },
      () => {},
      signal,
      newPause(),
      () => {},
    )
  ).sources;
}

test("a version and a code that are not known are told, with the file that has them", async () => {
  const home = folder([
    ["logs/a/PT1H.json", blob(usual)],
    ["logs/b/PT1H.json", blob(coming)],
    ["logs/c/PT1H.json", blob({ ...coming, macAddress: "000D3A999999" })],
  ]);
  const [all, one, none] = await sources(
    join(home, "logs"),
    ...["b", "a"].map((name) =>
      join(folder([[`${name}.json`, name === "b" ? blob(coming, usual) : blob(usual, usual)]]), `${name}.json`),
    ),
  );
  const told = "it holds encryption code NX_NEW, flow log version 5, which this version does not know";
  expect([all!.status, all!.reason]).toEqual(["complete", expect.stringContaining(`b/PT1H.json: ${told}`)]);
  expect(all!.reason).toContain("more such in 1 other file)");
  expect([one!.status, one!.reason]).toEqual(["complete", expect.stringContaining(told)]);
  expect([none!.status, none!.reason]).toEqual(["complete", null]);
});
