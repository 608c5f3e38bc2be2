// Adding evidence: how far it is, and at the end an account in which everything that was read stands in one line.

import { CircleAlert, Pause, Play } from "lucide-react";
import { type ReactElement, useEffect, useState } from "react";
import type { IngestAccount } from "../../../shared/contract.ts";
import { runCommand } from "../../model/commands.ts";
import { bytes, bytesParts, clock, count, duration } from "../../model/format.ts";
import { navigate } from "../../model/navigate.ts";
import { type Adding, fail, forgetAdding, isAdding, pauseAdding, useSession } from "../../model/session.ts";
import { SourceLine } from "./source-line.tsx";
import { Sources } from "./sources.tsx";
import "./adding.css";

export function AddingPage(): ReactElement {
  const adding = useSession((session) => session.adding);
  if (adding === null) return <Sources />;
  return (
    <div className="adding">
      <section className="pane" aria-label="Adding evidence">
        <header>
          <h1>
            {isAdding(adding) ? "Adding evidence" : adding.failure ? "Adding evidence has ended" : "Evidence added"}
          </h1>
          {isAdding(adding) ? <Controls adding={adding} /> : <Finish />}
        </header>
        <p className="dim">
          {isAdding(adding)
            ? "You can go on working; what has been added is in every view. Cancelling keeps whole members and drops none in part."
            : adding.what}
        </p>
        {adding.failure ? (
          <div className="ended" role="alert">
            <b>
              <CircleAlert size={14} /> {adding.failure.kind === "cancelled" ? "Cancelled." : "It could not go on."}
            </b>
            <p>{adding.failure.message}</p>
            <p>Members that were whole stay in the case. Adding the same evidence again goes on from there.</p>
          </div>
        ) : null}
        {adding.account === null ? <Running adding={adding} /> : <Account account={adding.account} />}
      </section>
      <aside className="pane" aria-label="Account">
        <SoFar adding={adding} />
      </aside>
    </div>
  );
}

function Controls({ adding }: { readonly adding: Adding }): ReactElement {
  const pause = (): void => {
    pauseAdding(!adding.paused).catch((thrown) => fail("It could not be paused.", thrown));
  };
  return (
    <>
      <button type="button" className="button" onClick={pause}>
        {adding.paused ? <Play size={13} /> : <Pause size={13} />} {adding.paused ? "Go on" : "Pause"}
      </button>
      <button type="button" className="button" onClick={adding.cancel}>
        Cancel
      </button>
    </>
  );
}

function Finish(): ReactElement {
  return (
    <>
      <button type="button" className="button" onClick={forgetAdding}>
        Sources
      </button>
      <button
        type="button"
        className="button primary"
        onClick={() => {
          forgetAdding();
          navigate({ page: "explore" });
        }}
      >
        Go to Explore
      </button>
    </>
  );
}

/** Renders once a second, so that times go on where no progress comes. */
function useNow(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return now;
}

function Running({ adding }: { readonly adding: Adding }): ReactElement {
  const now = useNow();
  const { progress, startedTime } = adding;
  const seconds = Math.max(0.5, (now - startedTime) / 1000);
  if (progress === null) return <p className="dim">Looking at what is there.</p>;
  const share = progress.bytesOf > 0 ? Math.min(1, progress.bytes / progress.bytesOf) : 0;
  const [number, unit] = bytesParts(progress.bytes);
  const left = share > 0.02 ? (seconds / share) * (1 - share) : null;
  return (
    <>
      <dl className="figures">
        <Big value={number} unit={`${unit} of ${bytes(progress.bytesOf)}`} below="read" />
        <Big value={bytes(progress.bytes / seconds)} unit="/s" below="on average" />
        <Big value={count(progress.tuples)} unit="tuples" below={`${count(progress.tuples / seconds)} a second`} />
        <Big
          value={adding.paused ? "paused" : left === null ? "…" : duration(left * 1000)}
          unit=""
          below={progress.stage === "deriving" ? "deriving conversations" : "left, at this rate"}
        />
      </dl>
      <div
        className="bar"
        role="progressbar"
        aria-label="Evidence read"
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.floor(share * 100)}
      >
        <i style={{ width: `${share * 100}%` }} />
      </div>
      <p className="of">
        <span>
          <b>{count(progress.members)}</b> of {count(progress.membersOf)} members
        </span>
        <span className="ip dim current">{progress.member}</span>
        <span className="dim">started {clock(startedTime)} UTC</span>
      </p>
    </>
  );
}

function Big(props: { readonly value: string; readonly unit: string; readonly below: string }): ReactElement {
  return (
    <div>
      <dd>
        {props.value} <span>{props.unit}</span>
      </dd>
      <dt>{props.below}</dt>
    </div>
  );
}

function Account({ account }: { readonly account: IngestAccount }): ReactElement {
  return (
    <ul className="source-list" aria-label="Sources">
      {account.sources.map((source) => (
        <li key={source.path}>
          <SourceLine source={source} />
        </li>
      ))}
    </ul>
  );
}

function SoFar({ adding }: { readonly adding: Adding }): ReactElement {
  const { account, progress } = adding;
  if (account === null)
    return (
      <>
        <h2>Account so far</h2>
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
  const { records, duplicateRecords, tuples, rejects } = account.added;
  const attention = account.sources.filter(({ status }) => status !== "complete" && status !== "unchanged");
  return (
    <>
      <h2>Account</h2>
      <dl className="account">
        <dt>Records read</dt>
        <dd>{count(records)}</dd>
        <dt className="part">added</dt>
        <dd>{count(records - duplicateRecords)}</dd>
        <dt className="part">seen before, word for word</dt>
        <dd>{count(duplicateRecords)}</dd>
        <dt>Tuples added</dt>
        <dd>{count(tuples)}</dd>
        <dt>Rejects, kept as text</dt>
        <dd>{count(rejects)}</dd>
        <dt>Time</dt>
        <dd>{duration(account.elapsedMs + account.settleMs)}</dd>
      </dl>
      <h2>
        Needs attention <span className="dim">{attention.length}</span>
      </h2>
      {attention.map(({ path, reason }) => (
        <p key={path} className="attention-line">
          <b>{path.split(/[\\/]/).at(-1)}</b> {reason}
        </p>
      ))}
      {rejects > 0 ? (
        <button
          type="button"
          className="link"
          onClick={() => {
            forgetAdding();
            navigate({ page: "explore", table: "rejects" });
          }}
        >
          Show the rejects
        </button>
      ) : null}
      {attention.length === 0 && rejects === 0 ? <p className="dim">Nothing.</p> : null}
      <p>
        <button type="button" className="button small" onClick={() => runCommand("source.add")}>
          Add more evidence…
        </button>
      </p>
    </>
  );
}
