// A source as a line: what became of it, and what it brought.

import { CircleAlert, CircleCheck, CircleSlash, CircleX } from "lucide-react";
import type { ReactElement } from "react";
import { accountLines } from "../../../shared/account.ts";
import type { SourceAccount } from "../../../shared/contract.ts";
import { bytes, count, exactBytes } from "../../model/format.ts";

type Status = SourceAccount["status"];

const words: Readonly<Record<Status, string>> = {
  complete: "complete",
  partial: "partial: what could be read is in the case",
  unchanged: "unchanged: all of it was in the case already; nothing was added, nothing counted twice",
  refused: "refused: nothing of it is in the case",
  interrupted: "interrupted: add it again to go on",
};

const glyphs: Readonly<Record<Status, ReactElement>> = {
  complete: <CircleCheck size={14} />,
  partial: <CircleAlert size={14} />,
  unchanged: <CircleSlash size={14} />,
  refused: <CircleX size={14} />,
  interrupted: <CircleAlert size={14} />,
};

const tones: Readonly<Record<Status, string>> = {
  complete: "good",
  partial: "attention",
  unchanged: "dim",
  refused: "bad",
  interrupted: "attention",
};

export function SourceLine({ source }: { readonly source: SourceAccount }): ReactElement {
  const { status, reason } = source;
  return (
    <>
      <span className={tones[status]}>{glyphs[status]}</span>
      <span className="what">
        <b className="ip" title={source.path}>
          {source.path}
        </b>
        <small>
          {words[status]}
          {status === "complete" && source.duplicateRecords > 0
            ? `, ${count(source.duplicateRecords)} of its records seen before`
            : ""}
          {reason !== null && status !== "unchanged" ? `. ${reason}` : ""}
        </small>
      </span>
      <span className="number" title={exactBytes(source.bytes)}>
        {bytes(source.bytes)}
      </span>
      <span className="number">{several(source.members, "member")}</span>
      <span className="number" title={accountLines(source).join("\n")}>
        {several(source.records, "record")}
      </span>
      <span className="number">{several(source.tuples, "tuple")}</span>
    </>
  );
}

export function several(number: number, what: string): string {
  return `${count(number)} ${what}${number === 1 ? "" : "s"}`;
}
