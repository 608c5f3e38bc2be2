// The case a start of the program was given, by itself or by another start that hands it on.

import { resolve } from "node:path";

/** The last argument that is no option, as a whole path. */
export function caseAmong(args: readonly string[]): string | null {
  const named = args.findLast((each) => !each.startsWith("-"));
  return named === undefined ? null : resolve(named);
}

/** What another start handed on is checked like anything from outside. */
export function caseHandedOn(handed: unknown): string | null {
  if (typeof handed !== "object" || handed === null || !("casePath" in handed)) return null;
  return typeof handed.casePath === "string" ? handed.casePath : null;
}
