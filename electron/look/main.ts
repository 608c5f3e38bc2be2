// The process `look`: answers questions about one case, read-only. It can be ended and started again at any moment.

import { statSync } from "node:fs";
import { assert } from "../../shared/failure.ts";
import { fold } from "../../shared/notebook.ts";
import type { Context } from "../../shared/rpc.ts";
import { attend } from "../engine/child.ts";
import { addressFacts } from "../enrich/address-facts.ts";
import { openCountries } from "../enrich/countries.ts";
import { answer } from "../query/answer.ts";
import { beside } from "../query/beside.ts";
import { type Catalog, openCatalog } from "../query/catalog.ts";
import { evidenceAround } from "../query/evidence-around.ts";
import { type Facts, factsOf } from "../query/facts.ts";
import { growth } from "../query/growth.ts";
import { inScope } from "../query/in-scope.ts";
import { caseInfo } from "../query/info.ts";
import { listNics } from "../query/nics.ts";
import { pivot } from "../query/pivot.ts";
import { recordText } from "../query/record-text.ts";
import { scopeTotals } from "../query/totals.ts";
import { verifyInThread } from "../query/verify-in-thread.ts";
import { isBeingWritten, openForReading, sealLeft } from "../store/case-file.ts";
import { behind, guarded, type ReadDb, translated, versionOf } from "../store/database.ts";
import { isAllDerived } from "../store/derive.ts";
import { property } from "../store/fingerprint.ts";
import { listEntries } from "../store/journal.ts";
import { isSettled } from "../store/settle.ts";
import { inTurn } from "./in-turn.ts";

const [, , path] = process.argv;
assert(path !== undefined, "look is started with the path of a case");
const casePath = path;
const countries = openCountries();

let open: {
  readonly db: ReadDb;
  version: unknown;
  /** Of the evidence the catalog was made of; null while that is being added or derived. */
  fingerprint: string | null;
  catalog: Catalog | null;
} | null = null;

/** Somebody wrote the case while it was looked at. */
let wasWritten = false;

/** The connection is kept; what was worked out from the evidence is thrown away when that has changed (a note changes none). */
function reading(): ReadDb {
  wasWritten ||= isBeingWritten(casePath);
  open ??= { db: openForReading(casePath), version: null, fingerprint: null, catalog: null };
  const version = open.db.pragma("data_version", { simple: true });
  if (version !== open.version) {
    open.version = version;
    const fingerprint = isAllDerived(open.db) && isSettled(open.db) ? property(open.db, "fingerprint") : null;
    const isAdding = fingerprint === null && open.fingerprint === null && isBeingWritten(casePath);
    if (!(isAdding && isRecent(open.catalog)) && (fingerprint === null || fingerprint !== open.fingerprint))
      open.catalog = null;
    else if (isAdding) open.version = null; // looked at again with the next question
    open.fingerprint = fingerprint;
  }
  return open.db;
}

/** One that is made so soon (ms) need not be kept. */
const SOON = 50;
/** Of the time since a catalog was made, the share that making it may take while evidence is being added. */
const SHARE = 0.1;

/** While evidence is being added answers may be of a little while ago: to begin anew after each part would take all the time there is. */
function isRecent(of: Catalog | null): boolean {
  if (of === null) return false;
  const { at, tookMs } = of.made();
  return tookMs > SOON && performance.now() - at < tookMs / SHARE && of.isStillSo();
}

function catalog(): Catalog {
  const db = reading();
  assert(open !== null, "the case is open");
  open.catalog ??= openCatalog(db);
  return open.catalog;
}

function facts(): Facts {
  return factsOf(reading(), countries.of);
}

/** In its turn, and not at all where it is cancelled before. */
function asked<T>({ signal }: Context, run: () => T): Promise<T> {
  return inTurn(signal, () => refusing(run));
}

/** A question of a file that is damaged is refused, whatever it came to grief on. */
function refusing<T>(run: () => T): T {
  return guarded(casePath, () => {
    try {
      return run();
    } catch (thrown) {
      throw open === null ? thrown : behind(casePath, open.db, thrown);
    }
  });
}

/** The same, where the answer may have to be read from where the evidence was added. */
async function askedForBytes<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (thrown) {
    throw translated(casePath, open === null ? thrown : behind(casePath, open.db, thrown));
  }
}

attend<"read">(
  (announce) => ({
    "case.info": (_, context) =>
      asked(context, () => caseInfo(catalog(), versionOf(reading()), statSync(casePath).size)),
    "case.verify": (_, { signal }) => {
      refusing(reading);
      return verifyInThread(
        { path: casePath, rebuilt: false },
        (progress) => announce("verify.progress", progress),
        signal,
      );
    },
    "query.rows": (question, context) => asked(context, () => answer(catalog(), question, facts())),
    "rows.beside": (question, context) => asked(context, () => beside(catalog(), question, facts())),
    "query.pivot": (question, context) => asked(context, () => pivot(catalog(), question, facts())),
    "scope.totals": ({ scope }, context) =>
      asked(context, () => scopeTotals(catalog(), inScope(catalog(), scope, facts()))),
    "growth.read": (question, context) => asked(context, () => growth(catalog(), question, facts())),
    "nic.list": (_, context) => asked(context, () => ({ nics: [...listNics(catalog())] })),
    "address.facts": ({ ips }, context) => asked(context, () => addressFacts(countries, ips, facts())),
    "notebook.read": (_, context) => asked(context, () => fold(listEntries(reading()))),
    "record.text": (place) => askedForBytes(() => recordText(catalog(), place)),
    "evidence.around": (stretch) => askedForBytes(() => evidenceAround(catalog(), stretch)),
  }),
  leave,
);

function leave(): void {
  open?.db.close();
  if (wasWritten) sealLeft(casePath);
}
