// Evidence written into a case in this process, without threads: what `tidemark ingest` does with bytes that are at hand.

import { statSync } from "node:fs";
import { join } from "node:path";
import type { MemberBytes } from "../../electron/archive/open-member.ts";
import { unitsOf } from "../../electron/ingest/pool.ts";
import { readUnit } from "../../electron/ingest/read-unit.ts";
import { answer } from "../../electron/query/answer.ts";
import { openCatalog } from "../../electron/query/catalog.ts";
import { caseInfo } from "../../electron/query/info.ts";
import { beginChanges, openForReading, openForWriting } from "../../electron/store/case-file.ts";
import { type ReadDb, versionOf } from "../../electron/store/database.ts";
import { deriveMissing } from "../../electron/store/derive.ts";
import { keepFingerprint } from "../../electron/store/fingerprint.ts";
import { beginSource, endSource, loadDigests } from "../../electron/store/source.ts";
import { writeUnit } from "../../electron/work/write-unit.ts";
import type { CaseInfo } from "../../shared/contract.ts";
import type { By } from "../../shared/rows.ts";
import { EVERYTHING, type Scope } from "../../shared/scope.ts";
import { folder, type Row } from "./cli.ts";

export type Files = readonly (readonly [path: string, bytes: Buffer])[];

/** A case with these folders as sources, one after another; in `path` where it is given. */
export async function written(
  sources: readonly (readonly [source: string, files: Files])[],
  path = join(folder(), "a.tidemark"),
  embed = true,
): Promise<string> {
  const open = openForWriting(path);
  beginChanges(open.db);
  for (const [source, files] of sources) {
    const byPath = new Map(files);
    const w = beginSource(
      path,
      open.db,
      { path: source, kind: "folder", bytes: 0, embed, addedTime: 0 },
      loadDigests(open.db),
    );
    const entries = [...byPath].map(([name, bytes]) => ({
      path: name,
      file: name,
      entry: null,
      gzip: false,
      bytes: bytes.length,
      fileTime: 0,
      refused: null,
    }));
    for (const unit of unitsOf(entries, embed))
      await readUnit(
        unit,
        async (part) => writeUnit(w, source, part, unit.members),
        async (entry) => asRead(byPath.get(entry.path)!),
      );
    endSource(w, null, "complete", null);
  }
  deriveMissing(open.db);
  keepFingerprint(open.db);
  open.close();
  return path;
}

function asRead(bytes: Buffer): MemberBytes {
  async function* chunks(): AsyncGenerator<Uint8Array> {
    yield bytes;
  }
  return { chunks: chunks(), damage: () => null, fileSha256: () => null };
}

export function reading<T>(path: string, run: (db: ReadDb) => T): T {
  const db = openForReading(path);
  try {
    return run(db);
  } finally {
    db.close();
  }
}

/** Every row of an answer, as `tidemark query` gives them. */
export function rowsOf(path: string, by: By, scope: Partial<Scope> = {}): Row[] {
  const question = { by, scope: { ...EVERYTHING, ...scope }, sort: null, limit: 0, bin: null };
  return reading(path, (db) => {
    const catalog = openCatalog(db);
    const rows: Row[] = [];
    for (let after: number | null = 0; after !== null; ) {
      const page = answer(catalog, { ...question, after });
      rows.push(...(page.rows as Row[]));
      after = page.next;
    }
    return rows;
  });
}

/** What `tidemark info` tells. */
export function infoOf(path: string): CaseInfo {
  return reading(path, (db) => caseInfo(openCatalog(db), versionOf(db), statSync(path).size));
}
