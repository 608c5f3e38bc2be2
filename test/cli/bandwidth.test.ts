// The worked example of Microsoft's page: three tuples that must total 9,125 packets and 5,256,000 bytes.

import { join } from "node:path";
import { expect, test } from "vitest";
import type { Info } from "../support/answers.ts";
import { folder, json } from "../support/cli.ts";
import { evidenceFolder } from "../support/logs.ts";

test("the documentation's bandwidth example totals 9,125 packets and 5,256,000 bytes", async () => {
  const caseFile = join(folder(), "case.tidemark");
  await json(["ingest", caseFile, join(evidenceFolder, "documented-bandwidth.json"), "--json"]);
  const info = await json<Info>(["info", caseFile, "--json"]);
  const { packetsSent, bytesSent, packetsReceived, bytesReceived, tuples, allowed, denied } = info;
  expect({ packetsSent, bytesSent, packetsReceived, bytesReceived, tuples, allowed, denied }).toEqual({
    packetsSent: 1021 + 52,
    bytesSent: 588_096 + 29_952,
    packetsReceived: 8005 + 47,
    bytesReceived: 4_610_880 + 27_072,
    tuples: 3,
    allowed: 3,
    denied: 0,
  });
  expect(Number(packetsSent) + Number(packetsReceived)).toBe(9125);
  expect(Number(bytesSent) + Number(bytesReceived)).toBe(5_256_000);
});
