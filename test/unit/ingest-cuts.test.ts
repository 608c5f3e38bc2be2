// A log cut anywhere (RELIABILITY R8, R9): every whole record before the cut is found and none invented, and it is said that it is
// cut. At every byte of larger files: test/long.

import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { cutGzip, cutPlain, flipGzip } from "../support/cuts.ts";
import { evidence } from "../support/logs.ts";

const sample = evidence("documented-sample.json");
const nic = evidence("vnet-v4-nic-target.json");
const to = (length: number, step = 1): number[] => Array.from({ length: Math.ceil(length / step) }, (_, i) => i * step);

test("the documented sample cut at every third byte, and at each of the last", async () => {
  expect(
    (await cutPlain(sample, [...to(sample.length - 30, 3), ...to(31).map((i) => sample.length - 30 + i)])).faults,
  ).toEqual([]);
});

test("a recorded log of several records cut at many bytes", async () => {
  expect((await cutPlain(nic, to(nic.length + 1, 17))).faults).toEqual([]);
});

test("a gzip file cut at many bytes, and at each of the first and last, is never complete, and its records are kept", async () => {
  const end = gzipSync(nic).length;
  const cuts = [...to(30), ...to(end, 29), ...to(20).map((i) => end - 1 - i)];
  expect(await cutGzip(nic, cuts)).toEqual({ faults: [], most: 4 });
});

test("a gzip file with one of many bytes changed is never complete", async () => {
  const { faults, benign } = await flipGzip(sample, 7);
  expect([faults, benign]).toEqual([[], 1]);
});
