// Does the journal still say what was written? Its chain of hashes, its order, each operation, and that none is missing at its end.

import type { ReadDb } from "../store/database.ts";
import { property } from "../store/fingerprint.ts";
import { entryOf, hashEntry, headOf, type JournalRow, journalRows, NOTHING_BEFORE } from "../store/journal.ts";

const UUIDV7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** One sentence for the first entry that is not right, one where the journal does not end as was kept. */
export function checkJournal(db: ReadDb): string[] {
  return db.transaction(() => {
    const rows = journalRows(db);
    const first = firstWrong(rows);
    if (first !== null) return [first];
    const head = headOf(db);
    const last = rows.at(-1);
    if (
      last === undefined ? property(db, "journal") === null : head?.entries === last.id && head.hash.equals(last.hash)
    )
      return [];
    const kept = head === null ? "it was not kept how many there should be" : `${head.entries} were written`;
    return [`The journal does not end as it was written: it has ${rows.length} entries, and ${kept}.`];
  })();
}

function firstWrong(rows: readonly JournalRow[]): string | null {
  let previous: Buffer = NOTHING_BEFORE;
  let time = 0;
  for (const [i, row] of rows.entries()) {
    const wrong = row.id === i + 1 ? wrongIn(row, previous, time) : `it stands where entry ${i + 1} belongs`;
    if (wrong !== null) return `Entry ${row.id} of the journal is not as it was written: ${wrong}.`;
    previous = row.hash;
    time = Number(row.time.toString());
  }
  return null;
}

function wrongIn(row: JournalRow, previous: Buffer, time: number): string | null {
  if (!row.previous.equals(previous)) return "it does not follow the entry before it";
  if (!hashEntry(previous, row).equals(row.hash)) return "its content differs from its hash";
  if (!UUIDV7.test(row.entryId.toString())) return "its id is not a UUID of version 7";
  try {
    return entryOf(row).time < time ? "its time is before that of the entry before it" : null;
  } catch {
    return "its operation is not one this version knows";
  }
}
