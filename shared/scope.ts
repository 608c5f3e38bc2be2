// What is being looked at: a half-open time range and a filter. The same for every view, the command line and the address.

import { z } from "./schema.ts";

/** Longest filter, in characters. */
export const FILTER_LENGTH = 1 << 20;

/** What a time range says (docs/command-line.md): tuples in it, or all tuples of the flows that overlap it, or that start in it. */
export const timeSemantics = ["inside", "overlapping", "starting"] as const;

export const Scope = z.object({
  /** ms since 1970 UTC, inclusive; null = from the first tuple. */
  from: z.int().nullable(),
  /** ms since 1970 UTC, exclusive; null = to the last tuple. */
  to: z.int().nullable(),
  /** Filter expression as typed; empty = everything. */
  filter: z.string().max(FILTER_LENGTH),
  /**
   * Which part of the scope is looked at, as a filter: what a row was added up of. Unlike `filter` it says nothing of sides: a flow
   * that once leaves out stays out, also where the part names a NIC.
   */
  part: z.string().max(FILTER_LENGTH).optional(),
  /** Each side (every NIC's log; where it does not say) or once (a flow counts once, however many logged it): docs/settling.md. */
  sides: z.enum(["each", "once"]).optional(),
  /** As logged (where it does not say), or with roll-overs undone. */
  counters: z.enum(["logged", "adjusted"]).optional(),
  /** What the range says: tuples inside it (where it does not say), or whole flows that overlap it or start in it. */
  time: z.enum(timeSemantics).optional(),
  /** The flow that is looked at, told by one of its tuples in scope: like `part`, what a row was added up of. */
  flow: z.object({ source: z.string(), member: z.string(), record: z.int(), tuple: z.int() }).optional(),
  /**
   * The stretch of time a bar of the timeline stands for, inclusive to exclusive: like `part`, it leaves the range's own meaning as it
   * is. `spread`: the tuples whose counters, spread, fall into it, and those of that time; tuples then show their share of it.
   */
  bar: z.object({ from: z.int(), to: z.int(), spread: z.boolean().optional() }).optional(),
});
export type Scope = z.infer<typeof Scope>;

export const EVERYTHING: Scope = { from: null, to: null, filter: "" };
