// A case from somebody else may say anything: parts of segments that claim more than their bytes hold, or name what is not there, are
// refused as damage of that segment by what derives from them, and take no memory for what they only claim.

import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { verifyCase } from "../../electron/query/verify.ts";
import { decodeKeys, decodeRecords, decodeWhen } from "../../electron/segment/encode.ts";
import { decodeConversations, decodeEndpoints, decodeMap } from "../../electron/segment/encode-run.ts";
import { decodeAtHand } from "../../electron/segment/encode-settled.ts";
import { pack, unpack } from "../../electron/segment/frame.ts";
import { deriveActivityAnew } from "../../electron/store/activity.ts";
import { openForWriting } from "../../electron/store/case-file.ts";
import { deriveAnew } from "../../electron/store/derive.ts";
import { settleAnew } from "../../electron/store/settle.ts";
import { folder } from "../support/cli.ts";
import { ingestHere } from "../support/ingest-here.ts";
import { blob, vnetRecord } from "../support/logs.ts";

const TUPLES = [
  "1741082400000,2001:db8::1,10.0.0.5,40000,443,6,O,B,NX,0,0,0,0",
  "1741082401000,2001:db8::1,10.0.0.5,40000,443,6,O,E,NX,3,300,4,400",
  "1741082401000,2001:db8::1,10.0.0.5,40000,443,6,O,B,NX,0,0,0,0",
  "1741082402000,2001:db8::1,10.0.0.5,40000,443,6,O,E,NX,6,700,9,900",
];
let made: string;

beforeAll(async () => {
  const root = folder([["PT1H.json", blob(vnetRecord([["r", ...TUPLES]]))]]);
  made = join(folder(), "case.tidemark");
  await ingestHere(made, [root]);
});

type Change = (bytes: Uint8Array) => Uint8Array;

/** What deriving says of a copy whose one segment has a part changed. */
async function derived(part: string, change: Change, table = "segment_part"): Promise<unknown[]> {
  const path = join(folder(), "case.tidemark");
  copyFileSync(made, path);
  const open = openForWriting(path);
  const where = table === "segment_part" ? `WHERE part = '${part}'` : "";
  const bytes = open.db.prepare(`SELECT bytes FROM ${table} ${where}`).pluck().get() as Uint8Array;
  open.db.prepare(`UPDATE ${table} SET bytes = ? ${where}`).run(pack(change(unpack(bytes))));
  const { advice } = verifyCase(open.db, path, false);
  expect(advice).toContain(table === "segment_part" ? "tidemark recover" : "--rebuild");
  const said: unknown[] = [];
  for (const derive of [deriveAnew, settleAnew, (db: typeof open.db) => deriveActivityAnew(db, async () => {})])
    try {
      if (table === "settled_segment" && derive === settleAnew) continue; // it would make what was damaged anew
      await derive(open.db, async () => {});
    } catch (thrown) {
      said.push(thrown);
    }
  open.close();
  return said;
}

const to =
  (at: number, value: number): Change =>
  (bytes) => {
    const changed = Uint8Array.from(bytes);
    changed[at] = value;
    return changed;
  };
const cut =
  (by: number): Change =>
  (bytes) =>
    bytes.subarray(0, bytes.length - by);
/** The first column of `length` values becomes seven bytes wide, with `value` at `index`. */
const wider =
  (length: number, index: number, value: bigint): Change =>
  (bytes) => {
    const width = bytes[0]!;
    const head = new Uint8Array(1 + 7 * length);
    head[0] = 7;
    for (let plane = 0; plane < width; plane++)
      head.set(bytes.subarray(1 + plane * length, 1 + (plane + 1) * length), 1 + plane * length);
    for (let plane = 0; plane < 7; plane++)
      head[1 + plane * length + index] = Number((value >> BigInt(8 * plane)) & 255n);
    return Uint8Array.from([...head, ...bytes.subarray(1 + width * length)]);
  };

