// Which records hold tuples in scope: the step from a scope to the evidence it rests on.

import type { MemberRow } from "../store/read.ts";
import { recordFinder } from "../store/record-finder.ts";
import { type Catalog, views } from "./catalog.ts";
import { matching } from "./predicate.ts";
import type { InScope } from "./scope-asked.ts";

/** Where a record lies in its uncompressed member, in bytes. */
export type RecordPlace = { readonly record: number; readonly offset: number; readonly length: number };

export type MemberRecords = { readonly member: MemberRow; readonly records: readonly RecordPlace[] };

/** In default order, records of a member by their place in it. */
export function recordsInScope(catalog: Catalog, scope: InScope): MemberRecords[] {
  const numbers = new Map<number, number[]>(); // a member's tuples stand together, in order of its records
  for (const view of views(catalog, scope.from, scope.to)) {
    const rows = matching(view, scope);
    const { member, record } = view.place();
    let list: number[] | undefined;
    let before = -1;
    for (let i = 0; i < member.length; i++) {
      if (rows !== null && rows[i] === 0) continue;
      const id = view.segment.firstMemberId + (member[i] as number);
      if (id !== before) {
        list = numbers.get(id) ?? [];
        numbers.set(id, list);
        before = id;
      }
      if (list?.at(-1) !== record[i]) list?.push(record[i] as number);
    }
  }
  const find = recordFinder(catalog.db);
  return [...catalog.members.values()].flatMap((member) => {
    const own = numbers.get(member.id);
    if (!own) return [];
    const records = own.map((record): RecordPlace => {
      const found = find(member.id, record);
      if (!found) throw new RangeError(`record ${record} of ${member.path} has no place`);
      const { run, row } = found;
      return { record, offset: run.offset[row] as number, length: run.bytes[row] as number };
    });
    return [{ member, records }];
  });
}
