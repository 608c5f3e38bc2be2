// What the program says of a case of settling-cases.ts, through ingest and query in this process, and what the naive settling says of
// it, in the same words, so that the two can be compared as texts.

import { openCatalog } from "../../electron/query/catalog.ts";
import { flowTable } from "../../electron/query/flows.ts";
import { inScope } from "../../electron/query/in-scope.ts";
import type { Table } from "../../electron/query/table.ts";
import { tupleTable } from "../../electron/query/tuples.ts";
import { verifyCase } from "../../electron/query/verify.ts";
import { openForReading } from "../../electron/store/case-file.ts";
import { counters } from "../../shared/flow.ts";
import type { Row } from "../../shared/rows.ts";
import { EVERYTHING } from "../../shared/scope.ts";
import { type Mark, median } from "./naive-settling.ts";
import type { SettlingCase } from "./settling-cases.ts";
import { inByteOrder, type LogFile } from "./settling-input.ts";
import { zipped } from "./zip.ts";

/**
 * In the order of their texts. `tuples`: place, marks, adjusted counters. `flows`: place of the first tuple, number of tuples, first and
 * last time. `clocks`: NIC and offset in ms.
 */
export type Said = {
  readonly tuples: readonly string[];
  readonly flows: readonly string[];
  readonly clocks: readonly string[];
  readonly findings: readonly string[];
};

/** A source as one file, `source-N.zip`, so that the place of a tuple tells its number. */
export function packed(files: readonly LogFile[]): Buffer {
  return zipped(files.map(({ path, text }) => [path, Buffer.from(text)]));
}

export function saidByProgram(caseFile: string): Said {
  const db = openForReading(caseFile);
  try {
    const catalog = openCatalog(db);
    const scope = inScope(catalog, { ...EVERYTHING, counters: "adjusted" });
    const tuples = rowsOf(tupleTable(catalog, scope, true));
    const flows = rowsOf(flowTable(catalog, scope));
    const days = db.prepare("SELECT clocks FROM settled_day").all() as { clocks: string }[];
    const nics = new Map(catalog.db.prepare("SELECT id, mac FROM nic").raw().all() as [number, string][]);
    return {
      tuples: tuples.map((row) => line(placeOf(row), row.flow, counters.map((name) => row[name] ?? "").join())).sort(),
      flows: flows.map((row) => line(placeOf(row), row.tuples, row.firstTime, row.lastTime)).sort(),
      clocks: clocksOf(
        days.map(({ clocks }) => clocks),
        nics,
      ),
      findings: verifyCase(db, caseFile, false).findings,
    };
  } finally {
    db.close();
  }
}

/** `clocks` of every settled day: by NIC, its differences and how many flows showed each. */
function clocksOf(days: readonly string[], nics: ReadonlyMap<number, string>): string[] {
  const seen = days.flatMap((text) =>
    (JSON.parse(text) as [number, [number, number][]][]).flatMap(([nic, differences]) =>
      differences.flatMap(([ms, flows]) => Array.from({ length: flows }, () => ({ nic, ms }))),
    ),
  );
  return [...Map.groupBy(seen, ({ nic }) => nic)].map(([nic, of]) => line(nics.get(nic) ?? null, median(of))).sort();
}

function rowsOf(table: Table): Row[] {
  return Array.from({ length: table.length }, (_, i) => {
    return table.row?.(i) ?? Object.fromEntries(table.fields.map((field) => [field, table.cell(field, i)]));
  });
}

function placeOf({ source, member, record, tuple }: Row): string {
  return line(/(\d+)\.zip$/.exec(String(source))?.[1], member, record, tuple);
}

function line(...parts: readonly unknown[]): string {
  return parts.join(" ");
}

export function saidByNaive({ sources, tuples, settled }: SettlingCase): Said {
  const members = sources.map(inByteOrder);
  const places = tuples.map(({ source, member, record, tuple }) =>
    line(source, members[source]![member]!.path, record, tuple),
  );
  return {
    tuples: settled.marks
      .map((mark, at) => line(places[at], wordsOf(mark), mark.adjusted.map((counter) => counter ?? "").join()))
      .sort(),
    flows: settled.flows
      .map(({ steps }) => line(places[steps[0]!.at], steps.length, steps[0]!.tuple.time, steps.at(-1)!.tuple.time))
      .sort(),
    clocks: [...settled.clockOffsets].map(([nic, ms]) => line(nic, ms)).sort(),
    findings: [],
  };
}

function wordsOf(mark: Mark): string {
  return (["first", "ends", "joined", "retry", "leftOut"] as const).filter((word) => mark[word]).join(" ");
}
