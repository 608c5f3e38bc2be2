// One file of the evidence: its account, what its path says otherwise, and what it is to other copies of the same blob.

import { CircleAlert } from "lucide-react";
import { type ReactElement, useState } from "react";
import { accountLines } from "../../../shared/account.ts";
import type { Row } from "../../../shared/rows.ts";
import { useAnswer } from "../../model/answer.ts";
import { closeDialog, useDialog } from "../../model/dialogs.ts";
import { exactBytes } from "../../model/format.ts";
import { Modal } from "../../widgets/modal.tsx";
import { number, text } from "./cells.tsx";
import { copySentence, copyWord } from "./copy-words.ts";

const WHOLE = { from: null, to: null, filter: "" };
const MEMBERS = { by: "members", scope: WHOLE, sort: null, limit: 0, after: 0, bin: null } as const;

export function MemberDialog(): ReactElement {
  const opened = useDialog((dialog) => dialog.row);
  const [jumped, setJumped] = useState<Row | null>(null);
  const { value } = useAnswer("query.rows", MEMBERS);
  const row = jumped ?? opened ?? {};
  const is = (other: Row): boolean => other.source === row.earlierSource && other.member === row.earlierMember;
  const earlier = row.relation === null ? undefined : value?.rows.find(is);
  const remark = text(row.remark);
  return (
    <Modal title="A file of the evidence" wide onClose={closeDialog}>
      <div className="body">
        <p>
          <b className="ip">{text(row.member)}</b>
          <br />
          <span className="dim">
            of {text(row.source)}, {exactBytes(number(row.bytes))}, {text(row.status)}
          </span>
        </p>
        {row.reason === null ? null : <p>{text(row.reason)}.</p>}
        {row.sha256 === null ? null : <code className="block">{text(row.sha256)}</code>}
        {accountLines(accountIn(row)).map((line) => (
          <p key={line}>{line}</p>
        ))}
        {copyWord(row) === "" ? null : (
          <p className={row.relation === "altered" ? "failed" : ""}>
            {copySentence(row)}{" "}
            {earlier ? (
              <button type="button" className="link" onClick={() => setJumped(earlier)}>
                Show that copy
              </button>
            ) : null}
          </p>
        )}
        {remark === "" ? null : (
          <p>
            <CircleAlert size={13} /> The records are believed, but {remark}.
          </p>
        )}
        {jumped ? (
          <button type="button" className="link" onClick={() => setJumped(null)}>
            Back to {text(opened?.member)}
          </button>
        ) : null}
      </div>
    </Modal>
  );
}

function accountIn(row: Row): Parameters<typeof accountLines>[0] {
  return {
    records: number(row.records),
    duplicateRecords: number(row.duplicateRecords),
    rejectedRecords: number(row.rejectedRecords),
    tuples: number(row.tuples),
    duplicateTuples: number(row.duplicateTuples),
    rejectedTuples: number(row.rejectedTuples),
    rejects: number(row.rejects),
  };
}
