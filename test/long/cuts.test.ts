// Logs cut at every byte (RELIABILITY R8, R9).

import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { cutGzip, cutPlain, flipGzip } from "../support/cuts.ts";
import { figure } from "../support/figure.ts";
import { evidence, wholeFiles } from "../support/logs.ts";

test.each(wholeFiles)(
  "%s cut at every byte (a larger one at some): every whole record before the cut, none invented",
  async (name) => {
    const began = performance.now();
    const whole = evidence(name);
    const step = whole.length > 100_000 ? 499 : whole.length > 10_000 ? 23 : 1;
    const every = Array.from({ length: Math.floor(whole.length / step) + 1 }, (_, i) => i * step);
    const { cuts, faults } = await cutPlain(whole, every);
    expect(faults).toEqual([]);
    figure(`R8 ${name}`, { cuts, faults: 0, s: (performance.now() - began) / 1000 });
  },
);

test("gzip files cut at every byte, and with every byte changed", async () => {
  const began = performance.now();
  const [nic, sample] = [evidence("vnet-v4-nic-target.json"), evidence("documented-sample.json")];
  const end = gzipSync(nic).length;
  const { faults, most } = await cutGzip(
    nic,
    Array.from({ length: end }, (_, i) => i),
  );
  expect([faults, most]).toEqual([[], 4]);
  const { flips, benign, faults: unseen } = await flipGzip(sample, 1);
  expect([unseen, benign]).toEqual([[], 6]);
  figure("R8, R9 gzip", {
    cuts: end,
    flips,
    "of which benign": benign,
    faults: 0,
    s: (performance.now() - began) / 1000,
  });
});
