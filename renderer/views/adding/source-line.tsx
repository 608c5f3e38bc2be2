// One source and what became of it.

import { CircleAlert, CircleCheck } from "lucide-react";
import type { ReactElement } from "react";
import type { SourceAccount } from "../../../shared/contract.ts";
import { bytes, count, exactBytes } from "../../model/format.ts";

const words: Readonly<Record<SourceAccount["status"], string>> = {
  complete: "complete",
  partial: "partial: what could be read is in the case",
  unchanged: "unchanged: all of it is in the case already",
  refused: "refused",
  interrupted: "interrupted: add it again to go on",
};

export function SourceLine({ source }: { readonly source: SourceAccount }): ReactElement {
  const good = source.status === "complete" || source.status === "unchanged";
  return (
    <>
      <span className={good ? "good" : "attention"}>
        {good ? <CircleCheck size={14} /> : <CircleAlert size={14} />}
      </span>
      <span className="what">
        <b className="ip" title={source.path}>
          {source.path}
        </b>
        <small>
          {words[source.status]}
          {source.reason && source.status !== "unchanged" ? `: ${source.reason}` : ""}
        </small>
      </span>
      <span className="number" title={exactBytes(source.bytes)}>
        {bytes(source.bytes)}
      </span>
      <span className="number">{count(source.members)} members</span>
      <span className="number">{count(source.tuples)} tuples</span>
    </>
  );
}
