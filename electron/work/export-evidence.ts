// `evidence.export`: the case is opened for reading only, so one that cannot be written, or is sealed, stays as it is.

import { readFileSync } from "node:fs";
import { basename } from "node:path";
import type { Params, Result } from "../../shared/contract.ts";
import { openCountries } from "../enrich/countries.ts";
import { exportEvidence } from "../export/evidence-package.ts";
import { openCatalog } from "../query/catalog.ts";
import { factsOf } from "../query/facts.ts";
import { openForReading } from "../store/case-file.ts";

/** Of unpacked columns: this process has less memory than `look`, and asks each segment a few times only. */
const BUDGET = 256 * 1024 * 1024;

export async function exportOf(
  casePath: string,
  { scope, to }: Params<"evidence.export">,
  signal: AbortSignal,
): Promise<Result<"evidence.export">> {
  const db = openForReading(casePath);
  try {
    const catalog = openCatalog(db, BUDGET);
    return await exportEvidence({
      catalog,
      facts: factsOf(db, openCountries().of),
      scope,
      to,
      caseName: basename(casePath),
      version: programVersion(),
      signal,
    });
  } finally {
    db.close();
  }
}

function programVersion(): string {
  const text = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
  return (JSON.parse(text) as { readonly version: string }).version; // the program's own file
}
