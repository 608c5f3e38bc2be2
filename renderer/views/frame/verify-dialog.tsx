// Verify: what is checked, how far it is, what was found, what it means and what to do about it.

import { type ReactElement, useEffect } from "react";
import type { Result } from "../../../shared/contract.ts";
import { ask } from "../../host/ask.ts";
import { closeDialog } from "../../model/dialogs.ts";
import { count, instant } from "../../model/format.ts";
import { useSession } from "../../model/session.ts";
import { Modal } from "../../widgets/modal.tsx";
import { Failed, Foot, useLong } from "./dialogs.tsx";

export function VerifyDialog(): ReactElement {
  const verified = useLong<Result<"case.verify">>();
  const progress = useSession((session) => session.verifying);
  const verify = (): void => verified.start((signal) => ask("case.verify", {}, { signal }));
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when it opens
  useEffect(verify, []);
  const share =
    progress === null || progress.bytesOf === 0
      ? "Verifying."
      : `Verifying ${progress.stage}: ${Math.floor((progress.bytes / progress.bytesOf) * 100)} %.`;
  return (
    <Modal title="Verify this case" onClose={closeDialog}>
      <div className="body">
        <p>
          Hashes the embedded evidence again, checks every part of the file and the chain of the journal. This finds
          damage; it cannot tell forgery, until a case is signed.
        </p>
        {verified.done ? <Outcome done={verified.done} /> : null}
        <Failed failure={verified.failure} />
      </div>
      <Foot
        running={verified.running}
        done={verified.done !== null}
        action="Verify again"
        progress={share}
        onStart={verify}
        onCancel={verified.cancel}
      />
    </Modal>
  );
}

const fileHashes = {
  same: "every byte is as in the sum beside the file",
  differs: "the file differs from the sum beside it",
  none: "no sum lies beside the file",
};

function Outcome({ done }: { readonly done: Result<"case.verify"> }): ReactElement {
  return (
    <>
      <p>
        <b>{done.ok ? "Everything matches." : "Something does not match."}</b> {count(done.members)} members,{" "}
        {count(done.records)} records, {count(done.tuples)} tuples; evidence {done.evidence}, derived {done.derived};{" "}
        {fileHashes[done.fileHash]}.
      </p>
      <code className="block">{done.logicalDigest}</code>
      {done.findings.map((finding) => (
        <p key={finding} className="failed">
          {finding}
        </p>
      ))}
      {done.advice === null ? null : <p>{done.advice}</p>}
      {done.remarks.map((remark) => (
        <p key={remark}>{remark}</p>
      ))}
      {done.recovered === null ? null : (
        <>
          <p>
            Recovered from {done.recovered.from} at {instant(done.recovered.time)} UTC
            {done.recovered.lost.length === 0 ? "; nothing was lost." : ". What was lost:"}
          </p>
          {done.recovered.lost.map((loss) => (
            <p key={loss} className="dim">
              {loss}
            </p>
          ))}
        </>
      )}
    </>
  );
}
