// The evidence of a scope as a folder that a third party can check without this program: original records, a list of where each
// came from, the tuples, the scope, and a manifest of hashes. The same case and scope give the same bytes.

import { createHash } from "node:crypto";
import { setImmediate as breathe } from "node:timers/promises";
import type { Result } from "../../shared/contract.ts";
import { AppError, assert } from "../../shared/failure.ts";
import { rowFields } from "../../shared/rows.ts";
import type { Scope } from "../../shared/scope.ts";
import { printInstant } from "../../shared/time.ts";
import type { Catalog } from "../query/catalog.ts";
import { memberChunks } from "../query/evidence.ts";
import type { Facts } from "../query/facts.ts";
import { inScope } from "../query/in-scope.ts";
import { type MemberRecords, type RecordPlace, recordsInScope } from "../query/scope-records.ts";
import { pageOf, sortTable } from "../query/table.ts";
import { scopeTotals } from "../query/totals.ts";
import { tupleTable } from "../query/tuples.ts";
import { logicalDigest, property } from "../store/fingerprint.ts";
import { evidenceReader } from "../store/read.ts";
import { type NewFile, type NewFolder, newFolder } from "./new-folder.ts";
import { type About, readme } from "./readme.ts";
import { csvLine, safeName } from "./safe-text.ts";

type Wanted = {
  readonly catalog: Catalog;
  readonly facts: Facts;
  readonly scope: Scope;
  /** A folder that is not there, or is empty. */
  readonly to: string;
  /** The case's file name. */
  readonly caseName: string;
  readonly version: string;
  readonly signal: AbortSignal;
};

/** All of it, or nothing: also when it is cancelled or the evidence cannot be read. */
export async function exportEvidence(asked: Wanted): Promise<Result<"evidence.export">> {
  const { counters: _, ...logged } = asked.scope; // evidence is as logged
  const wanted = { ...asked, scope: logged };
  const scope = inScope(wanted.catalog, wanted.scope, wanted.facts);
  const [condition] = scope.rows;
  if (condition)
    throw new AppError(
      "bad-request",
      `Filter: ${condition.field} is a condition on the rows of an answer; evidence is exported by conditions on tuples. Take it out of the filter.`,
    );
  const members = recordsInScope(wanted.catalog, scope);
  const records = members.reduce((sum, each) => sum + each.records.length, 0);
  if (records === 0)
    throw new AppError("bad-request", "There is no tuple in this scope, so there is nothing to export.");
  const folder = newFolder(wanted.to);
  try {
    const bytes = await writeRecords(wanted, folder, members);
    const tuples = await writeTuples(wanted, folder);
    const about = aboutScope(wanted, { members: members.length, records, recordBytes: bytes, tuples });
    writeText(folder, "scope.json", `${JSON.stringify(about, null, 2)}\n`);
    writeText(folder, "README.txt", readme(about));
    refuseCancelled(wanted.signal);
    const { folder: path, files, bytes: all } = folder.finish();
    return { folder: path, files, records, tuples, bytes: all };
  } finally {
    folder.discard();
  }
}

function refuseCancelled(signal: AbortSignal): void {
  if (signal.aborted) throw new AppError("cancelled", "The export was cancelled; nothing of it is left.");
}

function writeText(folder: NewFolder, name: string, text: string): void {
  const file = folder.file(name);
  file.write(text);
  file.close();
}

const RECORD_FIELDS = [
  "file",
  "offsetInFile",
  "source",
  "member",
  "record",
  "offset",
  "length",
  "recordSha256",
  "memberSha256",
] as const;

