// What the steps of verifying share: the case, what they have found, and how far they are.

import type { VerifyProgress } from "../../shared/contract.ts";
import type { ReadDb } from "../store/database.ts";
import type { MemberRow } from "../store/read.ts";

/** What kind of thing is not right: it decides what can be done about it. */
export type Found = (
  about: "file" | "structure" | "rows" | "columns" | "evidence" | "derived" | "journal" | "unfinished",
  sentence: string,
) => void;

/** What is being verified, for those who look for it. Each step adds the bytes it has been through. */
export type Verifying = {
  readonly db: ReadDb;
  readonly members: readonly MemberRow[];
  readonly found: Found;
  /** What `run` throws is a finding that begins with `what`. */
  attempt<T>(about: Parameters<Found>[0], what: string, run: () => T, otherwise: T): T;
  through(stage: VerifyProgress["stage"], bytes: number): void;
};

const TELL_MS = 200;

export function progressOf(
  tell: (progress: VerifyProgress) => void,
  bytesOf: number,
): { through: Verifying["through"]; end(): void } {
  let bytes = 0;
  let told = Number.NEGATIVE_INFINITY;
  let stage: VerifyProgress["stage"] | null = null;
  return {
    through(now, more) {
      bytes += more;
      if (now === stage && performance.now() - told < TELL_MS) return;
      stage = now;
      told = performance.now();
      tell({ stage, bytes: Math.min(bytes, bytesOf), bytesOf });
    },
    end: () => tell({ stage: "derived", bytes: bytesOf, bytesOf }),
  };
}
