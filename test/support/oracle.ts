// The independent reader: what a flow log says by the command line's contract, in the plainest way (`JSON.parse`, whole file).
// It shares no code with the program and exists to disagree with it. Small files only.

import { canonicalIp } from "./oracle-ip.ts";

export type OracleTuple = {
  readonly time: number;
  readonly nic: string | null;
  readonly acl: string | null;
  readonly rule: string | null;
  readonly srcIp: string;
  readonly dstIp: string;
  readonly srcPort: number;
  readonly dstPort: number;
  readonly protocol: number;
  readonly direction: string;
  readonly decision: string;
  readonly state: string | null;
  readonly encryption: string | null;
  readonly packetsSent: number | null;
  readonly bytesSent: number | null;
  readonly packetsReceived: number | null;
  readonly bytesReceived: number | null;
  readonly source: string;
  readonly member: string;
  readonly record: number;
  readonly tuple: number;
  readonly offset: number;
};

/** A tuple that is none; `tuple` counts within its record. */
type OracleReject = {
  readonly member: string;
  readonly record: number;
  readonly tuple: number;
  readonly offset: number;
  readonly text: string;
};

export type OracleMember = { readonly source: string; readonly member: string; readonly bytes: Buffer };

export type Reading = {
  readonly tuples: OracleTuple[];
  readonly rejects: OracleReject[];
  /** Text of each of `tuples`, as the log has it. */
  readonly texts: string[];
  records: number;
  duplicateRecords: number;
};

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type JsonObject = { [key: string]: Json };
type Span = { readonly value: JsonObject; readonly offset: number };
type Context = { readonly nic: string | null; readonly acl: string | null; readonly rule: string | null };

export const tupleKeys = [
  "time",
  "nic",
  "acl",
  "rule",
  "srcIp",
  "dstIp",
  "srcPort",
  "dstPort",
  "protocol",
  "direction",
  "decision",
  "state",
  "encryption",
  "packetsSent",
  "bytesSent",
  "packetsReceived",
  "bytesReceived",
  "source",
  "member",
  "record",
  "tuple",
  "offset",
];

/** Reads members in the order given, as one case: a record with the content of an earlier one brings nothing. */
export function readMembers(members: readonly OracleMember[]): Reading {
  const reading: Reading = { tuples: [], rejects: [], texts: [], records: 0, duplicateRecords: 0 };
  const seen = new Set<string>();
  for (const member of members) {
    recordSpans(member.bytes).forEach((span, record) => {
      const digest = canonicalJson(span.value);
      if (seen.has(digest)) {
        reading.duplicateRecords += 1;
        return;
      }
      seen.add(digest);
      reading.records += 1;
      readRecord(span, member, record, reading);
    });
  }
  return reading;
}

/** Reads one file by itself. */
export function readTuples(bytes: Buffer): Reading {
  return readMembers([{ source: "", member: "", bytes }]);
}

/** JSON with the keys of every object sorted: equal for records of equal content. */
function canonicalJson(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const keys = Object.keys(value).sort();
  return `{${keys.map((key) => `${JSON.stringify(key)}:${canonicalJson(value[key]!)}`).join(",")}}`;
}

/** The JSON text at a byte offset up to its closing brace, parsed. Throws where none begins or ends there. */
export function objectAt(bytes: Buffer, offset: number): JsonObject {
  const text = bytes.subarray(offset).toString("utf8");
  const end = objectSpans(text).find(([start]) => start === 0)?.[1];
  if (end === undefined) throw new Error(`no JSON object begins at byte ${offset}`);
  return JSON.parse(text.slice(0, end)) as JsonObject;
}

/** The tuple strings of a record in file order, whatever becomes of them. */
export function tupleStrings(record: JsonObject): string[] {
  return [...groups(record)].flatMap(([, tuples]) => tuples);
}

/**
 * Whole records in any bytes, damaged or not: at each brace, outermost first, the text up to where its brackets balance, if
 * that is JSON and a record.
 */
