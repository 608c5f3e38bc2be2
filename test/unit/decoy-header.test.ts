// Flow records that stand inside another value of a record are not the record's own, whatever came before it in the same thread.

import { expect, test } from "vitest";
import { type Batch, newBatch } from "../../electron/ingest/batch.ts";
import { newElements, walkElements } from "../../electron/ingest/elements.ts";
import { contentOf, inWindow } from "../support/batches.ts";

const tuple = (addresses: string): string => `"1741082400123,${addresses},1000,443,6,O,E,NX,9,9,9,9"`;
const flows = (rule: string, addresses: string): string =>
  `{"aclID":"a","flowGroups":[{"rule":"${rule}","flowTuples":[${tuple(addresses)}]}]}`;
const record = (second: number, key: string, decoy: string): string =>
  `{"time":"2025-03-04T10:00:0${second}.1234567Z","${key}":{"flowRecords":{"flows":[${decoy}]}},"macAddress":"000D3A000001","category":"FlowLogFlowEvent","flowLogVersion":4,"flowRecords":{"flows":[${flows("real", "10.0.0.4,10.0.0.5")}]}}`;

function walked(batch: Batch, bytes: Buffer): unknown {
  const elements = newElements(0);
  walkElements(elements, batch, bytes, bytes.length, 0, true);
  return { damage: elements.damage, next: elements.next, content: contentOf(batch) };
}

test.each(["systemId", "flowLogGUID", "operationName", "unknownKey"])("inside %s", (key) => {
  const decoy = flows("decoy", "6.6.6.6,7.7.7.7");
  const bytes = Buffer.from(`{"records":[${record(1, key, "")},${record(2, key, decoy)},${record(3, key, "")}]}`);
  const [quick, plain] = [newBatch(), newBatch()];
  expect(walked(quick, inWindow(quick, bytes))).toEqual(walked(plain, bytes));
});
