// The walk-through of the sample incident: twelve actions, each on something that can be read on the screen, and what each shows.
// test/e2e/story.test.ts walks it; `npm run pictures` walks it too, and writes docs/walk-through.md with a picture a step.

import type { Locator, Page } from "playwright";

export type WalkStep = {
  /** What to do, as a heading. */
  readonly act: string;
  readonly on: (page: Page) => Locator;
  /** What can be seen then, and what it means. */
  readonly means: string;
  /** Texts that stand on the screen after it. */
  readonly sees: readonly string[];
};

const link = (page: Page, name: string | RegExp): Locator => page.getByRole("button", { name }).first();

/** After "Open the sample incident", which is the first of the twelve. */
export const walk: readonly WalkStep[] = [
  {
    act: "Click the table Edges",
    on: (page) => page.getByRole("tab", { name: /^Edges/ }),
    means: "Who spoke to whom, a row a pair, over the whole case: 1,911 edges, summed in the last line.",
    sees: ["Σ 1,911 edges, each side"],
  },
  {
    act: "Click the head Sent",
    on: (page) => page.getByRole("columnheader", { name: "Sent →" }),
    means:
      "The pair that sent most stands first: 10.1.5.4, the backup server, sent 4.02 GB to 192.0.2.146. The nightly copy to Azure's storage, 20.150.38.228, is the innocent one below it.",
    sees: ["192.0.2.146", "4.02"],
  },
  {
    act: "Click the row of 192.0.2.146",
    on: (page) => page.getByRole("row", { name: /192\.0\.2\.146/ }).first(),
    means:
      "**4 GB leave by night.** One conversation on port 443, 37 tuples, between 01:07 and 03:35 on Wednesday, allowed by a default rule.",
    sees: ["37 tuples", "2 h 27 min"],
  },
  {
    act: "Click Its page",
    on: (page) => link(page, "Its page"),
    means: "The edge by itself, with every NIC that saw it: one, so this was not counted twice.",
    sees: ["10.1.5.4 → 192.0.2.146", "Seen by"],
  },
  {
    act: "Click 10.1.5.4",
    on: (page) => link(page, /10\.1\.5\.4/),
    means:
      "What the backup server did else. It **calls 203.0.113.45** thousands of times, which nobody's backup does; it **fetched from 10.1.3.4 and 10.1.4.4** over 445 the evening before; and 10.1.2.4 opened 445 and 5985 to it.",
    sees: ["203.0.113.45", "10.1.2.4"],
  },
  {
    act: "Click 203.0.113.45",
    on: (page) => link(page, /203\.0\.113\.45/),
    means:
      "**Two hosts call home**, 10.1.2.4 and 10.1.5.4, and nobody else: thousands of short connections to one address in Australia, and denials on Wednesday evening, when the responders close the way.",
    sees: ["2 peers", "10.1.2.4", "10.1.5.4"],
  },
  {
    act: "Click 10.1.2.4",
    on: (page) => link(page, /10\.1\.2\.4/),
    means: "The application server. **10.0.2.4, the jump host, opened SMB and WinRM to it**: lateral movement.",
    sees: ["10.0.2.4", "5985/tcp", "445/tcp"],
  },
  {
    act: "Click 10.0.2.4",
    on: (page) => link(page, /10\.0\.2\.4/),
    means:
      "The jump host. It **reached for over forty addresses** of the other network, most of which answer to nobody: the sweep. And from outside, 198.51.100.23 opened connections to it.",
    sees: ["198.51.100.23"],
  },
  {
    act: "Click 198.51.100.23",
    on: (page) => link(page, /198\.51\.100\.23/),
    means:
      "The way in. Port 3389 only: **denied on Monday evening, allowed from Tuesday 07:31**, hundreds of short connections, then long ones; denied again at the end. The rule that let it out of the denials is named at the right.",
    sees: ["3389/tcp", "UserRule_Temp-Allow-RDP-Vendor", "DefaultRule_DenyAllInBound"],
  },
  {
    act: "Click UserRule_Temp-Allow-RDP-Vendor",
    on: (page) => link(page, "UserRule_Temp-Allow-RDP-Vendor"),
    means:
      "**The door.** A rule made for a vendor, 89.160.20.115, that let everybody in: two sources used it, one of them the intruder.",
    sees: ["2 sources", "89.160.20.115", "198.51.100.23"],
  },
  {
    act: "Click Tuples",
    on: (page) => link(page, "Tuples"),
    means:
      "**The proof.** Every tuple that the rule let in, the original text of each with its offset, and the SHA-256 of the file that holds it.",
    sees: ["SHA-256"],
  },
];

/** The page of docs/ that the walk makes. */
export function walkPage(pictureOf: (step: number) => string): string {
  const steps = walk.map(({ act, means }, i) => `## ${i + 2}. ${act}\n\n${means}\n\n![${act}](${pictureOf(i + 2)})\n`);
  return [
    "<!-- Written by npm run pictures, from test/support/walk.ts: change it there. -->",
    "# The sample incident in twelve actions",
    "",
    "From nothing to the whole story by clicking what stands on the screen. What truly happened, with every figure: [sample-incident.md](sample-incident.md).",
    "",
    `## 1. Open the sample incident\n\nOn the first screen. Three days of an invented company: ${"346,247"} tuples of 12 NICs.\n\n![Open the sample incident](${pictureOf(1)})\n`,
    ...steps,
  ].join("\n");
}
