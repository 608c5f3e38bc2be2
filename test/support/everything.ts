// Everything a case can be made to say, as one hash: every answer, the notebook, the text of every record, an export. In process, so
// that thousands of cases can be asked.

import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { exportEvidence } from "../../electron/export/evidence-package.ts";
import { answer } from "../../electron/query/answer.ts";
import { openCatalog } from "../../electron/query/catalog.ts";
import { noFacts } from "../../electron/query/facts.ts";
import { caseInfo } from "../../electron/query/info.ts";
import { listNics } from "../../electron/query/nics.ts";
import { recordText } from "../../electron/query/record-text.ts";
import { openForReading } from "../../electron/store/case-file.ts";
import { guarded, versionOf } from "../../electron/store/database.ts";
import { listEntries } from "../../electron/store/journal.ts";
import { fold } from "../../shared/notebook.ts";
import { type By, bys } from "../../shared/rows.ts";
import { EVERYTHING } from "../../shared/scope.ts";

type Place = { readonly source: string; readonly member: string; readonly record: number; readonly tuple: number };

/** `texts`: of at most so many records. Throws as the program does where it refuses. */
/** Answers that add up the same sums of conversations once more: what differs in them differs in `conversations`. */
const SUMMED_AGAIN: ReadonlySet<By> = new Set(["nics", "ports", "rules", "encryption", "countries", "asns", "groups"]);

export async function everythingIn(caseFile: string, texts = 10_000): Promise<string> {
  const sum = createHash("sha256");
  const say = (what: unknown): void => {
    sum.update(`${JSON.stringify(what)}\n`);
  };
  const db = openForReading(caseFile);
  const to = mkdtempSync(join(tmpdir(), "tidemark-everything-"));
  try {
    const catalog = guarded(caseFile, () => openCatalog(db));
    const info = caseInfo(catalog, versionOf(db), 0);
    say({ ...info, recovered: info.recovered?.lost ?? [] });
    say(listNics(catalog));
    say(fold(listEntries(db)));
    const records = new Map<string, Place>();
    let tuples = 0;
    for (const by of bys.filter((each) => !SUMMED_AGAIN.has(each))) {
      const question = { by, scope: EVERYTHING, sort: null, limit: 0, bin: null };
      for (let after: number | null = 0; after !== null; ) {
        const { state: _, ...page } = answer(catalog, { ...question, after }); // `state` names this file's rows, not what they say
        say(page);
        after = page.next;
        if (by !== "tuples") continue;
        tuples += page.rows.length;
        for (const row of page.rows) {
          const { source, member, record, tuple } = row as unknown as Place;
          const name = `${source} ${member} ${record}`;
          if (records.size < texts && !records.has(name)) records.set(name, { source, member, record, tuple });
        }
      }
    }
    for (const place of records.values()) say(await recordText(catalog, { ...place, from: 0 }));
    if (tuples > 0 && texts > 0) {
      const folder = join(to, "export");
      const { signal } = new AbortController();
      await exportEvidence({
        catalog,
        facts: noFacts,
        scope: EVERYTHING,
        to: folder,
        caseName: "a",
        version: "0",
        signal,
      });
      for (const name of (readdirSync(folder, { recursive: true }) as string[]).sort())
        if (statSync(join(folder, name)).isFile()) say([name, readFileSync(join(folder, name), "latin1")]);
    }
    return sum.digest("hex");
  } finally {
    db.close();
    rmSync(to, { recursive: true, force: true });
  }
}
