// A record's text: windows cut between characters, the tuple asked for marked, and shown even when it lies far behind.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { beforeAll, describe, expect, test } from "vitest";
import { openCatalog } from "../../electron/query/catalog.ts";
import { recordText } from "../../electron/query/record-text.ts";
import { openForReading } from "../../electron/store/case-file.ts";
import type { Params, Result } from "../../shared/contract.ts";
import { failureOf } from "../../shared/failure.ts";
import { folder } from "../support/cli.ts";
import { ingestHere } from "../support/ingest-here.ts";
import { blob, vnetRecord } from "../support/logs.ts";

const T = 1_741_082_400_000;
const said = (n: number): string => `${T + n},10.0.0.4,10.0.0.5,40000,443,6,O,B,NX,0,0,0,0`;
const rule = "é😀é".repeat(40);
const long = vnetRecord(
  Array.from(
    { length: 60 },
    (_, g) => [`${rule}${g}`, ...Array.from({ length: 50 }, (_, t) => said(g * 50 + t))] as const,
  ),
);
const bytes = blob(vnetRecord([["A", said(7)]], { mac: "000D3A333333" }), long);
const record = bytes.subarray(bytes.lastIndexOf('{"time"'), -2);

type Place = Partial<Params<"record.text">>;
type Asker = (place: Place) => Promise<Result<"record.text">>;

type Evidence = { readonly path: string; readonly name: string; readonly caseFile: string };

async function added(embed: boolean, name: string, content: Buffer): Promise<Evidence> {
  const caseFile = join(folder(), "case.tidemark");
  const path = join(folder([[name, content]]), name);
  await ingestHere(caseFile, [path], { embed });
  return { path, name, caseFile };
}

async function asked<T>({ path, name, caseFile }: Evidence, run: (ask: Asker) => Promise<T>): Promise<T> {
  const db = openForReading(caseFile);
  try {
    const catalog = openCatalog(db);
    return await run((place) =>
      recordText(catalog, { source: path, member: name, record: 1, tuple: null, from: 0, ...place }),
    );
  } finally {
    db.close();
  }
}

describe.each([
  ["embedded", true, "a.json", bytes],
  ["re-read from its file", false, "a.json", bytes],
  ["re-read from a gzipped file", false, "a.json.gz", gzipSync(bytes)],
] as const)("evidence %s", (_, embed, name, content) => {
  let evidence: Evidence;
  beforeAll(async () => {
    evidence = await added(embed, name, content);
  });

  test("windows put together are the record, whatever character they are cut at", async () => {
    await asked(evidence, async (ask) => {
      let whole = "";
      for (let from = 0; from < record.length; from = Buffer.byteLength(whole)) {
        const window = await ask({ from });
        expect([window.from, window.length, window.mark]).toEqual([from, record.length, null]);
        expect(Buffer.byteLength(window.text)).toBeLessThanOrEqual(65_536);
        expect(window.text).not.toContain("\ufffd");
        whole += window.text;
      }
      expect(whole === record.toString()).toBe(true);
      for (let from = 65_530; from < 65_545; from++) {
        const window = await ask({ from });
        expect(from - window.from).toBeLessThan(4);
        expect(window.text).not.toContain("\ufffd");
        expect(record.indexOf(window.text)).toBe(window.from);
      }
    });
  });

  test("the tuple asked for is in the window and stands where the mark says", async () => {
    await asked(evidence, async (ask) => {
      for (const tuple of [0, 49, 50, 500, 1200, 2400, 2998, 2999]) {
        const { text, from, mark } = await ask({ tuple });
        const shown = Buffer.from(text);
        expect(mark).not.toBeNull();
        const start = mark!.offset - from;
        expect(shown.toString("utf8", start, start + mark!.length)).toBe(JSON.stringify(said(tuple)));
        expect(text).not.toContain("\ufffd");
        if (mark!.offset + mark!.length <= 65_536) expect(from).toBe(0);
      }
    });
  });

  test("a window asked for by its place is that window, wherever the mark is", async () => {
    await asked(evidence, async (ask) => {
      const { from, mark } = await ask({ tuple: 0, from: 100_000 });
      expect(from).toBeGreaterThan(99_996);
      expect(mark!.offset).toBeLessThan(2000);
    });
  });

  test("a tuple that is not there is said to be missing", async () => {
    await asked(evidence, async (ask) => {
      const failure = await ask({ tuple: 3000 }).then(() => null, failureOf);
      expect(failure).toEqual({ kind: "not-found", message: `Record 1 of ${name} has no tuple 3000.` });
    });
  });
});

test("evidence that was changed where it lies is not shown", async () => {
  const evidence = await added(false, "a.json", bytes);
  await asked(evidence, async (ask) => {
    writeFileSync(evidence.path, Buffer.from(bytes.toString().replace("40000", "40001")));
    expect((await ask({}).then(() => null, failureOf))?.kind).toBe("evidence-changed");
  });
});
