// The place of a tuple in its record's text: for whatever a record held, the string that stands there is the one that was read.

import fc from "fast-check";
import { expect, test } from "vitest";
import type { MemberBytes } from "../../electron/archive/open-member.ts";
import { readUnit } from "../../electron/ingest/read-unit.ts";
import { parseTuple } from "../../electron/ingest/tuple.ts";
import { markTuple } from "../../electron/query/record-mark.ts";
import { KEPT } from "../../electron/segment/columns.ts";
import { decodeCounters, decodeKeys, decodePlace, decodePorts, decodeWhen } from "../../electron/segment/encode.ts";
import type { UnitPart } from "../../electron/segment/part.ts";
import { members, mutated, tuples, usualTuples, vnetTexts } from "../support/generated.ts";
import { blob, evidence, nsgRecord, vnetRecord, wholeFiles } from "../support/logs.ts";

async function partsOf(bytes: Buffer): Promise<UnitPart[]> {
  const parts: UnitPart[] = [];
  async function* chunks(): AsyncGenerator<Uint8Array> {
    yield bytes;
  }
  const open = async (): Promise<MemberBytes> => ({ chunks: chunks(), damage: () => null, fileSha256: () => null });
  const member = { path: "m", file: "m", entry: null, gzip: false, bytes: 0, fileTime: 0, refused: null };
  await readUnit({ unit: 0, members: [member], embed: false }, async (p) => void parts.push(structuredClone(p)), open);
  return parts;
}

/** What a row says of itself that its text must say too. */
type Said = { record: number; tuple: number; time: number; ports: number[]; counters: (number | null)[] };

function rowsOf({ segments }: UnitPart): Said[] {
  return segments.flatMap((segment) => {
    const { keys } = decodeKeys(segment.parts.keys);
    const { key, time, length } = decodeWhen(segment.parts.when);
    const ports = decodePorts(segment.parts.ports, length);
    const place = decodePlace(segment.parts.place, length);
    const c = decodeCounters(segment.parts.counters, length);
    return Array.from({ length }, (_, i) => ({
      record: place.record[i]!,
      tuple: place.tuple[i]!,
      time: time[i]!,
      ports: [ports[i]!, keys.dstPort[key[i]!]!],
      counters: [c.packetsSent[i]!, c.bytesSent[i]!, c.packetsReceived[i]!, c.bytesReceived[i]!],
    }));
  });
}

