// `recover`: what is whole comes over, what is lost is named, in the account and in the new case, and the damaged file stays as it is.

import { copyFileSync, existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { openForReading } from "../../electron/store/case-file.ts";
import { journalRows } from "../../electron/store/journal.ts";
import { AppError } from "../../shared/failure.ts";
import { folder, sha256 } from "../support/cli.ts";
import { smallCase } from "../support/damage.ts";
import { everythingIn } from "../support/everything.ts";
import { mixedFiles } from "../support/mixed.ts";
import { flipFrame, recoverHere, tamper, verifyHere } from "../support/recover-here.ts";

const desk = folder();
const logs = folder(mixedFiles);
const cases = { embedded: join(desk, "embedded.tidemark"), bare: join(desk, "bare.tidemark") };
const content = { embedded: "", bare: "" };
let tuples = 0;
let next = 0;

beforeAll(async () => {
  await smallCase(cases.embedded, logs, true);
  await smallCase(cases.bare, logs, false);
  for (const name of ["embedded", "bare"] as const) content[name] = await everythingIn(cases[name]);
  tuples = verifyHere(cases.bare).tuples;
});

function copyOf(name: keyof typeof cases): string {
  const path = join(desk, `copy-${next++}.tidemark`);
  copyFileSync(cases[name], path);
  return path;
}

/** Recovers the copy; it is as it was, the new case verifies and tells what is told here. */
async function recovered(from: string): Promise<{ readonly path: string; readonly lost: readonly string[] }> {
  const [path, before] = [join(desk, `new-${next++}.tidemark`), sha256(from)];
  const { lost } = await recoverHere(from, path);
  expect(sha256(from)).toBe(before);
  const verified = verifyHere(path);
  expect(verified).toMatchObject({ ok: true, findings: [], recovered: { from, lost } });
  return { path, lost };
}

test.each(["embedded", "bare"] as const)("a whole case, %s, comes over whole, journal and all", async (name) => {
  const { path, lost } = await recovered(copyOf(name));
  expect(lost).toEqual([]);
  expect(await everythingIn(path)).toBe(content[name]);
  const chain = (file: string): unknown => {
    const db = openForReading(file);
    const rows = journalRows(db);
    db.close();
    return rows;
  };
  expect(chain(path)).toEqual(chain(cases[name]));
});

describe("embedded: read anew from its bytes, so that nothing is lost", () => {
  const damages: readonly (readonly [string, (path: string) => void])[] = [
    ["a segment's times", (path) => flipFrame(path, "segment_part", "part = 'when'")],
    ["a run of records", (path) => flipFrame(path, "record_run", "true")],
    ["a rule's name", (path) => tamper(path, "UPDATE rule SET name = 'x' WHERE id = 1")],
    ["a context", (path) => tamper(path, "DELETE FROM context WHERE id = 2")],
    ["a reject", (path) => tamper(path, "DELETE FROM reject WHERE id = 1")],
    ["a segment's row", (path) => tamper(path, "UPDATE segment SET first_time = 1 WHERE id = 1")],
    ["derived columns", (path) => tamper(path, "DELETE FROM conversation_run")],
  ];
  test.each(damages)("%s", async (_, damage) => {
    const path = copyOf("embedded");
    damage(path);
    expect(verifyHere(path).ok).toBe(false);
    const { path: to, lost } = await recovered(path);
    expect(lost).toEqual([]);
    expect(await everythingIn(to)).toBe(content.embedded);
  });
});

describe("what is lost is named", () => {
  test("original bytes: the tuples stay", async () => {
    const path = copyOf("embedded");
    flipFrame(path, "evidence", "true");
    const { path: to, lost } = await recovered(path);
    expect(lost).toHaveLength(mixedFiles.length); // small files share a chunk
    expect(lost).toContain("a/PT1H.json: its original bytes are lost.");
    expect(verifyHere(to).tuples).toBe(tuples);
  });

  test("the tuples of a segment, by member", async () => {
    const path = copyOf("bare");
    flipFrame(path, "segment_part", "part = 'counters'");
    const { path: to, lost } = await recovered(path);
    expect(lost).toContainEqual(
      expect.stringMatching(/^Segment 1 with \d+ tuples is lost: its counters are damaged\.$/),
    );
    expect(lost).toContain("a-b/PT1H.json: 11 of its 11 tuples are lost.");
    expect(verifyHere(to).tuples).toBe(0);
  });

  test("rejects, where their table reads as empty", async () => {
    const path = copyOf("bare");
    tamper(path, "DELETE FROM reject");
    const { lost } = await recovered(path);
    expect(lost).toEqual(["a-b/PT1H.json: 1 of its 1 rejects are lost.", "a/PT1H.json: 1 of its 1 rejects are lost."]);
  });

  test("a reject, whose member's row is damaged too and does not count it", async () => {
    for (const damage of ["UPDATE reject SET text = 'x' WHERE id = 1", "DELETE FROM reject WHERE id = 1"]) {
      const path = copyOf("bare");
      tamper(path, "UPDATE member SET name = 'x' WHERE id = (SELECT member_id FROM reject WHERE id = 1)");
      tamper(path, damage);
      const { lost } = await recovered(path);
      expect(lost).toContain("Reject 1 is damaged; it is lost.");
    }
  });

  test("where records lie: their tuples stay", async () => {
    const path = copyOf("bare");
    flipFrame(path, "record_run", "true");
    const { path: to, lost } = await recovered(path);
    expect(lost).toContainEqual(expect.stringMatching(/^Run 1 of \d+ records is lost/));
    expect(verifyHere(to).tuples).toBe(tuples);
  });

  test("a rule's name is marked where it stands", async () => {
    const path = copyOf("bare");
    tamper(path, "UPDATE rule SET name = 'UserRule_Wed' WHERE name = 'UserRule_Deny'");
    const { path: to, lost } = await recovered(path);
    expect(lost).toEqual([
      expect.stringMatching(/^Rule \d+ is damaged; its tuples now say "\(damaged\) UserRule_Wed"\.$/),
    ]);
    expect(verifyHere(to).tuples).toBe(tuples);
  });

  test("an entry of the journal; those after it stay", async () => {
    const path = copyOf("embedded");
    tamper(path, "UPDATE journal SET author = 'eve' WHERE id = 2");
    const { path: to, lost } = await recovered(path);
    expect(lost).toEqual(["Entry 2 of the journal (a note or a status) is lost."]);
    const db = openForReading(to);
    expect(journalRows(db)).toHaveLength(2);
    db.close();
  });

  test("a folder whose row is damaged, with the paths in it", async () => {
    const path = copyOf("bare");
    tamper(path, "UPDATE folder SET path = 'elsewhere/' WHERE id = 1");
    const { lost } = await recovered(path);
    expect(lost).toContainEqual(expect.stringMatching(/^The row of folder 1 is damaged: the paths of the files in it/));
  });

  test("a member whose row is gone", async () => {
    const path = copyOf("bare");
    tamper(
      path,
      "DELETE FROM member WHERE name LIKE 'recorded%' AND id = (SELECT min(id) FROM member WHERE name LIKE 'recorded%')",
    );
    const { lost } = await recovered(path);
    expect(lost).toContainEqual(
      expect.stringMatching(/^The row of member \d+ is damaged: what it said of \(lost\) member/),
    );
  });
});

test("the path that is there already is not written over, and a file that is no case leaves none", async () => {
  const [taken, text, to] = [join(desk, "taken"), join(desk, "text"), join(desk, "never.tidemark")];
  writeFileSync(taken, "x");
  writeFileSync(text, "Dear reader,\n".repeat(50));
  await expect(recoverHere(copyOf("bare"), taken)).rejects.toMatchObject({ kind: "bad-request" });
  await expect(recoverHere(text, to)).rejects.toBeInstanceOf(AppError);
  expect(existsSync(to)).toBe(false);
});
