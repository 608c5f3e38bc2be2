// Adding evidence and notes in this process, without an engine around it.

import { existsSync } from "node:fs";
import { beginChanges, openForWriting } from "../../electron/store/case-file.ts";
import { appendEntries } from "../../electron/store/journal.ts";
import { addEvidence } from "../../electron/work/add-evidence.ts";
import { holdCase } from "../../electron/work/held-case.ts";
import { newPause } from "../../electron/work/pause.ts";
import type { IngestAccount } from "../../shared/contract.ts";
import type { Operation } from "../../shared/notebook.ts";

type Options = { readonly embed?: boolean; readonly jobs?: number };

export async function ingestHere(
  caseFile: string,
  paths: readonly string[],
  { embed = true, jobs = 1 }: Options = {},
): Promise<IngestAccount> {
  const { signal } = new AbortController();
  return await addEvidence(
    holdCase(caseFile),
    { paths, embed, jobs },
    () => {},
    signal,
    newPause(),
    () => {},
  );
}

/** A time that is the same in every run. */
const NOON = Date.UTC(2025, 2, 4, 12);

export function noteHere(caseFile: string, operations: readonly Operation[]): void {
  if (!existsSync(caseFile)) throw new Error(`${caseFile} is not there`);
  const open = openForWriting(caseFile);
  try {
    beginChanges(open.db);
    appendEntries(open.db, "ada", NOON, operations);
  } finally {
    open.close();
  }
}
