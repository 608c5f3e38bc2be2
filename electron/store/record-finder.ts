// Where a record of a member lies, from its run: the step from a tuple to its bytes.

import type { ReadDb } from "./database.ts";
import { eachRecordRun, type RecordRun } from "./read.ts";

/** A place in a run. */
export type FoundRecord = { readonly run: RecordRun; readonly row: number };

/** Offset of a record in its uncompressed member. Runs of the member asked for last are kept. */
export function recordOffsets(db: ReadDb): (memberId: number, record: number) => number {
  const find = recordFinder(db);
  return (memberId, record) => {
    const found = find(memberId, record);
    if (!found) throw new RangeError(`record ${record} of member ${memberId} has no place`);
    return found.run.offset[found.row] as number;
  };
}

export function recordFinder(db: ReadDb): (memberId: number, record: number) => FoundRecord | null {
  let member = -1;
  let runs: RecordRun[] = [];
  return (memberId, record) => {
    const inRuns = (run: RecordRun): boolean => {
      const last = run.firstMemberId + (run.length > 0 ? (run.member[run.length - 1] as number) : 0);
      return run.firstMemberId <= memberId && memberId <= last;
    };
    if (member !== memberId && !(runs.length === 1 && runs[0] && inRuns(runs[0])))
      runs = [...eachRecordRun(db, memberId)];
    member = memberId;
    for (const run of runs) {
      const row = rowIn(run, memberId - run.firstMemberId, record);
      if (row !== -1) return { run, row };
    }
    return null;
  };
}

/** Rows ascend by member, then record. */
function rowIn(run: RecordRun, member: number, record: number): number {
  let low = 0;
  let high = run.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const m = run.member[middle] as number;
    if (m < member || (m === member && (run.record[middle] as number) < record)) low = middle + 1;
    else high = middle;
  }
  return run.member[low] === member && run.record[low] === record ? low : -1;
}
