// The sample incident as written to disk: read back, counted afresh and held against truth.json and the story.

import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { incidentRows } from "../../electron/sample/incident.ts";
import { blobs } from "../../electron/sample/record.ts";
import { story } from "../../electron/sample/story.ts";
import { emptyTally, tally } from "../../electron/sample/tally.ts";
import { type Truth, truthOf } from "../../electron/sample/truth.ts";
import { sampleIncident } from "../support/sample.ts";
import { type Read, readBlob, sums, type Written } from "../support/sample-tuples.ts";
import { promisedFeatures } from "./sample-promises.ts";

const written: Written = { tuples: [], records: [] };
const { tuples, records } = written;
const digests = new Map<string, string>();
/** Paths of what another process wrote. */
let account: { readonly logs: string; readonly zip: string; readonly truth: string; readonly story: string };
let truth: Truth;

beforeAll(async () => {
  const dir = await sampleIncident();
  const at = (name: string): string => join(dir, name);
  account = { logs: at("logs"), zip: at("logs.zip"), truth: at("truth.json"), story: at("STORY.md") };
  truth = JSON.parse(readFileSync(account.truth, "utf8"));
  const paths = readdirSync(account.logs, { recursive: true, encoding: "utf8" }).filter((path) =>
    path.endsWith(".json"),
  );
  for (const path of paths.map((one) => one.replaceAll("\\", "/")).sort()) {
    const text = readFileSync(join(account.logs, path), "utf8");
    digests.set(path, sha(text));
    readBlob(written, path, text);
  }
}, 120_000);

function sha(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

const fields = ["packetsSent", "bytesSent", "packetsReceived", "bytesReceived"] as const;

/** The filters of the steps, written out a second time. */
const { guesser, control, drop } = { guesser: "198.51.100.23", control: "203.0.113.45", drop: "192.0.2.146" };
const narrowed: Record<string, (one: Read) => boolean> = {
  knock: (one) => one.src === guesser && one.dport === 3389 && one.state === "D",
  guessing: (one) => one.src === guesser && one.dst === "10.0.2.4" && one.dport === 3389,
  entry: (one) => one.src === guesser && one.dst === "10.0.2.4" && one.dport === 3389,
  sweep: (one) =>
    one.src === "10.0.2.4" && one.dst.startsWith("10.1.") && [22, 135, 139, 445, 1433, 3389, 5985].includes(one.dport),
  lateral: (one) =>
    ["10.0.2.4", "10.1.2.4"].includes(one.src) && [445, 5985].includes(one.dport) && one.dst.startsWith("10.1."),
  control: (one) => one.dst === control && one.dport === 443 && one.state !== "D",
  return: (one) =>
    (one.src === guesser && one.dport === 3389) ||
    (one.src === "10.0.2.4" && one.dst === "10.1.2.4" && one.dport === 5985),
  staging: (one) => one.src === "10.1.5.4" && ["10.1.3.4", "10.1.4.4"].includes(one.dst) && one.dport === 445,
  exfiltration: (one) => one.src === "10.1.5.4" && one.dst === drop && one.dport === 443,
  containment: (one) => (one.dst === control || one.src === guesser) && one.state === "D",
};

promisedFeatures({
  ...written,
  get truth() {
    return truth;
  },
});

describe("the truth is what the files say", () => {
  test("in all, to the byte", () => {
    const { totals } = truth;
    expect([totals.tuples, totals.records, totals.files]).toEqual([tuples.length, records.length, digests.size]);
    expect(fields.map((field) => totals[field])).toEqual(sums(tuples));
    expect(totals.denied).toBe(tuples.filter((one) => one.state === "D").length);
  });

  test("for every conversation of every step", () => {
    const byKey = Map.groupBy(tuples, (one) =>
      key(one.nic, one.src, one.dst, one.dport, one.acl, one.rule, one.direction, one.encryption, one.state === "D"),
    );
    for (const step of truth.steps) {
      for (const told of step.conversations) {
        const all =
          byKey.get(
            key(
              told.nic,
              told.srcIp,
              told.dstIp,
              told.dstPort,
              told.acl,
              told.rule,
              told.direction,
              told.encryption,
              told.decision === "deny",
            ),
          ) ?? [];
        const own = all.filter((one) => one.time >= step.from && one.time < step.to);
        expect([told.tuples, told.firstTime, told.lastTime]).toEqual([
          own.length,
          Math.min(...own.map((one) => one.time)),
          Math.max(...own.map((one) => one.time)),
        ]);
        expect(fields.map((field) => told[field])).toEqual(sums(own));
      }
    }
  });

  test("and a step's filter and range find its tuples and no others", () => {
    for (const step of truth.steps) {
      const found = tuples.filter((one) => one.time >= step.from && one.time < step.to && narrowed[step.id]!(one));
      expect([step.id, found.length, ...sums(found)]).toEqual([
        step.id,
        step.eachSide.tuples,
        ...fields.map((field) => step.eachSide[field]),
      ]);
    }
  });

  test("counted once, a step is what its initiators logged", () => {
    for (const step of truth.steps) {
      const mac = new Map(truth.hosts.map((host) => [host.ip, host.nic]));
      const own = step.conversations.filter((one) => one.nic === (mac.get(one.srcIp) ?? mac.get(one.dstIp)));
      expect([step.id, own.reduce((sum, one) => sum + one.bytesSent, 0)]).toEqual([step.id, step.once.bytesSent]);
    }
  });

  function key(...parts: readonly unknown[]): string {
    return parts.join(" ");
  }
});

describe("the same bytes every time", () => {
  test("a second run gives equal files, truth and story", () => {
    const counted = emptyTally();
    const again = new Map<string, string>();
    for (const blob of blobs(incidentRows())) {
      tally(counted, blob);
      again.set(blob.path, sha(blob.text));
    }
    expect(Object.fromEntries(again)).toEqual(Object.fromEntries(digests));
    const second = truthOf(counted);
    expect(`${JSON.stringify(second, null, 2)}\n`).toBe(readFileSync(account.truth, "utf8"));
    expect(story(second)).toBe(readFileSync(account.story, "utf8"));
  });

  test("the archive's entries are sorted and carry one fixed time", () => {
    const zip = readFileSync(account.zip);
    const names: string[] = [];
    const times = new Set<number>();
    for (let at = zip.indexOf("PK\x01\x02", 0, "latin1"); at !== -1 && zip.readUInt32LE(at) === 0x02014b50; ) {
      const length = zip.readUInt16LE(at + 28);
      names.push(zip.toString("utf8", at + 46, at + 46 + length));
      times.add(zip.readUInt32LE(at + 12));
      at += 46 + length + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
    }
    expect(names).toEqual([...digests.keys()].sort());
    expect(times.size).toBe(1);
  });

  test("the page in docs is the story", async () => {
    await expect(readFileSync(account.story, "utf8")).toMatchFileSnapshot("../../docs/sample-incident.md");
  });
});
