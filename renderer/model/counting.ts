// How traffic is counted: each side or once, as logged or with roll-overs undone. Part of the scope, so every view says the same.

import { EVERYTHING, type Scope } from "../../shared/scope.ts";

/** In words, to stand behind a sum. */
export function countedAs({ sides, counters }: Scope): string {
  const words = sides === "once" ? "once" : "each side";
  return counters === "adjusted" ? `${words}, roll-overs undone` : words;
}

/** The same in two short lines; the same object for the same words. */
export function countedInLines({ sides, counters }: Scope): readonly [string, string] {
  return LINES[counters === "adjusted" ? "adjusted" : "logged"][sides === "once" ? "once" : "each"];
}

const LINES = {
  logged: { each: ["as logged,", "each side"], once: ["as logged,", "once"] },
  adjusted: { each: ["adjusted,", "each side"], once: ["adjusted,", "once"] },
} as const;

export function withSides(scope: Scope, sides: "each" | "once"): Scope {
  const { sides: _, ...rest } = scope;
  return sides === "once" ? { ...rest, sides } : rest;
}

export function withCounters(scope: Scope, counters: "logged" | "adjusted"): Scope {
  const { counters: _, ...rest } = scope;
  return counters === "adjusted" ? { ...rest, counters } : rest;
}

/** Without range and filter, counted in the same way. */
export function wholeCase({ sides, counters }: Scope): Scope {
  return { ...EVERYTHING, ...(sides ? { sides } : {}), ...(counters ? { counters } : {}) };
}