/** A file a member, its records as they stand, each ended by a line feed. Returns the bytes of records. */
async function writeRecords(wanted: Wanted, folder: NewFolder, members: readonly MemberRecords[]): Promise<number> {
  const list = folder.file("records.csv");
  list.write(csvLine(RECORD_FIELDS));
  const read = evidenceReader(wanted.catalog.db);
  let bytes = 0;
  for (const [i, { member, records }] of members.entries()) {
    const name = `records/${String(i + 1).padStart(6, "0")}-${safeName(member.path.replace(/\.json$/i, ""))}.json`;
    const memberSha256 = Buffer.from(member.sha256 ?? []).toString("hex");
    const file = folder.file(name);
    const chunks = memberChunks(wanted.catalog.db, member, read);
    await copyRecords(wanted.signal, chunks, records, file, ({ record, offset, length }, sha256, at) => {
      list.write(csvLine([name, at, member.source, member.path, record, offset, length, sha256, memberSha256]));
      bytes += length;
    });
    file.close();
  }
  list.close();
  return bytes;
}

/** `copied` is told of each record with its SHA-256 and where it begins in the file. Chunks are taken to the member's end. */
async function copyRecords(
  signal: AbortSignal,
  chunks: AsyncIterable<Uint8Array>,
  records: readonly RecordPlace[],
  file: NewFile,
  copied: (place: RecordPlace, sha256: string, at: number) => void,
): Promise<void> {
  let next = 0;
  let from = 0; // of the chunk, in the member
  let at = 0;
  let sha = createHash("sha256");
  for await (const chunk of chunks) {
    const to = from + chunk.length;
    for (let place = records[next]; place && place.offset < to; place = records[next]) {
      const end = place.offset + place.length;
      if (place.offset >= from) {
        sha = createHash("sha256");
        at = file.bytes;
      }
      const piece = chunk.subarray(Math.max(0, place.offset - from), Math.min(chunk.length, end - from));
      sha.update(piece);
      file.write(piece);
      if (end > to) break;
      file.write("\n");
      copied(place, sha.digest("hex"), at);
      next++;
    }
    from = to;
    await breathe();
    refuseCancelled(signal);
  }
  assert(next === records.length, "every record of a member lies within it");
}

const PAGE_BYTES = 4 * 1024 * 1024;

/** A page at a time. Returns how many. */
async function writeTuples({ catalog, facts, scope, signal }: Wanted, folder: NewFolder): Promise<number> {
  const sorted = sortTable(tupleTable(catalog, { ...inScope(catalog, scope, facts), share: null }), null);
  const { length } = sorted.order;
  const csv = folder.file("tuples.csv");
  const ndjson = folder.file("tuples.ndjson");
  csv.write(csvLine(rowFields.tuples));
  for (let from = 0; from < length; ) {
    const { rows } = pageOf(sorted, from, length, PAGE_BYTES);
    ndjson.write(rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
    csv.write(
      rows.map((row) => csvLine(rowFields.tuples.map((field) => row[field] as string | number | null))).join(""),
    );
    from += rows.length;
    await breathe();
    refuseCancelled(signal);
  }
  csv.close();
  ndjson.close();
  return length;
}

type Counts = Readonly<Record<"members" | "records" | "recordBytes" | "tuples", number>>;

function aboutScope({ catalog, facts, scope, caseName, version }: Wanted, counts: Counts): About {
  const totals = scopeTotals(catalog, inScope(catalog, scope, facts));
  assert(totals.tuples === counts.tuples, "the tuples written are those of the totals");
  const text = (time: number | null): string | null => (time === null ? null : printInstant(time));
  return {
    program: `tidemark ${version}`,
    case: caseName,
    caseLogicalDigest: property(catalog.db, "logical digest") ?? logicalDigest(catalog.db),
    zone: "UTC",
    scope: {
      ...{ from: scope.from, to: scope.to, fromText: text(scope.from), toText: text(scope.to) },
      time: scope.time ?? "inside",
      ...{ filter: scope.filter, part: scope.part ?? "", flow: scope.flow ?? null },
      bar: scope.bar
        ? { ...scope.bar, fromText: printInstant(scope.bar.from), toText: printInstant(scope.bar.to) }
        : null,
      sides: scope.sides ?? "each",
    },
    counts,
    totals: {
      eachSide: scope.sides !== "once",
      ...totals,
      firstText: text(totals.firstTime),
      lastText: text(totals.lastTime),
    },
  };
}
