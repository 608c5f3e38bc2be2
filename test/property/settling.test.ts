// Settling by the program and by its second, naive implementation agree on every tuple: whatever the traffic, the files, the order in
// which they are added, and in how many steps.

import { rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { openCatalog } from "../../electron/query/catalog.ts";
import { inScope } from "../../electron/query/in-scope.ts";
import { tupleTable } from "../../electron/query/tuples.ts";
import { verifyCase } from "../../electron/query/verify.ts";
import { openForReading } from "../../electron/store/case-file.ts";
import { EVERYTHING } from "../../shared/scope.ts";
import { folder, put } from "../support/cli.ts";
import { ingestHere } from "../support/ingest-here.ts";
import type { NaiveTuple, Settled } from "../support/naive-settling.ts";
import { settlingCase } from "../support/settling-cases.ts";

/** With those that once found a mistake. More in test/long. */
const SEEDS = [1, 5, 9, 14, 21, 29];

describe("the program and the naive implementation say the same of every tuple", () => {
  test.each(SEEDS)("seed %i", async (seed) => {
    for (const order of [0, 1]) {
      const { sources, tuples, settled } = settlingCase(seed, order);
      const root = folder();
      const caseFile = join(root, "case.tidemark");
      const paths = sources.map((files, i) => {
        const path = join(root, `source-${i}`);
        put(
          path,
          files.map(({ path: file, text }) => [file, text] as const),
        );
        return path;
      });
      // Together, or one after another, each settled before the next comes.
      if (order === 0) await ingestHere(caseFile, paths, { embed: false });
      else for (const path of paths) await ingestHere(caseFile, [path], { embed: false });
      expect(saidBy(caseFile)).toEqual(expected(tuples, settled));
      rmSync(root, { recursive: true, force: true });
    }
  });
});

/** By what a tuple is and where it stands: its marks and adjusted counters, in the order of their texts. */
function saidBy(caseFile: string): string[] {
  const db = openForReading(caseFile);
  try {
    expect(verifyCase(db, caseFile, false).findings).toEqual([]);
    const catalog = openCatalog(db);
    const table = tupleTable(catalog, inScope(catalog, { ...EVERYTHING, counters: "adjusted" }), true);
    return Array.from({ length: table.length }, (_, i) => {
      const row = table.row?.(i) ?? {};
      const { time, nic, srcIp, srcPort, dstIp, dstPort, direction, state, record, tuple, flow } = row;
      const counters = [row.packetsSent, row.bytesSent, row.packetsReceived, row.bytesReceived];
      return JSON.stringify([
        time,
        nic,
        srcIp,
        srcPort,
        dstIp,
        dstPort,
        direction,
        state,
        record,
        tuple,
        flow,
        counters,
      ]);
    }).sort();
  } finally {
    db.close();
  }
}

function expected(tuples: readonly NaiveTuple[], { marks }: Settled): string[] {
  return tuples
    .map(({ time, nic, srcIp, srcPort, dstIp, dstPort, direction, state, record, tuple }, i) => {
      const { adjusted, ...mark } = marks[i]!;
      const words = (["first", "ends", "joined", "retry", "leftOut"] as const).filter((word) => mark[word]).join(" ");
      return JSON.stringify([
        time,
        nic,
        srcIp,
        srcPort,
        dstIp,
        dstPort,
        direction,
        state,
        record,
        tuple,
        words,
        adjusted,
      ]);
    })
    .sort();
}
