// Work taken a little at a time makes what it makes at once, however little that is.

import fc from "fast-check";
import { expect, test } from "vitest";
import { FIRST_LOOK } from "../../renderer/model/graph-look.ts";
import { type Begun, begun, finish, goOn } from "../../renderer/model/steps.ts";
import { pictureOf, pictureSteps } from "../../renderer/views/graph/picture.ts";
import { weightsOf } from "../../renderer/views/graph/weights.ts";
import type { Row } from "../../shared/rows.ts";

function* counted(to: number): Generator<void, number> {
  let sum = 0;
  for (let i = 1; i <= to; i++) {
    sum += i;
    yield;
  }
  return sum;
}

test("it rests after each step where there is no time, and goes on from there", () => {
  expect(finish(counted(4))).toBe(10);
  let work: Begun<number> = begun(counted(4), 0);
  let rests = 0;
  for (; !work.done; work = goOn(work, 0)) rests++;
  expect([work.value, rests]).toEqual([10, 4]);
  expect(goOn(work, 0)).toBe(work);
  const resting = begun(counted(4), 0);
  const whole = goOn(resting, Number.POSITIVE_INFINITY);
  expect([whole, goOn(whole, 0)]).toEqual([
    { done: true, value: 10 },
    { done: true, value: 10 },
  ]);
  expect(begun(counted(4), 1000)).toEqual({ done: true, value: 10 });
});

test("a picture of thousands of edges is the same in slices, each of which rests at least every 500 rows", () => {
  const ip = fc.integer({ min: 1, max: 4000 }).map((n) => `${n % 3 === 0 ? 10 : 20}.0.${n >> 8}.${n & 255}`);
  const rows = fc.array(
    fc.record({ srcIp: ip, dstIp: ip, tuples: fc.integer({ min: 1, max: 9 }), bytesSent: fc.nat(1e6) }),
    { minLength: 2500, maxLength: 3000 },
  );
  const host = (address: string) => ({
    nic: false,
    name: address,
    isPublic: address.startsWith("20"),
    country: address.startsWith("20") ? address.slice(-1) : null,
    countryName: null,
    asn: null,
    tag: null,
    network: null,
    subnet: null,
    pinned: false,
  });
  fc.assert(
    fc.property(rows, (now) => {
      const of = { now: now as unknown as Row[], before: null };
      const arrangement = { grouping: "network", look: FIRST_LOOK } as const;
      const [weights, budget] = [weightsOf(of.now, null), { internet: 60, inside: 60 }];
      const steps = pictureSteps(of, weights, host, arrangement, budget);
      let rests = 0;
      let work = begun(steps, 0);
      for (; !work.done; work = goOn(work, 0)) rests++;
      expect(work.value).toEqual(pictureOf(of, weights, host, arrangement, budget));
      expect(rests).toBeGreaterThan((2 * now.length) / 500);
    }),
    { numRuns: 5 },
  );
});
