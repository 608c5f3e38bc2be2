// Three readers of one tuple: the kernel, the plain rules and the independent reader. Where they differ is a mistake in one.

import { newBatch } from "../../electron/ingest/batch.ts";
import { parseTuple } from "../../electron/ingest/tuple.ts";
import { addUsualTuple } from "../../electron/ingest/usual.ts";
import { decisions, directions, states } from "../../shared/flow.ts";
import { printIp, printIpv4 } from "../../shared/ip.ts";
import { inWindow } from "./batches.ts";
import { randomFrom } from "./logs.ts";
import { readTuple } from "./oracle.ts";

const nowhere = { nic: null, acl: null, rule: null };
const batch = newBatch();
const count = (value: number): number | null => (value === -1 ? null : value);
const BEHIND = `","1741083072345,10.0.0.4,10.0.0.5,1,2,6,O,B,NX,0,0,0,0"]}`;

export type Compared = { tuples: number; fast: number; rejects: number; differences: string[] };

/** Compares the readers on `wanted` seeded tuples of every form, mostly right. */
export function compareTuples(seed: number, wanted: number): Compared {
  const next = tupleTexts(seed);
  const compared: Compared = { tuples: 0, fast: 0, rejects: 0, differences: [] };
  while (compared.tuples < wanted && compared.differences.length < 5) {
    const text = next();
    compared.tuples++;
    const plain = plainly(text);
    const own = independently(text);
    const short = fast(text);
    if (short !== null) compared.fast++;
    if (plain === null) compared.rejects++;
    if (plain !== own) compared.differences.push(`${text}\n  plain ${plain}\n  independent ${own}`);
    if (short !== null && short !== plain) compared.differences.push(`${text}\n  fast ${short}\n  plain ${plain}`);
  }
  return compared;
}

function independently(text: string): string | null {
  const read = readTuple(text, nowhere);
  if (read === null) return null;
  const { time, srcIp, dstIp, srcPort, dstPort, protocol, direction, decision, state, encryption } = read;
  const counters = [read.packetsSent, read.bytesSent, read.packetsReceived, read.bytesReceived];
  return [time, srcIp, dstIp, srcPort, dstPort, protocol, direction, decision, state, encryption, counters].join("|");
}

function plainly(text: string): string | null {
  const fields = parseTuple(text);
  if (typeof fields === "string") return null;
  const { time, srcPort, dstPort, protocol, state, encryption } = fields;
  const [direction, decision] = [directions[fields.direction as 0], decisions[fields.decision as 0]];
  const ends = [printIp(fields.src), printIp(fields.dst), srcPort, dstPort];
  return [time, ...ends, protocol, direction, decision, state, encryption, fields.counters.map(count)].join("|");
}

/** Null: left to the plain rules. */
function fast(text: string): string | null {
  const bytes = inWindow(batch, Buffer.from(`"${text}${BEHIND}`));
  const { raw } = batch;
  raw.length = 0;
  const close = addUsualTuple(batch, bytes, 1, bytes.length);
  if (close === -1) return null;
  if (close !== Buffer.byteLength(text) + 1) return `closes at ${close}`;
  const kind = raw.kind[0]!;
  const [direction, decision] = [directions[((kind >> 8) & 1) as 0], decisions[((kind >> 9) & 1) as 0]];
  const [state, encryption] = [states[raw.state[0]! as 0] as string | null, batch.encryptions[raw.encryption[0]!]];
  const ends = [printIpv4(raw.src[0]!), printIpv4(raw.dst[0]!), raw.srcPort[0], raw.dstPort[0]];
  const counters = [raw.packetsSent[0]!, raw.bytesSent[0]!, raw.packetsReceived[0]!, raw.bytesReceived[0]!].map(count);
  return [raw.time[0], ...ends, kind & 255, direction, decision, state, encryption, counters].join("|");
}

const EDGES: readonly (readonly string[])[] = [
  [
    "978307200000",
    "978307199999",
    "4102444799999",
    "4102444800000",
    "978307200",
    "4102444799",
    "99999999999",
    "100000000000",
    "",
    "0",
    "-1",
    "17410830723450",
    "1e12",
  ],
  [
    "0.0.0.0",
    "255.255.255.255",
    "256.1.1.1",
    "010.0.0.1",
    "1.2.3",
    "",
    "::",
    "2001:DB8::1",
    "::ffff:10.9.9.9",
    "1::2::3",
    "10.0.0.4 ",
  ],
  ["10.0.0.5", "10.0.0.05", "1.2.3.4.5", "fe80::1", "10.0.0", "::ffff:10.9.9.256"],
  ["0", "65535", "65536", "007", "", "-1", "99999", "100000", "4x"],
  ["0", "65535", "65536", "0443", " 80"],
  ["6", "17", "1", "58", "255", "256", "T", "U", "I", "X", "06", "", "TT"],
  ["I", "O", "i", "", "IO"],
  ["B", "C", "E", "D", "A", "F", "", "BB", "b", "Ä", "S".repeat(64), "S".repeat(65)],
  ["NX", "X", "NX_LOCAL_DST", "NX_HW_NOT_SUPPORTED", "", "x", "NX-1", "Ä", "N".repeat(64), "N".repeat(65), "B"],
  ...Array.from({ length: 4 }, () => [
    "0",
    "",
    "9007199254740991",
    "9007199254740992",
    "99999999999999999",
    "01",
    "-1",
    "1.5",
  ]),
];
const COUNTERS = 9;

/** Seeded tuples: nearly all of a usual form, one in six with an odd field, one in twelve with an edited byte. */
function tupleTexts(seed: number): () => string {
  const random = randomFrom(seed);
  const pick = (most: number): number => Math.floor(random() * most);
  const ip = (): string => `${pick(256)}.${pick(256)}.${pick(256)}.${pick(256)}`;
  const counter = (): string => (random() < 0.1 ? "" : String(pick(10 ** pick(16))));
  return () => {
    const form = pick(8);
    const ms = 978_307_200_000 + Math.floor(random() * 3_124_137_599_999);
    const nsg = form < 3;
    const fields = [
      String(nsg || form === 3 ? Math.floor(ms / 1000) : ms),
      ip(),
      ip(),
      String(pick(65536)),
      String(pick(65536)),
      nsg ? "TU"[pick(2)]! : String([6, 17, pick(256)][pick(3)]),
      "IO"[pick(2)]!,
      nsg ? "AD"[pick(2)]! : "BCED"[pick(4)]!,
    ];
    if (form !== 0) {
      if (nsg) fields.push("BCE"[pick(3)]!);
      else if (form !== 4) fields.push(["NX", "X", "NX_LOCAL_DST"][pick(3)]!);
      const counts = pick(3);
      for (let i = 0; i < 4; i++) fields.push(counts === 0 ? "0" : counts === 1 ? "" : counter());
    }
    const odd = pick(12);
    if (odd < 2) {
      const at = pick(fields.length);
      const edges = EDGES[Math.min(at, COUNTERS)]!;
      fields[at] = edges[pick(edges.length)]!;
    }
    const text = fields.join(",");
    if (odd !== 2) return text;
    const at = pick(text.length);
    const put = "0123456789,.:- ABCDEINOTUX"[pick(26)]!;
    return text.slice(0, at) + put.repeat(pick(3)) + text.slice(at + pick(2));
  };
}
