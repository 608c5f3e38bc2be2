// Seed → logs to add, and what settling must make of them.

import { type NaiveTuple, type Settled, settle } from "./naive-settling.ts";
import { filesOf, intoSources } from "./settling-files.ts";
import { type LogFile, settlingInput } from "./settling-input.ts";
import { diceFrom } from "./traffic-scenes.ts";
import { type Logged, trafficToSettle } from "./traffic-to-settle.ts";

export type SettlingCase = {
  /** What was meant to be logged. */
  readonly logged: readonly Logged[];
  /** Folders of files, in the order in which they are added. */
  readonly sources: readonly (readonly LogFile[])[];
  /** As read from the sources: those of duplicate records are not among them. */
  readonly tuples: readonly NaiveTuple[];
  readonly settled: Settled;
};

/** Of the seeds from `seed` on, each its own network. The same files for each `order`, divided among sources and added in its own way. */
export function settlingCase(seed: number, order = 0, networks = 1): SettlingCase {
  const logged = Array.from({ length: networks }, (_, network) => trafficToSettle(seed + network, network)).flat();
  const files = filesOf(diceFrom(seed), logged);
  const sources = intoSources(diceFrom(seed * 1000 + order), files);
  const tuples = settlingInput(sources);
  return { logged, sources, tuples, settled: settle(tuples) };
}
