// The five steps of the tour over the sample incident: what each part of the window is for, said of something that happened. The
// sentences are held to the sample by test/e2e/tour.test.ts.

import type { View } from "./view.ts";

export type TourStep = {
  readonly title: string;
  readonly text: string;
  /** The part of the window that it speaks of. */
  readonly target: string;
  /** Where the card stands, so that it hides nothing it speaks of. */
  readonly corner: "left" | "right";
  readonly view: Partial<View>;
};

/** Of the sample incident, whose bytes are the same everywhere. */
export const SAMPLE_DIGEST = "fd331938a5e78f170a020c427d5937ead05f777e45ab6621c57497f21a2bc9fa";

const at = (day: number, hour: number, minute = 0): number => Date.UTC(2026, 2, day, hour, minute);

export const tourSteps: readonly TourStep[] = [
  {
    title: "When: the timeline",
    text: "The jump host on port 3389. Denied tuples hang below the line, allowed ones stand above it: on Tuesday at half past seven what was denied is allowed. Drag here to look at another range; everything else follows.",
    target: '[aria-label="Timeline"]',
    corner: "right",
    view: {
      scope: { from: at(9, 20), to: at(10, 12), filter: "dst == 10.0.2.4 and dport == 3389" },
      page: "explore",
      selection: null,
    },
  },
  {
    title: "Who with whom: the graph",
    text: "Minutes later the jump host, 10.0.2.4, reaches for every address of the other network. A dashed edge was only ever denied. Click a node or an edge to select it; drag over several.",
    target: '[aria-label="Graph"]',
    corner: "right",
    view: {
      scope: { from: at(10, 8, 24), to: at(10, 8, 30), filter: "src == 10.0.2.4" },
      page: "explore",
      selection: { kind: "endpoint", ip: "10.0.2.4" },
    },
  },
  {
    title: "What is it: the inspector",
    text: "10.1.2.4 calls 203.0.113.45 once a minute, day and night: its begins stand on a level line. Decision, rule, encryption and the tuples themselves stand below. Mark a host here, or write a note.",
    target: '[aria-label="Inspector"]',
    corner: "left",
    view: {
      scope: { from: at(10, 8), to: at(11, 20), filter: "dst == 203.0.113.45" },
      page: "explore",
      selection: { kind: "edge", src: "10.1.2.4", dst: "203.0.113.45" },
    },
  },
  {
    title: "How much: the tables",
    text: "By night the backup server, 10.1.5.4, sends 4 GB to 192.0.2.146. Each table counts the same scope, its last line sums all of it, and what a limit leaves out is named. Double-click a row for its tuples.",
    target: '[aria-label="Tables"]',
    corner: "right",
    view: {
      scope: { from: at(11, 1), to: at(11, 4), filter: "src == 10.1.5.4 and dst == public" },
      page: "explore",
      table: "conversations",
      selection: null,
    },
  },
  {
    title: "Can it be proved: the evidence",
    text: "Every number leads here: the tuples it was added up of, the original text of each with its offset, and the SHA-256 of the file that holds it. Export evidence in scope hands both to others.",
    target: '[aria-label="Original text"]',
    corner: "left",
    view: {
      scope: { from: at(11, 1), to: at(11, 4), filter: "" },
      page: "evidence",
      exhibit: {
        filter: "src == 10.1.5.4 and dst == 192.0.2.146",
        title: "10.1.5.4 → 192.0.2.146",
        place: null,
      },
    },
  },
];
