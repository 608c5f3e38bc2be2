// The sources of the case: what each is, its hash, and how to take it back.

import { type ReactElement, useState } from "react";
import { ask } from "../../host/ask.ts";
import { runCommand } from "../../model/commands.ts";
import { bytes, count, exactBytes } from "../../model/format.ts";
import { navigate } from "../../model/navigate.ts";
import { fail, isAdding, toast, useSession } from "../../model/session.ts";
import { AccountLines } from "./account-lines.tsx";
import { copiesIn } from "./attention.ts";
import { SourceLine, several } from "./source-line.tsx";

function nameOf(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path;
}

export function Sources(): ReactElement {
  const info = useSession((session) => session.info);
  const blocked = useSession(({ open, adding }) =>
    isAdding(adding) ? "Evidence is being added." : (open?.readOnly ?? null),
  );
  const [asking, setAsking] = useState<number | null>(null);
  const sources = info?.sourceList ?? [];

  async function takeBack(path: string): Promise<void> {
    setAsking(null);
    try {
      const { records, tuples, readAgain, addAgain } = await ask("source.undo", { source: path });
      const read =
        readAgain.length > 0 ? ` Read again, as they hold some of it too: ${readAgain.map(nameOf).join(", ")}.` : "";
      const again =
        addAgain.length > 0 ? ` Not embedded and gone with it, to be added again: ${addAgain.join(", ")}.` : "";
      toast(
        `${nameOf(path)} was taken back: ${several(records, "record")}, ${several(tuples, "tuple")}.${read}${again}`,
      );
    } catch (thrown) {
      fail("The source could not be taken back.", thrown);
    }
  }

  return (
    <div className="adding">
      <section className="pane" aria-label="Sources of evidence">
        <header>
          <h1>Sources of evidence</h1>
          <button
            type="button"
            className="button primary"
            disabled={blocked !== null}
            title={blocked ?? undefined}
            onClick={() => runCommand("source.add")}
          >
            Add evidence…
          </button>
        </header>
        <p className="dim">Or drop folders and archives anywhere in this window. The originals are only read.</p>
        {sources.length === 0 ? (
          <div className="empty" role="status">
            <h3>There is no evidence in this case yet.</h3>
            <p>
              Folders, .zip, .tar, .tar.gz, .json and .json.gz with virtual network or network security group flow logs.
            </p>
          </div>
        ) : (
          <ul className="source-list" aria-label="Sources">
            {sources.map((source, i) => (
              <li key={source.id}>
                <SourceLine source={source} />
                <span className="ip dim" title={source.sha256 ?? ""}>
                  {source.sha256?.slice(0, 8) ?? ""}
                </span>
                {sources.findLastIndex(({ path }) => path === source.path) !== i ? (
                  <span className="dim" title="The newest of the same path is taken back first">
                    added again below
                  </span>
                ) : asking === source.id ? (
                  <span className="question">
                    <small>Its {several(source.tuples, "tuple")} leave the case. It can be added again.</small>
                    <button type="button" className="button small danger" onClick={() => void takeBack(source.path)}>
                      Take it back
                    </button>
                    <button type="button" className="button small quiet" onClick={() => setAsking(null)}>
                      Keep it
                    </button>
                  </span>
                ) : (
                  <button
                    type="button"
                    className="button small quiet"
                    disabled={blocked !== null}
                    title={blocked ?? undefined}
                    onClick={() => setAsking(source.id)}
                  >
                    Take back…
                  </button>
                )}
              </li>
            ))}
          </ul>
        )}
      </section>
      <aside className="pane" aria-label="Account">
        <h2>In the case</h2>
        {info ? (
          <dl className="account">
            <dt>Members</dt>
            <dd>{count(info.members)}</dd>
            <dt>Tuples</dt>
            <dd>{count(info.tuples)}</dd>
            <dt className="part">allowed</dt>
            <dd>{count(info.allowed)}</dd>
            <dt className="part">denied</dt>
            <dd>{count(info.denied)}</dd>
            <dt>Evidence</dt>
            <dd>{info.embedded ? "embedded" : "referred to"}</dd>
            <dt>Case file</dt>
            <dd title={exactBytes(info.fileBytes)}>{bytes(info.fileBytes)}</dd>
          </dl>
        ) : null}
        {info ? (
          <>
            <h2>Everything that was read</h2>
            <AccountLines account={info} />
            {copiesIn(info.sourceList).map(({ what, bad }) => (
              <p key={what} className={bad ? "failed" : "dim"}>
                {what}
              </p>
            ))}
            <p className="links">
              <button type="button" className="link" onClick={() => navigate({ page: "explore", table: "members" })}>
                Members
              </button>
              <button type="button" className="link" onClick={() => navigate({ page: "explore", table: "rejects" })}>
                Rejects
              </button>
            </p>
            <h2>Logical digest</h2>
            <p className="ip digest">{info.logicalDigest}</p>
          </>
        ) : null}
      </aside>
    </div>
  );
}
