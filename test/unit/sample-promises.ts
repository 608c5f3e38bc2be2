// What the sample incident promises to show, one test a feature, read from the text of its files. Part of sample.test.ts, which has
// the files read.

import { describe, expect, test } from "vitest";
import type { Truth } from "../../electron/sample/truth.ts";
import { inBlock, parseBlock, parseIp } from "../../shared/ip.ts";
import { type Read, sums, type Written } from "../support/sample-tuples.ts";

const JUMP_NIC = "000D3A1B6C40";
const GUESSER = "198.51.100.23";
const DROP = "192.0.2.146";

/** `incident` is filled before the tests run. */
export function promisedFeatures(incident: Written & { readonly truth: Truth }): void {
  const { tuples, records } = incident;

  describe("what was promised is there", () => {
    const some = (wanted: (one: Read) => boolean): number =>
      tuples.reduce((count, one) => count + (wanted(one) ? 1 : 0), 0);

    test("300,000 tuples or more, 8 to 30 a record, three days, twelve NICs", () => {
      expect(tuples.length).toBeGreaterThanOrEqual(300_000);
      expect(tuples.length / records.length).toBeGreaterThan(8);
      expect(tuples.length / records.length).toBeLessThan(30);
      expect(new Set(records.map((one) => one.time.slice(0, 10)))).toEqual(
        new Set(["2026-03-09", "2026-03-10", "2026-03-11"]),
      );
      expect(new Set(records.map((one) => one.mac)).size).toBe(12);
    });

    test("keys in the recorded order, seven fraction digits, minified, in the hour of the path", () => {
      expect(new Set(records.map((one) => one.keys))).toEqual(
        new Set([
          "time,flowLogGUID,macAddress,category,flowLogResourceID,targetResourceID,flowLogVersion,operationName,flowRecords",
        ]),
      );
      for (const { time, mac, path } of records) {
        expect(time).toMatch(/^2026-03-\d\dT\d\d:\d\d:\d\d\.\d{7}Z$/);
        expect(path).toContain(
          `/y=2026/m=03/d=${time.slice(8, 10)}/h=${time.slice(11, 13)}/m=00/macAddress=${mac}/PT1H.json`,
        );
      }
    });

    test("a record holds the minute before it", () => {
      for (const one of tuples) {
        const lag = Date.parse(records[one.record]!.time) - one.time;
        if (lag < 2600 || lag > 62_700) expect.fail(`${one.text} lies ${lag} ms before its record`);
      }
    });

    test("hour blobs begin with tuples from before the hour", () => {
      const early = tuples.filter((one) => one.time < Date.parse(`${records[one.record]!.time.slice(0, 13)}:00:00Z`));
      expect(early.length).toBeGreaterThan(100);
    });

    test("a minute of more than 600 tuples is split into records of one time", () => {
      expect(
        records.filter((one, i) => one.time === records[i - 1]?.time && one.mac === records[i - 1]?.mac).length,
      ).toBe(incident.truth.totals.continuedRecords);
      expect(incident.truth.totals.continuedRecords).toBeGreaterThan(0);
      expect(Math.max(...records.map((one) => one.tuples))).toBe(600);
    });

    test("counters are plausible: begins and denials zero, 40 bytes a packet or more", () => {
      for (const { state, counters, text } of tuples) {
        const [packetsSent, bytesSent, packetsReceived, bytesReceived] = counters;
        const plausible =
          bytesSent >= 40 * packetsSent && bytesReceived >= 40 * packetsReceived && bytesSent < 2000 * packetsSent + 1;
        const silent = (state !== "B" && state !== "D") || sums([{ counters } as Read]).every((value) => value === 0);
        if (!plausible || !silent || counters.some((value) => value < 0)) expect.fail(text);
      }
    });

    test.each(["X", "NX", "NX_LOCAL_DST", "NX_FALLBACK", "NX_SW_NOT_READY"])("encryption %s", (code) => {
      expect(some((one) => one.encryption === code)).toBe(incident.truth.totals.encryption[code]);
    });

    test("drops at a restart, under the rule unspecified", () => {
      expect(
        some(
          (one) =>
            one.acl === "unspecified" &&
            one.rule === "unspecified" &&
            one.encryption === "NX_SW_NOT_READY" &&
            one.state === "D",
        ),
      ).toBeGreaterThan(5);
    });

    test("a security-admin rule without prefix, with an ACL of its own", () => {
      expect(
        some(
          (one) =>
            one.rule === "BlockHighRiskTCPPortsFromInternet" && one.state === "D" && /^[0-9a-f-]{36}$/.test(one.acl),
        ),
      ).toBeGreaterThan(100);
    });

    test("platform probes from port 23456", () => {
      const zero = "00000000-0000-0000-0000-000000000000";
      expect(some((one) => one.rule === "PlatformRule" && one.sport === 23456 && one.acl === zero)).toBe(
        incident.truth.totals.platform,
      );
    });

    test("roll-overs: E and B in one millisecond, then counters from the beginning", () => {
      const at = tuples.findIndex(
        (one, i) =>
          one.text.includes(",O,E,") &&
          one.dport === 443 &&
          tuples[i + 1]?.text === one.text.replace(/,E,(\w+),.*/, ",B,$1,0,0,0,0"),
      );
      const ended = tuples[at]!;
      const next = tuples.find(
        (one, i) =>
          i > at + 1 &&
          one.state === "E" &&
          one.sport === ended.sport &&
          one.src === ended.src &&
          one.dst === ended.dst,
      )!;
      expect(ended.counters).toEqual([2, 120, 1, 108]);
      expect(next.counters.every((value, i) => value >= ended.counters[i]!)).toBe(true);
    });

    test("unanswered SYNs logged again at every retry", () => {
      const dead = tuples.filter((one) => one.dst === "10.1.1.8" && one.nic === JUMP_NIC && one.dport === 445);
      expect(dead.map((one) => one.state).join("")).toBe("BEBEBE");
      expect(dead.map((one) => one.time - dead[0]!.time).slice(0, 5)).toEqual([0, 1000, 1000, 3000, 3000]);
    });

    test("equal tuples in one record", () => {
      expect(new Set(tuples.map((one) => `${one.record} ${one.text}`)).size).toBeLessThan(tuples.length);
    });

    test("long flows report every five minutes", () => {
      const own = tuples.filter((one) => one.dst === DROP && one.state === "C").map((one) => one.time);
      const { connections } = incident.truth.steps.find((one) => one.id === "exfiltration")!;
      expect(own.length).toBeGreaterThan(20);
      for (const time of own)
        expect(connections.some((one) => time > one.firstTime && (time - one.firstTime) % 300_000 === 0)).toBe(true);
    });

    test("a flow between hub and spoke is logged four times, each side a little different", () => {
      const own = tuples.filter(
        (one) =>
          one.src === "10.0.2.4" &&
          one.dst === "10.1.4.4" &&
          one.dport === 445 &&
          one.state === "E" &&
          one.counters[3] > 1e6,
      );
      expect(new Set(own.map((one) => `${one.nic} ${one.direction}`)).size).toBe(4);
      expect(new Set(own.map((one) => one.counters.join())).size).toBeGreaterThan(1);
    });

    test("three hours missing at one NIC while its peer goes on", () => {
      const [gap] = incident.truth.gaps;
      const inside = (one: Read): boolean => one.time >= gap!.from && one.time < gap!.to - 62_000;
      expect(
        records.filter(
          (one) => one.mac === gap!.nic && Date.parse(one.time) >= gap!.from && Date.parse(one.time) < gap!.to,
        ),
      ).toEqual([]);
      expect(some((one) => inside(one) && one.dst === "10.1.3.4" && one.direction === "O")).toBeGreaterThan(50);
    });

    test("the same conversation denied, then allowed under another rule", () => {
      const own = tuples.filter((one) => one.src === GUESSER && one.dport === 3389).sort((a, b) => a.time - b.time);
      const allowed = own.find((one) => one.state === "B")!;
      const denied = own.findLast((one) => one.state === "D" && one.time < allowed.time)!;
      expect([denied.rule, denied.time, allowed.rule, allowed.time]).toEqual([
        incident.truth.ruleChange.denied.rule,
        incident.truth.ruleChange.denied.lastTime,
        incident.truth.ruleChange.allowed.rule,
        incident.truth.ruleChange.allowed.firstTime,
      ]);
      expect(allowed.time - denied.time).toBeLessThan(86_400_000);
    });

    test("a sweep of 40 addresses and 7 ports, beacons of 60 s ± 15 % from two hosts, 4 GB out by night", () => {
      const swept = tuples.filter(
        (one) => one.nic === JUMP_NIC && one.state === "B" && one.dst.startsWith("10.1.") && one.dport === 135,
      );
      expect(new Set(swept.map((one) => one.dst)).size).toBe(40);
      expect(incident.truth.beacons.map((one) => one.host)).toEqual(["app01", "bkp01"]);
      for (const { leastIntervalMs, mostIntervalMs } of incident.truth.beacons)
        expect([leastIntervalMs >= 51_000, mostIntervalMs <= 69_000]).toEqual([true, true]);
      const sent = incident.truth.steps.find((one) => one.id === "exfiltration")!.once.bytesSent;
      expect(Math.abs(sent - 4e9)).toBeLessThan(5e7);
    });
  });

  test("nobody real is accused: strangers come from documentation and test networks", () => {
    const block = (text: string) => parseBlock(text)!;
    const nobody = ["192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24"].map(block);
    const test = [
      "2.125.160.216/29",
      "81.2.69.142/31",
      "81.2.69.144/28",
      "81.2.69.160/27",
      "81.2.69.192",
      "89.160.20.112/28",
      "175.16.199.0/24",
      "216.160.83.56/29",
      "67.43.156.0/24",
    ].map(block);
    const microsoft = ["168.63.129.16", "20.0.0.0/8", "40.64.0.0/10", "52.136.0.0/13", "52.239.0.0/16"].map(block);
    const within = (ip: string, blocks: readonly ReturnType<typeof block>[]): boolean =>
      blocks.some((one) => inBlock(parseIp(ip)!, one));
    const strangers = new Set(tuples.flatMap((one) => [one.src, one.dst]).filter((ip) => !ip.startsWith("10.")));
    expect([...strangers].filter((ip) => !within(ip, [...nobody, ...test, ...microsoft]))).toEqual([]);
    expect(Object.values(incident.truth.adversary).filter((ip) => !within(ip, nobody))).toEqual([]);
    const denied = new Set(
      tuples
        .filter((one) => one.direction === "I" && one.state === "D" && !one.src.startsWith("10."))
        .map((one) => one.src),
    );
    expect([...denied].filter((ip) => !within(ip, [...nobody, ...test]))).toEqual([]);
  });
}
