// The account of what was read, and what needs attention in it.

import { Check, CircleAlert } from "lucide-react";
import type { ReactElement } from "react";
import type { IngestAccount } from "../../../shared/contract.ts";
import { usePace } from "../../model/adding-pace.ts";
import { runCommand } from "../../model/commands.ts";
import { count, duration } from "../../model/format.ts";
import { navigate } from "../../model/navigate.ts";
import { needsAttention, printAddition, recordsRead } from "./addition.ts";

export function AccountSoFar(): ReactElement {
  const progress = usePace(({ sources }) => sources.at(-1));
  return (
    <>
      <h2>Account so far</h2>
      <p className="dim">Of the source read last. What is in the case stands under Sources.</p>
      <dl className="account">
        <dt>Members read</dt>
        <dd>{count(progress?.members ?? 0)}</dd>
        <dt>Tuples added</dt>
        <dd>{count(progress?.tuples ?? 0)}</dd>
        <dt>Rejects</dt>
        <dd>{count(progress?.rejects ?? 0)}</dd>
      </dl>
    </>
  );
}

export function Account({ account }: { readonly account: IngestAccount }): ReactElement {
  const { added, sources, elapsedMs, settleMs } = account;
  const read = recordsRead(account);
  const attention = needsAttention(sources);
  return (
    <>
      <h2>Account</h2>
      <dl className="account">
        <dt>Whole records read</dt>
        <dd>{count(read.sum)}</dd>
        <dt className="part">added</dt>
        <dd>{count(added.records)}</dd>
        <dt className="part">seen before, word for word</dt>
        <dd>{count(added.duplicateRecords)}</dd>
        {read.sum === 0 ? null : (
          <dd className="addition">
            <Check size={12} /> {printAddition(read)}
          </dd>
        )}
        <dt>Tuples in added records</dt>
        <dd>{count(added.tuples)}</dd>
        <dt>Rejects: records and tuples kept as text, in no sum</dt>
        <dd>{count(added.rejects)}</dd>
        <dt>Time</dt>
        <dd title="Reading until every question can be answered, and deriving after that">
          {duration(elapsedMs)} + {duration(settleMs)}
        </dd>
      </dl>
      <h2>
        Needs attention <span className="dim">{count(attention.length + (added.rejects > 0 ? 1 : 0))}</span>
      </h2>
      {attention.map(({ path, status, reason }) => (
        <p key={path} className="attention-line">
          <CircleAlert size={13} className={status === "refused" ? "bad" : "attention"} />
          <span>
            <b title={path}>
              {path.split(/[\\/]/).at(-1)} {status === "refused" ? "was refused" : `is ${status}`}
            </b>
            {reason === null ? "" : `${reason}.`}
            {status === "refused" ? null : (
              <button
                type="button"
                className="link"
                onClick={() =>
                  navigate({ page: "explore", table: "members", sort: { field: "status", order: "desc" } })
                }
              >
                Show the members
              </button>
            )}
          </span>
        </p>
      ))}
      {added.rejects > 0 ? (
        <p className="attention-line">
          <CircleAlert size={13} className="attention" />
          <span>
            <b>
              {count(added.rejects)} {added.rejects === 1 ? "reject" : "rejects"}
            </b>
            What could not be read as a record or a tuple, with its place and its text.
            <button
              type="button"
              className="link"
              onClick={() => navigate({ page: "explore", table: "rejects", sort: null })}
            >
              Show the rejects
            </button>
          </span>
        </p>
      ) : null}
      {attention.length === 0 && added.rejects === 0 ? <p className="dim">Nothing.</p> : null}
      <p>
        <button type="button" className="button small" onClick={() => runCommand("source.add")}>
          Add more evidence…
        </button>
      </p>
    </>
  );
}
