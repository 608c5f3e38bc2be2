// Headers of records that are remembered while a member is read, so that records with the same are read by the kernel, take a bounded
// memory, however many a member has; what is read does not depend on it.

import { expect, test } from "vitest";
import { newBatch } from "../../electron/ingest/batch.ts";
import { keepHeader, MOST_HEADERS } from "../../electron/ingest/usual.ts";
import { readBytes } from "../support/read-bytes.ts";

const FLOWS = '"flowRecords":{"flows":[{"aclID":"a","flowGroups":[{"rule":"r","flowTuples":["';
const record = (id: string, mac: string, tuple: string): string =>
  `{"time":"2022-09-14T09:00:52.5625085Z","systemId":"${id}","macAddress":"${mac}","category":"FlowLogFlowEvent","flowLogVersion":4,${FLOWS}${tuple}"]}]}]}}`;
const tuple = (i: number): string => `${1663146003599 + i},10.0.0.6,192.0.2.180,23956,443,6,O,B,NX,0,0,0,0`;
const id = (i: number): string => String(i).padStart(12, "0");

test("a hundred thousand distinct headers are not all kept", () => {
  const batch = newBatch();
  const bytes = batch.kernel.window;
  const text = record(id(0), "112233445566", tuple(0));
  bytes.write(text);
  const at = text.indexOf(id(0));
  for (let i = 0; i < 100_000; i++) {
    bytes.write(id(i), at, "latin1");
    keepHeader(batch, bytes, 0, text.length, { nic: i, flowLog: 0 });
    if (batch.headers.length > MOST_HEADERS) break;
  }
  expect(batch.headers.length).toBeLessThanOrEqual(MOST_HEADERS);
  expect(batch.headers.at(-1)?.nic).toBe(99_999);
});

test("records are those of their own NIC after more distinct headers than are kept", async () => {
  const count = MOST_HEADERS + 500;
  const macOf = (i: number): string => (i % 3 === 0 ? "112233445566" : "AABBCCDDEEFF");
  const records = Array.from({ length: count }, (_, i) => record(id(i >>> 1), macOf(i >>> 1), tuple(i)));
  const log = Buffer.from(`{"records":[${records.join(",")}]}`);
  const contexts = new Map<string, number>();
  let tuples = 0;
  for (const { segments } of await readBytes([log]))
    for (const segment of segments) {
      tuples += segment.tuples;
      for (const { nic } of segment.contexts) contexts.set(String(nic), (contexts.get(String(nic)) ?? 0) + 1);
    }
  expect(tuples).toBe(count);
  expect([...contexts.keys()].sort()).toEqual(["112233445566", "AABBCCDDEEFF"]);
});
