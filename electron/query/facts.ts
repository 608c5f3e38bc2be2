// What is known of addresses besides the logs, as filters and rows ask for it. Null: not known.

import type { FactField } from "../../shared/filter/tree.ts";
import { fold } from "../../shared/notebook.ts";
import type { ReadDb } from "../store/database.ts";
import { property } from "../store/fingerprint.ts";
import { listEntries } from "../store/journal.ts";

/** Texts as they are shown; `asn` as its number. An address in canonical text. */
export type Facts = {
  readonly [F in Exclude<FactField, "srccountry" | "dstcountry">]: (ip: string) => string | null;
} & {
  /** Another where what is known of addresses has changed. */
  readonly revision: string;
};

const unknown = (): null => null;

export const noFacts: Facts = { country: unknown, asn: unknown, tag: unknown, status: unknown, revision: "" };

/** Countries as a database has them; hosts as the notebook of the case says now. */
export function factsOf(db: ReadDb, country: Facts["country"]): Facts {
  let hosts: ReadonlyMap<string, string> | null = null; // read when a filter asks
  const status = (ip: string): string | null => {
    hosts ??= new Map(fold(listEntries(db)).hosts.map((mark) => [mark.host, mark.status]));
    return hosts.get(ip) ?? null;
  };
  return { country, asn: unknown, tag: unknown, status, revision: property(db, "journal") ?? "" };
}
