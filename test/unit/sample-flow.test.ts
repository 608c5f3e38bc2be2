// Single connections of the sample incident: what each NIC writes of them.

import { expect, test } from "vitest";
import { type Flow, tcp } from "../../electron/sample/flow.ts";
import { FROM, route } from "../../electron/sample/network.ts";
import { observe, type Row } from "../../electron/sample/observe.ts";
import { random } from "../../electron/sample/random.ts";
import { BLOCKED_DATA, judge } from "../../electron/sample/rules.ts";

const totals = { packetsSent: 100, bytesSent: 90_000, packetsReceived: 40, bytesReceived: 4000 };
const flow = tcp(FROM, 1000, "10.1.1.4", "20.60.20.4", 443, totals);

function states(of: Flow): string {
  return observe(of, random("a test"))
    .map((row) => row.state)
    .join("");
}
function sent(rows: readonly Row[]): number {
  return rows.reduce((sum, row) => sum + row.counted.bytesSent, 0);
}

test("streams are repeatable and apart", () => {
  const three = (name: string): number[] => Array.from({ length: 3 }, random(name));
  expect(three("one")).toEqual(three("one"));
  expect(three("one")).not.toEqual(three("other"));
});

test("a short flow is a begin and, five seconds after its last packet at least, an end with all of it", () => {
  const [begin, end] = observe(flow, random("a test"));
  expect([begin?.state, end?.state, end?.counted]).toEqual(["B", "E", totals]);
  expect((end?.time ?? 0) - flow.start - flow.lasts).toBeGreaterThanOrEqual(5400);
});

test("a long flow reports every five minutes and its reports add up", () => {
  const rows = observe({ ...flow, lasts: 16 * 60_000 }, random("a test"));
  expect(rows.map((row) => row.state).join("")).toBe("BCCCE");
  expect(rows.slice(1, 4).map((row) => row.time - flow.start)).toEqual([300_000, 600_000, 900_000]);
  expect(sent(rows)).toBe(totals.bytesSent);
});

test("after a roll-over the counters start from the flow's true beginning", () => {
  const rows = observe({ ...flow, lasts: 250_000, rollOver: 100_000 }, random("a test"));
  expect(rows.map((row) => row.state).join("")).toBe("BEBE");
  expect(rows[1]?.time).toBe(rows[2]?.time);
  expect(rows[3]?.counted).toEqual(totals);
});

test("unanswered, denied and not-ready flows", () => {
  expect(states({ ...flow, fate: "unanswered" })).toBe("BEBEBE");
  expect(states(tcp(BLOCKED_DATA, 0, "10.1.5.4", "203.0.113.45", 443, totals))).toBe("DDD");
  // the sender keeps trying, the receiver drops
  expect(states({ ...tcp(FROM, 0, "10.1.1.4", "10.1.2.4", 8080, totals), fate: "not ready", tries: 2 })).toBe("BEBEDD");
});

test("hub to spoke passes the appliance, spoke to spoke does not", () => {
  const way = (src: string, dst: string): string =>
    route(src, dst)
      .map((hop) => `${hop.direction} ${hop.host.name}`)
      .join(", ");
  expect(way("10.0.2.4", "10.1.2.4")).toBe("O jump01, I fw01, O fw01, I app01");
  expect(way("10.1.1.4", "10.1.2.4")).toBe("O web01, I app01");
  expect(way("198.51.100.9", "10.1.1.4")).toBe("I web01");
});

test("the first rule that matches decides", () => {
  const asked = { src: "198.51.100.23", dst: "10.0.2.4", dstPort: 3389, protocol: 6 };
  const host = route("198.51.100.23", "10.0.2.4")[0]?.host;
  const rule = (start: number): string | undefined => host && judge(host, "I", { ...asked, start }).rule;
  expect(rule(Date.UTC(2026, 2, 10, 6, 51))).toBe("DefaultRule_DenyAllInBound");
  expect(rule(Date.UTC(2026, 2, 10, 6, 52))).toBe("UserRule_Temp-Allow-RDP-Vendor");
  expect(rule(Date.UTC(2026, 2, 11, 20, 2))).toBe("DefaultRule_DenyAllInBound");
});
