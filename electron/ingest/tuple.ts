// One logged tuple → fields, plainly: the rules of every form in one place. The kernel (kernel/tuple.ts) takes only what it is
// sure of and leaves the rest to this; a property test holds the two together.
//
//   VNet v4      time,src,dst,sport,dport,protocol,direction,state,encryption,packets,bytes,packets,bytes      13 fields
//   no encryption                                          …,state,packets,bytes,packets,bytes                 12, or 8 without counters
//   NSG v2       time,src,dst,sport,dport,T|U,direction,A|D,state,packets,bytes,packets,bytes                  13
//   NSG v1       …,T|U,direction,A|D                                                                            8
//
// Which one it is follows from the tuple's own shape, never from the record: published files mix them.

import { ALLOW, DENY, EARLIEST, LATEST, MS_FROM } from "../../shared/flow.ts";
import { type IpBytes, parseIp } from "../../shared/ip.ts";

export type TupleFields = {
  readonly time: number;
  readonly src: IpBytes;
  readonly dst: IpBytes;
  readonly srcPort: number;
  readonly dstPort: number;
  readonly protocol: number;
  /** 0 I, 1 O */
  readonly direction: number;
  readonly decision: number;
  /** As logged; null in NSG v1. */
  readonly state: string | null;
  /** As logged; null where the form has none. */
  readonly encryption: string | null;
  /** packetsSent, bytesSent, packetsReceived, bytesReceived; −1 where empty or absent. */
  readonly counters: readonly [number, number, number, number];
};

const LETTERS: Readonly<Record<string, number>> = { T: 6, U: 17, I: 1 };
const NO_COUNTERS = ["", "", "", ""];

/** Longest state or encryption code kept; anything longer is not one. */
const CODE_LENGTH = 64;

/** The fields, or the reason (one sentence part, to stand after "rejected: ") why the text is not a tuple. */
export function parseTuple(text: string): TupleFields | string {
  const field = text.split(",");
  const n = field.length;
  if (n !== 8 && n !== 12 && n !== 13) return `${n} fields, not 8, 12 or 13`;
  const [timeText = "", srcText = "", dstText = "", sport = "", dport = "", protocolText = "", dir = "", seventh = ""] =
    field;

  if (!/^\d{1,16}$/.test(timeText)) return `time ${quote(timeText)} is not a number`;
  const time = Number(timeText) >= MS_FROM ? Number(timeText) : Number(timeText) * 1000;
  if (time < EARLIEST || time >= LATEST) return `time ${quote(timeText)} is outside 2001 to 2099`;
  const src = parseIp(srcText);
  if (!src) return `source address ${quote(srcText)} is not an IP address`;
  const dst = parseIp(dstText);
  if (!dst) return `destination address ${quote(dstText)} is not an IP address`;
  const srcPort = whole(sport, 65535);
  if (srcPort === -1) return `source port ${quote(sport)} is not 0 to 65535`;
  const dstPort = whole(dport, 65535);
  if (dstPort === -1) return `destination port ${quote(dport)} is not 0 to 65535`;
  const letter = Object.hasOwn(LETTERS, protocolText);
  const protocol = letter ? (LETTERS[protocolText] as number) : whole(protocolText, 255);
  if (protocol === -1) return `protocol ${quote(protocolText)} is neither 0 to 255 nor T, U or I`;
  if (dir !== "I" && dir !== "O") return `direction ${quote(dir)} is neither I nor O`;

  const nsg = letter && (seventh === "A" || seventh === "D") && n !== 12;
  const state = nsg ? (n === 13 ? (field[8] ?? "") : null) : seventh;
  if (state !== null && (state === "" || state.length > CODE_LENGTH))
    return `state ${quote(state)} is empty or too long`;
  const encryption = !nsg && n === 13 ? (field[8] ?? "") : null;
  if (encryption !== null && encryption.length > CODE_LENGTH) return `encryption ${quote(encryption)} is too long`;
  const denied = nsg ? seventh === "D" : state === "D";

  const counters: number[] = [];
  for (const counter of n === 8 ? NO_COUNTERS : field.slice(-4)) {
    const value = counter === "" ? -1 : whole(counter, Number.MAX_SAFE_INTEGER);
    if (value === -1 && counter !== "") return `counter ${quote(counter)} is not 0 to 2^53-1`;
    counters.push(value);
  }
  const [a = -1, b = -1, c = -1, d = -1] = counters;
  return {
    time,
    src,
    dst,
    srcPort,
    dstPort,
    protocol,
    direction: dir === "O" ? 1 : 0,
    decision: denied ? DENY : ALLOW,
    state,
    encryption,
    counters: [a, b, c, d],
  };
}

/** Digits as a number up to `max`; −1 for anything else. Sixteen digits hold 2⁵³ − 1. */
function whole(text: string, max: number): number {
  if (!/^\d{1,16}$/.test(text)) return -1;
  const value = Number(text);
  return value <= max ? value : -1;
}

function quote(text: string): string {
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text);
}
