// Every version of the case file in order: numbers without gaps, forward only.

import { assert } from "../../../shared/failure.ts";
import { SQL as caseSql } from "./0001-case.ts";
import { SQL as journalSql } from "./0002-journal.ts";
import { SQL as copiesSql } from "./0003-copies.ts";
import { SQL as settledSql } from "./0004-settled.ts";
import { SQL as activitySql } from "./0005-activity.ts";

export type Migration = { readonly version: number; readonly name: string; readonly sql: string };

export const migrations: readonly Migration[] = [
  { version: 1, name: "case", sql: caseSql },
  { version: 2, name: "journal", sql: journalSql },
  { version: 3, name: "copies", sql: copiesSql },
  { version: 4, name: "settled", sql: settledSql },
  { version: 5, name: "activity", sql: activitySql },
];

migrations.forEach((migration, i) => {
  assert(migration.version === i + 1, `migration ${migration.name} is out of order`);
});

export const NEWEST = migrations.length;
