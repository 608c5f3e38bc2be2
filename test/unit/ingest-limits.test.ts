// JSON of every shape (RELIABILITY R11): what is beyond a limit is a reject as that record only, with the reason and its bytes; what is
// odd and within is read. The long ones are made once and read in small pieces too.

import { expect, test } from "vitest";
import { between, found, good, neighbour, onlyThat, withValue } from "../support/between.ts";
import { blob, vnetRecord } from "../support/logs.ts";
import { readWhole } from "../support/oracle.ts";

const MiB = 1 << 20;
const nested = (depth: number): string => withValue("[".repeat(depth) + "]".repeat(depth));
const nestedObjects = (depth: number): string => withValue(`${'{"a":'.repeat(depth)}1${"}".repeat(depth)}`);

async function read(record: string): Promise<void> {
  const { members, records } = await found(between(record));
  expect([members[0]!.status, members[0]!.reason, records.map(({ kept }) => kept)]).toEqual([
    "complete",
    null,
    [true, true, true],
  ]);
}

test.each([1, 10, 62, 63])("a value %i deep is read", (depth) => read(nested(depth)));
test.each([64, 65, 100, 1000, 100_000, 1_000_000])("a value %i deep is a reject as that record only", async (depth) => {
  await onlyThat(nested(depth), /nested deeper than 64/, depth > 1000 ? [MiB / 8] : [100]);
  await onlyThat(nestedObjects(depth), /nested deeper than 64/, depth > 1000 ? [] : [100]);
});

test.each([31, 32, 1000, 100_000])("records %i containers deep are read, or said to be too deep", async (depth) => {
  for (const [open, shut] of [
    ['{"records":[', "]}"],
    ["[", "]"],
  ] as const) {
    const bytes = Buffer.from(`${open.repeat(depth)}${neighbour}${shut.repeat(depth)}`);
    const { members, records } = await found(bytes, []);
    if (members[0]!.status !== "refused") expect(records.filter(({ kept }) => kept)).toHaveLength(1);
    else expect(open.length * depth).toBeGreaterThan(1000);
    if (members[0]!.status !== "complete") expect(members[0]!.reason).toMatch(/nested deeper than 64/);
    else expect(depth * (open === "[" ? 1 : 2)).toBeLessThanOrEqual(64);
  }
});

test("a text of 1 MiB is read, a longer one is a reject as that record only", async () => {
  await read(withValue(JSON.stringify("a".repeat(MiB))));
  await onlyThat(withValue(JSON.stringify("a".repeat(MiB + 1))), /a string or number longer than 1048576 bytes/);
  await onlyThat(neighbour.replace("R", "r".repeat(3 * MiB)), /longer than 1048576/);
  await onlyThat(withValue(`${"1".repeat(MiB + 1)}`), /longer than 1048576/);
  await onlyThat(`{"${"k".repeat(MiB + 1)}":1,${neighbour.slice(1)}`, /longer than 1048576/);
});

test("bytes that are no UTF-8 are shown as such, and the bytes are recoverable", async () => {
  const odd = Buffer.from(neighbour.replace('"rule":"R"', '"rule":"R#"'));
  odd[odd.indexOf("#")] = 0xff;
  const bytes = between(odd);
  const { tuples, members } = await found(bytes);
  expect(members[0]).toMatchObject({ status: "complete", reason: null });
  expect(tuples.map(({ rule }) => rule)).toEqual(["R", "R\ufffd", "R"]);
  const bad = Buffer.from(neighbour.replace("10.0.0.5", "10.0.0.#"));
  bad[bad.indexOf("#")] = 0xff;
  const hurt = await found(between(bad));
  expect(hurt.rejects.map(({ text }) => text)).toEqual([good.replace("10.0.0.5", "10.0.0.\ufffd")]);
});

test("half a surrogate pair in a rule is a replacement character, and two of them do not clash", async () => {
  const { tuples } = await found(
    blob(
      vnetRecord([
        ["\ud800", good],
        ["\udc00x", good],
      ]),
    ),
  );
  expect(tuples.map(({ rule }) => rule)).toEqual(["\ufffd", "\ufffdx"]);
});

test("of a key that comes twice the last counts, and tuples of both are read", async () => {
  const twice = neighbour
    .replace(
      '"flowRecords":',
      '"flowRecords":{"flows":[{"aclID":"x","flowGroups":[{"rule":"S","flowTuples":["#"]}]}]},"flowRecords":',
    )
    .replace("#", good);
  const { tuples, records } = await found(
    Buffer.from(twice.replace('"macAddress":', '"macAddress":"000000000001","macAddress":')),
  );
  expect(tuples.map(({ rule, nic }) => [rule, nic])).toEqual([
    ["S", "000D3A111111"],
    ["R", "000D3A111111"],
  ]);
  expect(records).toHaveLength(1);
});

test("numbers beyond 2^53 are rejects where they count, and keep their digits where they do not", async () => {
  const digests = new Set<string>();
  for (const number of ["9007199254740993", "9007199254740992", "1e999", "-1e999"]) {
    const { records } = await found(Buffer.from(withValue(number)));
    digests.add(records[0]!.digest);
  }
  expect(digests.size).toBe(4);
  const { rejects } = await found(blob(vnetRecord([["R", good.replace(",120", ",9007199254740992"), good]])));
  expect(rejects.map(({ tuple, reason }) => [tuple, /2\^53/.test(reason)])).toEqual([[0, true]]);
});

test("values of the wrong sort in the places of a log are told, and what is right beside them is read", async () => {
  const record = vnetRecord([["R", good]]) as Record<string, unknown>;
  const flows = (value: unknown): Record<string, unknown> => ({ ...record, flowRecords: { flows: value } });
  const group = (value: unknown): Record<string, unknown> =>
    flows([
      {
        aclID: 1,
        flowGroups: [
          { rule: null, flowTuples: value },
          { rule: "Q", flowTuples: [good] },
        ],
      },
    ]);
  for (const [odd, rejects] of [
    [{ ...record, time: 5, macAddress: [1], category: {}, flowLogResourceID: null, targetResourceID: true }, 0],
    [group([good, 5, null, {}, [good], good]), 4],
    [group("text"), 1],
    [group(null), 1],
    [flows("none"), 0],
    [{ ...record, flowRecords: null }, 0],
    [{ ...record, flowRecords: [{ flows: [{ flowGroups: [{ flowTuples: [good] }] }] }] }, 0],
  ] as const) {
    const bytes = blob(odd, record);
    const { members, rejects: all, records } = await found(bytes, [1, 50]);
    expect([JSON.stringify(odd).slice(300, 380), members[0]!.status, all.length, records.length]).toEqual([
      JSON.stringify(odd).slice(300, 380),
      "complete",
      rejects,
      2,
    ]);
  }
  expect(readWhole(blob(record)).tuples).toHaveLength(1);
});
