// The account of reading: everything that was read is added, seen before, or rejected. The same three lines on screen and on paper.

import { grouped } from "./grouped.ts";

/** Of a member, a source or a case. `rejects`: rejected records, rejected tuples, and stretches inside a record. */
export type Account = {
  readonly records: number;
  readonly duplicateRecords: number;
  readonly rejectedRecords: number;
  readonly tuples: number;
  /** Of records seen before, readable or not: what is not is a reject where the record came first. */
  readonly duplicateTuples: number;
  /** Of added records. */
  readonly rejectedTuples: number;
  readonly rejects: number;
};

const accountFields = [
  "records",
  "duplicateRecords",
  "rejectedRecords",
  "tuples",
  "duplicateTuples",
  "rejectedTuples",
  "rejects",
] as const satisfies readonly (keyof Account)[];

/** Each sum twice: by its parts, and whole. */
export type ClosedAccount = Account & { readonly recordsRead: number; readonly tuplesRead: number };

export function sumAccounts(accounts: Iterable<Account>): ClosedAccount {
  const sum = Object.fromEntries(accountFields.map((field) => [field, 0])) as Record<keyof Account, number>; // exactly those
  for (const account of accounts) for (const field of accountFields) sum[field] += account[field];
  return { ...sum, recordsRead: recordsRead(sum), tuplesRead: tuplesRead(sum) };
}

export function recordsRead({ records, duplicateRecords, rejectedRecords }: Account): number {
  return records + duplicateRecords + rejectedRecords;
}

export function tuplesRead({ tuples, duplicateTuples, rejectedTuples }: Account): number {
  return tuples + duplicateTuples + rejectedTuples;
}

/** `12,345 records read = 12,000 added + 340 seen before + 5 rejected`. */
export function recordsLine(account: Account): string {
  const { records, duplicateRecords, rejectedRecords } = account;
  return `${several(recordsRead(account), "record")} read = ${addition(records, duplicateRecords, rejectedRecords)}`;
}

export function tuplesLine(account: Account): string {
  const { tuples, duplicateTuples, rejectedTuples } = account;
  return `${several(tuplesRead(account), "tuple")} read = ${addition(tuples, duplicateTuples, rejectedTuples)}`;
}

/** `7 rejects = 5 records + 1 tuple + 1 stretch inside a record`. */
export function rejectsLine({ rejects, rejectedRecords, rejectedTuples }: Account): string {
  const stretches = rejects - rejectedRecords - rejectedTuples;
  const parts = [several(rejectedRecords, "record"), several(rejectedTuples, "tuple")];
  if (stretches > 0) parts.push(`${several(stretches, "stretch", "stretches")} inside records`);
  return `${several(rejects, "reject")} = ${parts.join(" + ")}`;
}

/** One above the other: records, tuples, and rejects where there are any. */
export function accountLines(account: Account): string[] {
  return [recordsLine(account), tuplesLine(account), ...(account.rejects > 0 ? [rejectsLine(account)] : [])];
}

/** Of files that hold a blob which an earlier file holds too; null where there are none. */
export function copiesLine({ same, extension, earlier, altered }: Copies): string | null {
  const parts = [
    extension > 0 ? `${grouped(extension)} longer` : "",
    earlier > 0 ? `${grouped(earlier)} shorter` : "",
    same > 0 ? `${grouped(same)} the same` : "",
    altered > 0 ? `${grouped(altered)} ALTERED` : "",
  ].filter((part) => part !== "");
  if (parts.length === 0) return null;
  return `${several(same + extension + earlier + altered, "later copy", "later copies")} of blobs in the case: ${parts.join(", ")}`;
}

type Copies = {
  readonly same: number;
  readonly extension: number;
  readonly earlier: number;
  readonly altered: number;
};

function addition(added: number, before: number, rejected: number): string {
  return `${grouped(added)} added + ${grouped(before)} seen before + ${grouped(rejected)} rejected`;
}

function several(n: number, one: string, many = `${one}s`): string {
  return `${grouped(n)} ${n === 1 ? one : many}`;
}
