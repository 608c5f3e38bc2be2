// What really happened on the wire: one connection with its true totals, before anybody logs it. Kinds of traffic produce
// these; observe.ts turns them into what each NIC writes.

import { between, type Random } from "./random.ts";

/** The four counters, header bytes included. Sent = initiator to responder. */
export type Totals = {
  readonly packetsSent: number;
  readonly bytesSent: number;
  readonly packetsReceived: number;
  readonly bytesReceived: number;
};

export type Flow = {
  readonly start: number;
  /** How long packets passed, ms; the log's end comes 5 to 7 s later. */
  readonly lasts: number;
  readonly src: string;
  readonly dst: string;
  /** 0: the next ephemeral port of the source (ports.ts). */
  readonly srcPort: number;
  readonly dstPort: number;
  readonly protocol: 6 | 17;
  readonly totals: Totals;
  /**
   * unanswered: the SYN is repeated and every try is logged as a flow of its own;
   * not ready: the receiving host drops it because its encryption is still starting (NX_SW_NOT_READY).
   */
  readonly fate?: "unanswered" | "not ready";
  /** Where the log turns a page: after the handshake, or this many ms after the start (roll-over). */
  readonly rollOver?: "handshake" | number;
  /** The platform's own probe: judged by PlatformRule. */
  readonly platform?: true;
  /** How often a refused or unanswered SYN is sent; 3 where not said. */
  readonly tries?: number;
  /** Id of the intrusion step this belongs to. */
  readonly step?: string;
};

/** A TCP exchange of so many payload bytes each way: packets and header bytes follow. */
export function exchange(draw: Random, payloadSent: number, payloadReceived: number): Totals {
  const full = 1390 + between(draw, 0, 40);
  const dataSent = Math.ceil(payloadSent / full);
  const dataReceived = Math.ceil(payloadReceived / full);
  const packetsSent = 4 + dataSent + Math.floor(dataReceived * 0.4) + between(draw, 0, 2);
  const packetsReceived = 3 + dataReceived + Math.floor(dataSent * 0.4) + between(draw, 0, 2);
  return {
    packetsSent,
    bytesSent: payloadSent + packetsSent * 54 + 24,
    packetsReceived,
    bytesReceived: payloadReceived + packetsReceived * 54 + 24,
  };
}

/** A UDP question and its answer. */
export function datagrams(count: number, question: number, answer: number): Totals {
  return {
    packetsSent: count,
    bytesSent: count * (question + 42),
    packetsReceived: count,
    bytesReceived: count * (answer + 42),
  };
}

/** A SYN that met a closed port: one packet each way. */
export const reset: Totals = { packetsSent: 1, bytesSent: 66, packetsReceived: 1, bytesReceived: 54 };
export const silence: Totals = { packetsSent: 0, bytesSent: 0, packetsReceived: 0, bytesReceived: 0 };

/** A TCP connection from the source's next port. */
export function tcp(start: number, lasts: number, src: string, dst: string, dstPort: number, totals: Totals): Flow {
  return { start, lasts, src, dst, srcPort: 0, dstPort, protocol: 6, totals };
}