/** Control bytes inside a string, which the reader takes as they stand and JSON.parse does not. */
function escaped(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  return text.replace(/[\0-\x1f]/g, (byte) => `\\u${byte.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** Every tuple and every reject inside a record is found where it stands. Returns how many. */
async function checkMarks(bytes: Buffer): Promise<number> {
  const parts = await partsOf(bytes);
  const places = new Map<number, { offset: number; text: Buffer }>();
  for (const { records: r } of parts)
    for (let i = 0; i < r.length; i++)
      if (r.flags[i] === KEPT)
        places.set(r.record[i]!, {
          offset: r.offset[i]!,
          text: bytes.subarray(r.offset[i], r.offset[i]! + r.bytes[i]!),
        });
  let found = 0;
  for (const row of parts.flatMap(rowsOf)) {
    const { text } = places.get(row.record)!;
    const mark = markTuple(text, row.tuple)!;
    const quoted = text.toString("utf8", mark.offset, mark.offset + mark.length);
    const fields = parseTuple(JSON.parse(escaped(quoted)) as string);
    if (typeof fields === "string") throw new Error(`${quoted} is no tuple: ${fields}`);
    const { time, srcPort, dstPort, counters } = fields;
    expect({ ...row, time, ports: [srcPort, dstPort], counters: [...counters] }).toEqual(row);
    found++;
  }
  for (const { record, tuple, offset, length } of parts.flatMap(({ rejects }) => rejects)) {
    const place = places.get(record);
    if (tuple === null || !place) continue;
    const mark = markTuple(place.text, tuple)!;
    const inner = place.text[mark.offset] === 34 ? 1 : 0; // a reject's place is what stands between the quotes
    expect([place.offset + mark.offset + inner, mark.length - 2 * inner]).toEqual([offset, length]);
    found++;
  }
  return found;
}

test.each(wholeFiles)("in %s", async (name) => {
  expect(await checkMarks(evidence(name))).toBeGreaterThan(0);
});

test("in generated logs, rejects counted with the rest", async () => {
  let found = 0;
  const texts = members(vnetTexts(fc.oneof(tuples, usualTuples))).map((text) => Buffer.from(text));
  await fc.assert(
    fc.asyncProperty(texts, async (bytes) => {
      found += await checkMarks(bytes);
    }),
    { numRuns: 300 },
  );
  expect(found).toBeGreaterThan(1000);
});

test("in logs with something wrong in them", async () => {
  const texts = mutated(members(vnetTexts(usualTuples)), 2).map((text) => Buffer.from(text));
  await fc.assert(
    fc.asyncProperty(texts, async (bytes) => void (await checkMarks(bytes))),
    { numRuns: 300 },
  );
});

const T = 1_741_082_400_000;
const said = (n: number): string => `${T + n},10.0.0.4,10.0.0.5,${40_000 + n},443,6,O,B,NX,0,0,0,0`;

test("whatever the spelling: white space, escaped keys and values, elements that are no strings, lists elsewhere", async () => {
  const record = vnetRecord([
    ["A", said(0), said(1)],
    ["B", said(2)],
  ]) as Record<string, unknown>;
  const odd = { ...record, extra: { flowTuples: ["not counted"] }, other: [{ flows: [{ flowTuples: ["nor this"] }] }] };
  const plain = JSON.stringify(odd).replace(`["${said(0)}"`, `[null,{"a":[1,"]"]},-1.5e3,["x"],"${said(0)}"`);
  const forms = [
    plain,
    plain.replaceAll('"flowTuples"', '"flow\\u0054uples"'),
    plain.replaceAll('"flowGroups"', '"\\u0066lowGroups"').replaceAll("40001,443", "40001\\u002c443"),
    JSON.stringify(JSON.parse(plain), null, 2),
    plain
      .replaceAll(",", " ,\n\t")
      .replaceAll(" ,\n\t10", ",10")
      .replaceAll(/(\d) ,\n\t/g, "$1,")
      .replaceAll(/([A-Z]) ,\n\t/g, "$1,"),
    plain.replaceAll("]}", ",]}"),
  ];
  for (const form of forms) {
    expect(await checkMarks(Buffer.from(`{"records":[${form}]}`)), form).toBe(7);
  }
});

test("NSG records, version 1 and 2, count through all their rules", async () => {
  const nsg = [1, 2].map((version) =>
    nsgRecord(version as 1 | 2, [
      ["A", `${T / 1000},10.0.0.8,10.0.0.9,1,2,T,O,A${version === 2 ? ",B,,,," : ""}`, "nonsense"],
      ["B", `${T / 1000 + 1},10.0.0.9,10.0.0.8,2,1,U,I,D${version === 2 ? ",B,,,," : ""}`],
    ]),
  );
  expect(await checkMarks(blob(...nsg))).toBe(6);
});

test("there is none past the last tuple, nor in what is no record", () => {
  const record = Buffer.from(JSON.stringify(vnetRecord([["A", said(0)]])));
  expect(markTuple(record, 0)).not.toBeNull();
  for (const [text, tuple] of [
    [record, 1],
    [Buffer.from("[]"), 0],
    [Buffer.from("{"), 0],
    [Buffer.alloc(0), 0],
    [record.subarray(0, 400), 0],
  ] as const)
    expect(markTuple(text, tuple)).toBeNull();
  fc.assert(
    fc.property(mutated(fc.constant(record.toString())), fc.nat(3), (text, n) => void markTuple(Buffer.from(text), n)),
  );
});
