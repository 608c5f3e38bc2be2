// One odd record between two good ones, and what must come of it.

import { expect } from "vitest";
import { vnetRecord } from "./logs.ts";
import { type Found, faultsOf, foundIn, readBytes } from "./read-bytes.ts";

export const good = "1741082400000,10.0.0.4,10.0.0.5,40000,443,6,O,E,NX,1,60,2,120";
export const neighbour = JSON.stringify(vnetRecord([["R", good]]));

export const between = (record: string | Buffer): Buffer =>
  Buffer.concat([
    Buffer.from(`{"records":[${neighbour},`),
    Buffer.from(record as string),
    Buffer.from(`,${neighbour}]}`),
  ]);

/** A good record that has something more in it. */
export const withValue = (value: string): string => `{"x":${value},${neighbour.slice(1)}`;

/** Reads the bytes at once and in pieces: without faults, and the same. */
export async function found(bytes: Buffer, pieces: readonly number[] = [1 << 16]): Promise<Found> {
  const whole = foundIn(await readBytes([bytes]));
  expect(faultsOf(whole, [bytes])).toEqual([]);
  for (const piece of pieces) expect(foundIn(await readBytes([bytes], false, piece))).toEqual(whole);
  return whole;
}

/** The record between two good ones is a reject by itself. */
export async function onlyThat(record: string | Buffer, why: RegExp, pieces?: readonly number[]): Promise<void> {
  const bytes = between(record);
  const { members, records, rejects, tuples } = await found(bytes, pieces);
  expect(members[0]!.status).toBe("partial");
  expect(records.map(({ kept }) => kept)).toEqual([true, false, true]);
  expect(tuples.map(({ record: number }) => number)).toEqual([0, 2]);
  expect(rejects).toHaveLength(1);
  expect(rejects[0]!.reason).toMatch(why);
  const { offset, length } = rejects[0]!; // which lead to all of it, however little of it is kept as text
  expect(bytes.subarray(offset, offset + length).equals(Buffer.from(record as string))).toBe(true);
}
