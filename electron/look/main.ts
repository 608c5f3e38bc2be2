// The process `look`: answers questions about one case, read-only. It can be ended and started again at any moment.

import { statSync } from "node:fs";
import { AppError, assert } from "../../shared/failure.ts";
import { attend } from "../engine/child.ts";
import { answer } from "../query/answer.ts";
import { type Catalog, openCatalog } from "../query/catalog.ts";
import { caseInfo } from "../query/info.ts";
import { recordText } from "../query/record-text.ts";
import { verifyCase } from "../query/verify.ts";
import { isBeingWritten, openForReading, sealLeft } from "../store/case-file.ts";
import { guarded, type ReadDb } from "../store/database.ts";
import { NEWEST } from "../store/migrations/list.ts";

const [, , path] = process.argv;
assert(path !== undefined, "look is started with the path of a case");
const casePath = path;

let open: { readonly db: ReadDb; version: unknown; catalog: Catalog | null } | null = null;

/** Somebody wrote the case while it was looked at. */
let wasWritten = false;

/** The connection is kept; what was worked out from the case is thrown away when the case has changed. */
function reading(): ReadDb {
  wasWritten ||= isBeingWritten(casePath);
  open ??= { db: openForReading(casePath), version: null, catalog: null };
  const version = open.db.pragma("data_version", { simple: true });
  if (version !== open.version) {
    open.version = version;
    open.catalog = null;
  }
  return open.db;
}

function catalog(): Catalog {
  const db = reading();
  assert(open !== null, "the case is open");
  open.catalog ??= openCatalog(db);
  return open.catalog;
}

attend<"read">(
  () => ({
    "case.info": () => guarded(casePath, () => caseInfo(catalog(), NEWEST, statSync(casePath).size)),
    "case.verify": () => guarded(casePath, () => verifyCase(reading(), casePath, false)),
    "query.rows": (question) => guarded(casePath, () => answer(catalog(), question)),
    "scope.totals": notYet,
    "nic.list": notYet,
    "address.facts": notYet,
    "notebook.read": notYet,
    "record.text": (place) => guarded(casePath, () => recordText(catalog(), place)),
  }),
  leave,
);

function notYet(): never {
  throw new AppError("unsupported", "Not in this version yet.");
}

function leave(): void {
  open?.db.close();
  if (wasWritten) sealLeft(casePath);
}
