// Reads bytes as an ingest thread does, in this process, and resolves what it hands over into rows that can be compared.

import type { MemberBytes } from "../../electron/archive/open-member.ts";
import { readUnit } from "../../electron/ingest/read-unit.ts";
import { KEPT, type PackedSegment, REJECTED } from "../../electron/segment/columns.ts";
import { decodeCounters, decodeKeys, decodePlace, decodePorts, decodeWhen } from "../../electron/segment/encode.ts";
import type { MemberEntry, MemberRead, RejectedText, UnitPart } from "../../electron/segment/part.ts";
import { decisions, directions, states } from "../../shared/flow.ts";
import { printIp, printIpv4 } from "../../shared/ip.ts";
import type { OracleTuple } from "./oracle.ts";

type Logged = Omit<OracleTuple, "source" | "member" | "offset"> & { readonly member: number };
type Place = { readonly member: number; readonly record: number; readonly offset: number; readonly bytes: number };

export type Found = {
  readonly members: readonly MemberRead[];
  readonly tuples: readonly Logged[];
  readonly rejects: readonly RejectedText[];
  /** In the order in which they were handed over; `kept` or a reject as a whole. */
  readonly records: readonly (Place & { readonly kept: boolean; readonly digest: string })[];
};

const entry = (path: string): MemberEntry => ({
  path,
  file: path,
  entry: null,
  gzip: false,
  bytes: 0,
  fileTime: 0,
  refused: null,
});

/** What members of these bytes give, handed over in pieces of `piece` bytes. */
export async function readBytes(all: readonly Buffer[], embed = false, piece = 1 << 20): Promise<UnitPart[]> {
  const parts: UnitPart[] = [];
  const open = async ({ path }: MemberEntry): Promise<MemberBytes> => {
    const bytes = all[Number(path)]!;
    async function* chunks(): AsyncGenerator<Uint8Array> {
      for (let at = 0; at < bytes.length; at += piece) yield bytes.subarray(at, at + piece);
    }
    return { chunks: chunks(), damage: () => null, fileSha256: () => null };
  };
  const unit = { unit: 7, members: all.map((_, i) => entry(String(i))), embed };
  await readUnit(unit, async (part) => void parts.push(structuredClone(part)), open);
  return parts;
}

export function foundIn(parts: readonly UnitPart[]): Found {
  return {
    members: parts.flatMap(({ members }) => members),
    tuples: parts.flatMap(({ segments }) => segments.flatMap(tuplesOf)),
    rejects: parts.flatMap(({ rejects }) => rejects),
    records: parts.flatMap(({ records }) =>
      Array.from({ length: records.length }, (_, i) => {
        if (records.flags[i] !== KEPT && records.flags[i] !== REJECTED) throw new Error("a record of no known sort");
        return {
          member: records.member[i]!,
          record: records.record[i]!,
          offset: records.offset[i]!,
          bytes: records.bytes[i]!,
          kept: records.flags[i] === KEPT,
          digest: Buffer.from(records.digest.subarray(i * 16, i * 16 + 16)).toString("hex"),
        };
      }),
    ),
  };
}

function tuplesOf(segment: PackedSegment): Logged[] {
  const { parts, contexts, otherStates, firstMember } = segment;
  const { addresses, keys } = decodeKeys(parts.keys);
  const { length, key, time, state } = decodeWhen(parts.when);
  const srcPort = decodePorts(parts.ports, length);
  const counters = decodeCounters(parts.counters, length);
  const place = decodePlace(parts.place, length);
  const ip = (i: number): string => {
    const six = (i - addresses.v4.length) * 16;
    return six < 0 ? printIpv4(addresses.v4[i]!) : printIp(addresses.v6.subarray(six, six + 16));
  };
  const count = (value: number): number | null => (value === -1 ? null : value);
  return Array.from({ length }, (_, row) => {
    const k = key[row]!;
    const { nic, acl, rule, encryption } = contexts[keys.context[k]!]!;
    const s = state[row]!;
    return {
      time: time[row]!,
      nic,
      acl,
      rule,
      srcIp: ip(keys.src[k]!),
      dstIp: ip(keys.dst[k]!),
      srcPort: srcPort[row]!,
      dstPort: keys.dstPort[k]!,
      protocol: keys.protocol[k]!,
      direction: directions[(keys.flags[k]! & 1) as 0 | 1],
      decision: decisions[(keys.flags[k]! >> 1) as 0 | 1],
      state: s < states.length ? states[s as 0] : otherStates[s - states.length]!,
      encryption,
      packetsSent: count(counters.packetsSent[row]!),
      bytesSent: count(counters.bytesSent[row]!),
      packetsReceived: count(counters.packetsReceived[row]!),
      bytesReceived: count(counters.bytesReceived[row]!),
      member: firstMember + place.member[row]!,
      record: place.record[row]!,
      tuple: place.tuple[row]!,
    };
  });
}

/** Sentences on what does not hold of any reading: places in order and true to the bytes, everything counted once. */
export function faultsOf(found: Found, all: readonly Buffer[]): string[] {
  const faults: string[] = [];
  const say = (holds: boolean, sentence: string): void => void (holds || faults.push(sentence));
  say(found.members.length === all.length, "each member has an outcome");
  const perRecord = new Map<string, number>();
  let before: Place = { member: 0, record: -1, offset: 0, bytes: 0 };
  for (const { kept: _, digest: __, ...place } of found.records) {
    const { member, record, offset, bytes } = place;
    const same = member === before.member;
    say(
      member >= before.member && record === (same ? before.record + 1 : 0),
      `record ${member}/${record} has its number`,
    );
    say(offset >= (same ? before.offset + before.bytes : 0), `record ${member}/${record} follows the one before`);
    say(bytes > 0 && offset + bytes <= all[member]!.length, `record ${member}/${record} lies in its member`);
    before = place;
  }
  const records = new Map(found.records.map((each) => [`${each.member}/${each.record}`, each]));
  const count = (member: number, record: number, tuple: number | null): void => {
    const name = `${member}/${record}/${tuple}`;
    say(!perRecord.has(name), `${name} is counted once`);
    perRecord.set(name, 1);
  };
  for (const { member, record, tuple } of found.tuples) {
    count(member, record, tuple);
    say(
      records.get(`${member}/${record}`)?.kept === true,
      `tuple ${member}/${record}/${tuple} is in a record that is kept`,
    );
  }
  for (const { member, record, tuple, offset, length, text, reason } of found.rejects) {
    const bytes = all[member]!.subarray(offset, offset + length);
    const within = records.get(`${member}/${record}`);
    if (tuple !== null) count(member, record, tuple);
    say(reason.length > 4 && bytes.length === length, `reject ${member}/${record} says why and lies in its member`);
    say(
      bytes.subarray(0, 65536).toString("utf8") === text,
      `the text of reject ${member}/${record} is what stands there`,
    );
    say(
      within !== undefined && offset >= within.offset && offset + length <= within.offset + within.bytes,
      `reject ${member}/${record} lies in its record`,
    );
  }
  for (const { member, record, kept } of found.records)
    if (!kept) {
      const own = found.rejects.filter((each) => each.member === member && each.record === record);
      say(own.length === 1 && own[0]!.tuple === null, `record ${member}/${record}, which is rejected, is one reject`);
    }
  return faults;
}