export function wholeRecords(bytes: Buffer): (Span & { readonly length: number })[] {
  const text = bytes.toString("latin1"); // a character a byte
  const found: (Span & { readonly length: number })[] = [];
  for (let at = text.indexOf("{"); at !== -1; at = text.indexOf("{", at)) {
    const length = balanced(text, at);
    const value = length === -1 ? null : parsed(bytes.toString("utf8", at, at + length));
    if (value !== null && isRecord(value)) found.push({ value, offset: at, length });
    at += value !== null && isRecord(value) ? length : 1;
  }
  return found;
}

function balanced(text: string, from: number): number {
  let open = 0;
  let quoted = false;
  for (let at = from; at < text.length; at += 1) {
    const sign = text[at];
    if (quoted) {
      if (sign === "\\") at += 1;
      else if (sign === '"') quoted = false;
    } else if (sign === '"') quoted = true;
    else if (sign === "{" || sign === "[") open += 1;
    else if (sign === "}" || sign === "]") open -= 1;
    if (open === 0) return at + 1 - from;
  }
  return -1;
}

function parsed(text: string): JsonObject | null {
  try {
    return JSON.parse(text) as JsonObject;
  } catch {
    return null;
  }
}

/** What the whole records of a member say, numbered by themselves. */
export function readWhole(bytes: Buffer): Reading {
  const reading: Reading = { tuples: [], rejects: [], texts: [], records: 0, duplicateRecords: 0 };
  wholeRecords(bytes).forEach((span, record) => {
    readRecord(span, { source: "", member: "", bytes }, record, reading);
    reading.records += 1;
  });
  return reading;
}

/** Every record of a member with its byte offset, in file order, duplicates included. */
function recordSpans(bytes: Buffer): Span[] {
  const text = bytes.toString("utf8");
  const spans = objectSpans(text)
    .map(([start, end]) => ({ start, value: JSON.parse(text.slice(start, end)) as JsonObject }))
    .filter(({ value }) => isRecord(value))
    .sort((a, b) => a.start - b.start)
    .map(({ start, value }) => ({ value, offset: Buffer.byteLength(text.slice(0, start)) }));
  const parsed = documents(text).flatMap(recordsIn);
  const same = canonicalJson(parsed) === canonicalJson(spans.map((span) => span.value));
  if (!same) throw new Error("the oracle disagrees with itself about where the records are");
  return spans;
}

/** A file is one JSON document, or one a line. */
function documents(text: string): Json[] {
  const bare = text.replace(/^\uFEFF/, "");
  try {
    return [JSON.parse(bare) as Json];
  } catch {
    const lines = bare.split("\n").filter((line) => line.trim() !== "");
    return lines.map((line) => JSON.parse(line) as Json);
  }
}

function recordsIn(value: Json): JsonObject[] {
  if (Array.isArray(value)) return value.flatMap(recordsIn);
  if (value === null || typeof value !== "object") return [];
  if (isRecord(value)) return [value];
  return "records" in value ? recordsIn(value.records!) : [];
}

function isRecord(value: JsonObject): boolean {
  if (Array.isArray(value.records)) return false;
  const known = ["FlowLogFlowEvent", "NetworkSecurityGroupFlowEvent"].includes(value.category as string);
  return "flowRecords" in value || flowsOf(value.properties) !== null || known;
}

function flowsOf(value: Json | undefined): Json[] | null {
  if (value === null || value === undefined || typeof value !== "object" || Array.isArray(value)) return null;
  return Array.isArray(value.flows) ? value.flows : null;
}

/** Start and end of every balanced object in a text, inner ones before outer ones. Strings may hold braces. */
function objectSpans(text: string): [number, number][] {
  const spans: [number, number][] = [];
  const open: number[] = [];
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at];
    if (quoted) {
      if (sign === "\\") at += 1;
      else if (sign === '"') quoted = false;
    } else if (sign === '"') quoted = true;
    else if (sign === "{") open.push(at);
    else if (sign === "}" && open.length > 0) spans.push([open.pop()!, at + 1]);
  }
  return spans;
}

