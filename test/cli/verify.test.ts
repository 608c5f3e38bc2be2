// `verify` may pass a case only while its answers and its evidence are those that were taken in.

import { createHash } from "node:crypto";
import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { beforeAll, expect, test } from "vitest";
import { folder, inPairs, json, rows, tidemark } from "../support/cli.ts";
import { manyLogs, randomFrom } from "../support/logs.ts";
import { mixedFiles } from "../support/mixed.ts";

const PLACES = 24;
const desk = folder();
const caseFile = join(desk, "case.tidemark");
const kinds = ["tuples", "conversations", "members", "rejects"];
let answers: string[];

const ask = (path: string): Promise<string[]> =>
  inPairs(kinds, async (by) => (await tidemark("query", path, "--by", by, "--limit", "0", "--json")).stdout);

beforeAll(async () => {
  await json(["ingest", caseFile, folder([...mixedFiles, ...manyLogs(24, 10, 60)]), "--json"]);
  answers = await ask(caseFile);
});

test("passes a case as it was made, embedded or not, and says which", async () => {
  const verified = await json<Record<string, unknown>>(["verify", caseFile, "--json"]);
  expect(verified.evidence).not.toBe("not embedded");
  const bare = join(desk, "bare.tidemark");
  await json(["ingest", bare, folder(mixedFiles), "--no-embed", "--json"]);
  expect(await json<Record<string, unknown>>(["verify", bare, "--json"])).toMatchObject({ evidence: "not embedded" });
  expect(await json<Record<string, unknown>>(["info", bare, "--json"])).toMatchObject({ embedded: false });
});

test("a case without embedded evidence gives the same tuples", async () => {
  const [home, bare, full] = [folder(mixedFiles), join(desk, "bare2.tidemark"), join(desk, "full2.tidemark")];
  await json(["ingest", bare, home, "--no-embed", "--json"]);
  await json(["ingest", full, home, "--json"]);
  expect(await rows(bare, "tuples")).toEqual(await rows(full, "tuples"));
});

test(`never passes a case in which a flipped byte changes an answer (${PLACES} places)`, async () => {
  const bytes = readFileSync(caseFile);
  const random = randomFrom(41);
  const places = Array.from({ length: PLACES }, () => 100 + Math.floor(random() * (bytes.length - 100)));
  const outcomes = await inPairs(places, async (place, index) => {
    const path = join(desk, `flipped-${index}.tidemark`);
    const flipped = Buffer.from(bytes);
    flipped[place] = flipped[place]! ^ (1 << Math.floor(random() * 8));
    writeFileSync(path, flipped);
    const verified = await tidemark("verify", path);
    const same = verified.code === 0 && (await ask(path)).every((answer, kind) => answer === answers[kind]);
    return { place, code: verified.code, same, stderr: verified.stderr };
  });
  expect(outcomes.filter(({ code }) => ![0, 1, 3].includes(code!))).toEqual([]);
  expect(outcomes.filter(({ code, same }) => code === 0 && !same)).toEqual([]);
  expect(outcomes.filter(({ stderr }) => /\n\s+at /.test(stderr))).toEqual([]);
  // Most of a case is segments and evidence; only unused space may pass.
  expect(outcomes.filter(({ code }) => code === 0).length).toBeLessThan(PLACES / 2);
});

test("never passes a case in which a flipped byte changes a compressed frame: evidence, segment or derived", async () => {
  const packed = join(desk, "packed.tidemark"); // without free pages, so that what is found in it is in use
  const source = new DatabaseSync(caseFile, { readOnly: true });
  source.prepare("VACUUM INTO ?").run(packed);
  source.close();
  expect((await tidemark("verify", packed)).code).toBe(0);
  const bytes = readFileSync(packed);
  const frames: number[] = [];
  for (let at = bytes.indexOf(ZSTD); at !== -1; at = bytes.indexOf(ZSTD, at + 1)) frames.push(at);
  const random = randomFrom(43);
  const chosen = Array.from({ length: 12 }, () => frames[Math.floor(random() * frames.length)]!);
  const whole = contentOf(packed);
  const outcomes = await inPairs(chosen, async (frame, index) => {
    const path = join(desk, `frame-${index}.tidemark`);
    const place = frame + 4 + Math.floor(random() * 12);
    const flipped = Buffer.from(bytes);
    flipped[place] = flipped[place]! ^ (1 << Math.floor(random() * 8));
    writeFileSync(path, flipped);
    return { place, changed: contentOf(path) !== whole, code: (await tidemark("verify", path)).code };
  });
  expect(outcomes.filter(({ changed, code }) => changed && code !== 1 && code !== 3)).toEqual([]);
  expect(outcomes.some(({ changed }) => changed)).toBe(true);
});

const ZSTD = Buffer.from("28b52ffd", "hex");

/** A hash over every row of every ordinary table, whatever they are; "unreadable" where SQLite itself finds damage. */
function contentOf(path: string): string {
  const hash = createHash("sha256");
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    const tables = database.prepare(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name",
    );
    for (const { name } of tables.all() as { name: string }[]) {
      const rowsOf = database.prepare(`SELECT * FROM "${name}"`);
      rowsOf.setReadBigInts(true);
      for (const row of rowsOf.iterate())
        for (const cell of Object.values(row)) hash.update(cell instanceof Uint8Array ? cell : String(cell));
    }
    return hash.digest("hex");
  } catch {
    return "unreadable";
  } finally {
    database.close();
  }
}

test("does not pass a case whose middle was overwritten", async () => {
  const path = join(desk, "overwritten.tidemark");
  copyFileSync(caseFile, path);
  const bytes = readFileSync(path);
  bytes.fill(0x41, Math.floor(bytes.length / 2), Math.floor(bytes.length / 2) + 9000);
  writeFileSync(path, bytes);
  const run = await tidemark("verify", path);
  expect([1, 3]).toContain(run.code);
  expect(`${run.stdout}${run.stderr}`).toMatch(/\w+ \w+ \w+/);
});

test("--rebuild derives anew and changes no answer", async () => {
  const path = join(desk, "rebuilt.tidemark");
  copyFileSync(caseFile, path);
  const run = await tidemark("verify", path, "--rebuild");
  expect(run.code, run.stderr).toBe(0);
  expect(await ask(path)).toEqual(answers);
});
