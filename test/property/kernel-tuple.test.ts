// The kernel and the plain rules agree on every tuple that the kernel accepts, and it accepts the usual ones.

import fc from "fast-check";
import { expect, test } from "vitest";
import { newBatch } from "../../electron/ingest/batch.ts";
import { parseTuple, type TupleFields } from "../../electron/ingest/tuple.ts";
import { addUsualTuple } from "../../electron/ingest/usual.ts";
import { states } from "../../shared/flow.ts";
import { parseIp, printIp } from "../../shared/ip.ts";
import { inWindow } from "../support/batches.ts";
import { mutated, tuples, usualTuples } from "../support/generated.ts";

const batch = newBatch();
const FILL = `","1741083072345,10.0.0.4,10.0.0.5,1,2,6,O,B,NX,0,0,0,0"]}`;

/** The row that was added, as fields, and where its closing quote is; null when none was added. */
function fast(text: string, end?: number): { readonly close: number; readonly fields: TupleFields } | null {
  const bytes = inWindow(batch, Buffer.from(`"${text}${FILL}`));
  batch.raw.length = 0;
  const close = addUsualTuple(batch, bytes, 1, end ?? bytes.length);
  expect(batch.raw.length).toBe(close === -1 ? 0 : 1);
  if (close === -1) return null;
  const { raw } = batch;
  const ip = (column: Uint32Array): Uint8Array => Uint8Array.from(new Uint8Array(column.slice(0, 1).buffer).reverse());
  const kind = raw.kind[0]!;
  const fields = {
    time: raw.time[0]!,
    src: ip(raw.src),
    dst: ip(raw.dst),
    srcPort: raw.srcPort[0]!,
    dstPort: raw.dstPort[0]!,
    protocol: kind & 255,
    direction: (kind >> 8) & 1,
    decision: (kind >> 9) & 1,
    state: states[raw.state[0]!] ?? null,
    encryption: batch.encryptions[raw.encryption[0]!] ?? null,
    counters: [raw.packetsSent[0]!, raw.bytesSent[0]!, raw.packetsReceived[0]!, raw.bytesReceived[0]!] as const,
  };
  expect(kind >> 10).toBe(0);
  return { close, fields };
}

test("whatever it accepts, it reads as the plain rules do", () => {
  let accepted = 0;
  fc.assert(
    fc.property(mutated(tuples), (text) => {
      const found = fast(text);
      if (found === null) return;
      accepted++;
      const whole = Buffer.from(`"${text}${FILL}`);
      expect(found.close).toBe(whole.indexOf('"', 1));
      expect(found.fields).toEqual(parseTuple(whole.toString("utf8", 1, found.close)));
    }),
    { numRuns: 20_000 },
  );
  expect(accepted).toBeGreaterThan(2000); // or this would say nothing
});

test("it accepts the usual forms", () => {
  fc.assert(
    fc.property(usualTuples, (text) => {
      expect(fast(text)?.fields).toEqual(parseTuple(text));
    }),
    { numRuns: 3000 },
  );
});

test("numbers at the edges of what each field holds", () => {
  const usual = [
    "1741083072345",
    "10.0.0.4",
    "10.0.0.5",
    "40000",
    "443",
    "6",
    "O",
    "C",
    "NX",
    "1",
    "20",
    "300",
    "4000",
  ];
  const edges = ["", "0", "9", "00", "65535", "65536", "255", "256", "12345678", "123456789", "4294967296"];
  const large = [
    "9007199254740991",
    "9007199254740992",
    "9999999999999999",
    "99999999999999999",
    "18446744073709551615",
  ];
  const addresses = [
    "1.2.3",
    "1.2.3.4.5",
    "1..2.3",
    ".1.2.3",
    "1.2.3.",
    "255.255.255.255",
    "1.2.3.256",
    "01.2.3.4",
    "1.2.3.1000",
  ];
  const bytes = ["\u0080", "\u00ff", "é", "/", ":", "\\", "\u0000", "١"];
  for (const [at, field] of usual.entries())
    for (const put of [...edges, ...large, ...addresses, ...bytes, ...bytes.map((odd) => field + odd)]) {
      const text = usual.with(at, put).join(",");
      const found = fast(text);
      if (found === null) continue;
      expect([text, found.fields]).toEqual([text, parseTuple(text)]);
    }
  for (const put of ["0", "9", "123456789", ...large.slice(0, 1)])
    for (const at of [9, 10, 11, 12]) expect(fast(usual.with(at, put).join(","))).not.toBeNull();
});

test("bytes past the end do not count", () => {
  fc.assert(
    fc.property(usualTuples, fc.nat(200), (text, end) => {
      const found = fast(text, end);
      expect(found === null || found.close < end).toBe(true);
      if (found) expect(found.fields).toEqual(parseTuple(text));
    }),
    { numRuns: 3000 },
  );
});

test("what the plain rules make of any text is a reason, or a tuple whose addresses print and read back", () => {
  fc.assert(
    fc.property(fc.oneof(mutated(tuples), fc.string({ unit: "binary" })), (text) => {
      const fields = parseTuple(text);
      if (typeof fields === "string") expect(fields).not.toBe("");
      else for (const address of [fields.src, fields.dst]) expect(parseIp(printIp(address))).toEqual(address);
    }),
    { numRuns: 5000 },
  );
});
