// The account of what was read, and what needs attention in it.

import { CircleAlert } from "lucide-react";
import type { ReactElement } from "react";
import type { IngestAccount } from "../../../shared/contract.ts";
import { usePace } from "../../model/adding-pace.ts";
import { runCommand } from "../../model/commands.ts";
import { count, duration } from "../../model/format.ts";
import { navigate } from "../../model/navigate.ts";
import { AccountLines } from "./account-lines.tsx";
import { copiesIn, needsAttention } from "./attention.ts";

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
  const attention = needsAttention(sources);
  const odd = copiesIn(sources);
  return (
    <>
      <h2>Account</h2>
      <AccountLines account={account.account} />
      <dl className="account">
        <dt>Time</dt>
        <dd title="Reading until every question can be answered, and deriving after that">
          {duration(elapsedMs)} + {duration(settleMs)}
        </dd>
      </dl>
      <h2>
        Needs attention{" "}
        <span className="dim">{count(attention.length + odd.length + (added.rejects > 0 ? 1 : 0))}</span>
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
                  navigate({ page: "explore", table: "members", sort: [{ field: "status", order: "desc" }] })
                }
              >
                Show the members
              </button>
            )}
          </span>
        </p>
      ))}
      {odd.map(({ what, bad }) => (
        <p key={what} className="attention-line">
          <CircleAlert size={13} className={bad ? "bad" : "attention"} />
          <span>
            <b>{what}</b>
            <button
              type="button"
              className="link"
              onClick={() =>
                navigate({ page: "explore", table: "members", sort: [{ field: "relation", order: "asc" }] })
              }
            >
              Show the members
            </button>
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
              onClick={() => navigate({ page: "explore", table: "rejects", sort: [] })}
            >
              Show the rejects
            </button>
          </span>
        </p>
      ) : null}
      {attention.length === 0 && odd.length === 0 && added.rejects === 0 ? <p className="dim">Nothing.</p> : null}
      <p>
        <button type="button" className="button small" onClick={() => runCommand("source.add")}>
          Add more evidence…
        </button>
      </p>
    </>
  );
}