function readRecord(span: Span, member: OracleMember, record: number, reading: Reading): void {
  let tuple = 0;
  for (const [context, tuples] of groups(span.value)) {
    for (const text of tuples) {
      const place = { source: member.source, member: member.member, record, tuple, offset: span.offset };
      const read = readTuple(text, context);
      if (read === null) reading.rejects.push({ member: member.member, record, tuple, offset: span.offset, text });
      else {
        reading.tuples.push({ ...read, ...place });
        reading.texts.push(text);
      }
      tuple += 1;
    }
  }
}

/** The lists of tuples in a record, each with what stands around it. */
function* groups(record: JsonObject): Generator<[Context, string[]]> {
  const recordNic = nicOf(record.macAddress);
  for (const flow of flowsOf(record.flowRecords) ?? []) {
    const { aclID, flowGroups } = flow as JsonObject;
    for (const group of (flowGroups ?? []) as JsonObject[]) {
      yield [{ nic: recordNic, acl: textOf(aclID), rule: textOf(group.rule) }, listOf(group.flowTuples)];
    }
  }
  for (const rule of flowsOf(record.properties) ?? []) {
    const { rule: name, flows } = rule as JsonObject;
    for (const flow of (flows ?? []) as JsonObject[]) {
      const nic = nicOf(flow.mac) ?? recordNic;
      yield [{ nic, acl: textOf(record.resourceId), rule: textOf(name) }, listOf(flow.flowTuples)];
    }
  }
}

function listOf(value: Json | undefined): string[] {
  return Array.isArray(value) ? (value as string[]) : [];
}

function textOf(value: Json | undefined): string | null {
  return typeof value === "string" ? value : null;
}

function nicOf(value: Json | undefined): string | null {
  const digits = (textOf(value) ?? "").replace(/[:-]/g, "").toUpperCase();
  return /^[0-9A-F]{12}$/.test(digits) ? digits : null;
}

type Bare = Omit<OracleTuple, "source" | "member" | "record" | "tuple" | "offset">;

/** Null: a reject. */
export function readTuple(text: string, context: Context): Bare | null {
  const fields = text.split(",");
  if (![8, 12, 13].includes(fields.length)) return null;
  const [when, src, dst, sport, dport, proto, direction, seventh] = fields as [string, ...string[]];
  const letters: Record<string, number> = { T: 6, U: 17, I: 1 };
  const isNsg = fields.length !== 12 && Object.hasOwn(letters, proto!) && (seventh === "A" || seventh === "D");
  const clock = integer(when, 1e15);
  const time = clock === null ? null : clock >= 1e11 ? clock : clock * 1000;
  const srcIp = canonicalIp(src!);
  const dstIp = canonicalIp(dst!);
  const srcPort = integer(sport!, 65535);
  const dstPort = integer(dport!, 65535);
  const protocol = Object.hasOwn(letters, proto!) ? letters[proto!]! : integer(proto!, 255);
  const state = isNsg ? (fields.length === 8 ? null : fields[8]!) : seventh!;
  const encryption = isNsg || fields.length !== 13 ? null : fields[8]!;
  const counters = fields.length === 8 ? ["", "", "", ""] : fields.slice(-4);
  const counts = counters.map((count) => (count === "" ? null : integer(count, Number.MAX_SAFE_INTEGER)));

  if (time === null || time < Date.UTC(2001, 0) || time >= Date.UTC(2100, 0)) return null;
  if (srcIp === null || dstIp === null || srcPort === null || dstPort === null || protocol === null) return null;
  if (direction !== "I" && direction !== "O") return null;
  if (state !== null && (state === "" || state.length > 64)) return null;
  if (encryption !== null && encryption.length > 64) return null;
  if (counts.some((count, index) => count === null && counters[index] !== "")) return null;
  const decision = (isNsg ? seventh : state) === "D" ? "deny" : "allow";
  const [packetsSent, bytesSent, packetsReceived, bytesReceived] = counts as [number, number, number, number];
  const flow = { srcIp, dstIp, srcPort, dstPort, protocol, direction, decision, state, encryption };
  return { time, ...context, ...flow, packetsSent, bytesSent, packetsReceived, bytesReceived };
}

function integer(text: string, most: number): number | null {
  return /^\d+$/.test(text) && BigInt(text) <= BigInt(most) ? Number(text) : null;
}