test.each<readonly [name: string, part: string, Change]>([
  ["more keys than bytes", "keys", to(3, 200)],
  ["more IPv4 addresses than bytes", "keys", to(1, 200)],
  ["more IPv6 addresses than bytes", "keys", to(2, 200)],
  ["2³² keys more than there are", "keys", wider(3, 2, 2n ** 32n + 1n)],
  ["50,000,000 IPv6 addresses", "keys", wider(3, 1, 50_000_000n)],
  ["keys that end too soon", "keys", cut(2)],
  ["no keys at all", "keys", () => new Uint8Array(0)],
  ["a column of a width that there is not", "keys", to(0, 200)],
  ["more tuples than bytes", "when", wider(2, 0, 65536n)],
  ["2³² tuples more than there are", "when", wider(2, 0, 2n ** 32n + 4n)],
  ["times that end too soon", "when", cut(2)],
])("%s: refused as damage of the segment", async (_, part, change) => {
  const said = await derived(part, change);
  expect(said).toHaveLength(part === "keys" ? 3 : 2); // conversations are made of keys alone
  for (const each of said)
    expect(each).toMatchObject({
      kind: "case-damaged",
      message: expect.stringMatching(new RegExp(`part "${part}" of segment 1 `)),
    });
});

test("ports that end too soon are refused", async () => {
  const [said] = await derived("ports", cut(1));
  expect(said).toMatchObject({ kind: "case-damaged", message: expect.stringContaining('"ports" of segment 1') });
});

test("counters that end too soon are refused", async () => {
  const said = await derived("counters", cut(1));
  expect(said).toHaveLength(2);
  for (const each of said)
    expect(each).toMatchObject({ kind: "case-damaged", message: expect.stringContaining('"counters" of segment 1') });
});

test("a tuple of a key, and a key of an address, a context or flags, that are not there are refused", async () => {
  // keys: 3 sizes, an IPv4 address, 16 bytes, then a byte a column or none; the last byte of width 1 before the end is that of flags
  const keyOfTuple: Change = (bytes) => {
    // 2 values of 6 planes, then the keys of 4 tuples, all 0: no plane
    const at = 1 + 2 * bytes[0]!;
    return Uint8Array.from([...bytes.subarray(0, at), 1, 0, 0, 9, 0, ...bytes.subarray(at + 1)]);
  };
  const source: Change = (bytes) => {
    const at = 1 + 3 + 1 + 4 + 1 + 16;
    expect(bytes[at]).toBe(1); // width: the source is the IPv6 address, number 1
    return to(at + 1, 2)(bytes);
  };
  const context: Change = (bytes) => {
    expect(bytes.at(-1)).toBe(0); // no plane: context 0
    return Uint8Array.from([...bytes.subarray(0, -1), 1, 1]);
  };
  expect(await derived("when", keyOfTuple)).toHaveLength(2);
  expect((await derived("keys", source))[0]).toMatchObject({ kind: "case-damaged" });
  expect((await derived("keys", context))[0]).toMatchObject({ kind: "case-damaged" });
});

test("marks that are too few are refused where activity is made of them", async () => {
  const said = await derived("", to(1, 200), "settled_segment");
  expect(said[0]).toMatchObject({ kind: "case-damaged", message: expect.stringContaining('"settled" of segment 1') });
});

test("a flow of the address ::, which has no bytes that are not zero, is one over two segments", async () => {
  const begin = ["1741082400000,::,10.0.0.5,40000,443,6,O,B,NX,0,0,0,0"];
  const end = [
    "1741082401000,::,10.0.0.5,40000,443,6,O,E,NX,3,300,4,400",
    "1741082402000,10.0.0.7,::,1,2,6,O,B,NX,0,0,0,0",
  ];
  const path = join(folder(), "case.tidemark");
  for (const tuples of [begin, end])
    await ingestHere(path, [folder([["PT1H.json", blob(vnetRecord([["r", ...tuples]]))]])]);
  const open = openForWriting(path);
  expect(open.db.prepare("SELECT flows FROM settled_segment ORDER BY segment_id").pluck().all()).toEqual([1, 1]);
  open.close();
});

test.each<readonly [name: string, read: (frame: Uint8Array) => unknown, zeros: number]>([
  ["keys", decodeKeys, 3],
  ["times", decodeWhen, 2],
  ["records", decodeRecords, 1],
  ["flows at hand", decodeAtHand, 1],
  ["endpoints", decodeEndpoints, 2],
  ["conversations", decodeConversations, 1],
  ["conversations of keys", decodeMap, 1],
])("a frame that claims 4 thousand million %s in a few bytes takes no memory for them", (_, read, values) => {
  const bytes = Uint8Array.from([4, ...Array.from({ length: 4 * values }, () => 255), ...new Uint8Array(40)]);
  expect(() => read(pack(bytes))).toThrow(/can hold/);
});
