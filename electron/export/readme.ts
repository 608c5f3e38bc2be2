// README.txt of an evidence package: what each file is and how to check it, for someone who has never seen this program.

import type { Totals } from "../../shared/contract.ts";
import { MANIFEST } from "./new-folder.ts";

/** `scope.json`. Times in ms since 1970 UTC, with their text beside them. */
export type About = {
  readonly program: string;
  readonly case: string;
  readonly caseLogicalDigest: string;
  readonly zone: "UTC";
  /** From included, to not; null where the range is open. An empty filter keeps everything. */
  readonly scope: {
    readonly from: number | null;
    readonly to: number | null;
    readonly fromText: string | null;
    readonly toText: string | null;
    /** What the range says: tuples inside it, or whole flows that overlap it or start in it. */
    readonly time: "inside" | "overlapping" | "starting";
    readonly filter: string;
    /** Which part of the scope, as a filter; empty: all of it. */
    readonly part: string;
    /** One tuple of the flow that this is the evidence of. */
    readonly flow: {
      readonly source: string;
      readonly member: string;
      readonly record: number;
      readonly tuple: number;
    } | null;
    /** The bar of a timeline that this is the evidence of. */
    readonly bar: {
      readonly from: number;
      readonly to: number;
      readonly fromText: string;
      readonly toText: string;
    } | null;
    readonly sides: "each" | "once";
  };
  readonly counts: Readonly<Record<"members" | "records" | "recordBytes" | "tuples", number>>;
  readonly totals: Totals & {
    readonly eachSide: boolean;
    readonly firstText: string | null;
    readonly lastText: string | null;
  };
};

export function readme(about: About): string {
  const { scope, counts } = about;
  const n = (value: number): string => value.toLocaleString("en-US");
  // A filter may hold line breaks: they must not look like lines of this text.
  const quoted = (text: string): string => (text.trim() === "" ? "none: everything" : JSON.stringify(text));
  const more = [
    ...(scope.time === "inside"
      ? []
      : [`  time    whole flows ${scope.time === "starting" ? "that start in" : "that overlap"} that range`]),
    ...(scope.part === "" ? [] : [`  part    ${quoted(scope.part)}`]),
    ...(scope.flow === null ? [] : [`  flow    of the tuple at ${JSON.stringify(scope.flow)}`]),
    ...(scope.bar === null
      ? []
      : [`  bar     ${scope.bar.fromText} to ${scope.bar.toText} (not included) of a timeline`]),
    ...(scope.sides === "each" ? [] : ["  sides   once: tuples of flows that another log holds better are not here"]),
  ].map((line) => `${line}\n`);
  return `Evidence exported from a case of Azure flow logs

Written by ${about.program} from the case "${about.case.replace(/[\p{Cc}"]/gu, "?")}"
(logical digest of the case: ${about.caseLogicalDigest}).

What was asked for
  from    ${scope.fromText ?? "the first tuple"} (included)
  to      ${scope.toText ?? "the last tuple"} (not included)
  filter  ${quoted(scope.filter)}
${more.join("")}All times are UTC. A tuple is one logged string; a record is the element of a flow log that holds it.

What is here
  ${n(counts.records)} records of ${n(counts.members)} log files, ${n(counts.tuples)} tuples in scope

  records/          The original records, byte for byte, one file for each log file they came from. A record is in here
                    when at least one of its tuples is in scope, so it may hold other tuples as well. After each record
                    stands one line feed that is not part of it. A record that came again elsewhere in the evidence,
                    with the same content, is here once: where it came first.
  records.csv       Where each of them came from: file and offset in it here; source, log file ("member"), number of the
                    record and offset there, counted in bytes of the uncompressed log file; its length; SHA-256 of the
                    record, and of the whole log file, which was read again for this export and found unchanged.
                    Texts as in tuples.csv.
  tuples.csv        The tuples in scope, for spreadsheets: a text that begins with = + - @, a tab or a carriage return
                    has a ' put before it, so that no program takes it for a formula.
  tuples.ndjson     The same tuples exactly, one JSON document a line. "time" is milliseconds since 1970 UTC; counters
                    are as logged, null where the log has none; source, member, record, tuple and offset lead to the
                    original text.
  scope.json        What was asked for, what came of it, totals. ${scope.sides === "each" ? "Each side: a connection logged at both ends counts twice." : "Once: a connection counts once."}
  ${MANIFEST}  SHA-256 of every other file here.

How to check
  sha256sum -c ${MANIFEST}        (Linux; macOS: shasum -a 256 -c ${MANIFEST})
This finds damage. It proves nothing about who made this folder: it is not signed. To be sure that nothing was changed on
the way, compare the SHA-256 of ${MANIFEST} with the one its sender tells you by other means.
`;
}
