// Adding evidence: how far it is, what came of it, and an account in which everything that was read stands in one line.

import { CircleAlert, Pause, Play } from "lucide-react";
import type { ReactElement } from "react";
import type { IngestAccount } from "../../../shared/contract.ts";
import type { Failure } from "../../../shared/failure.ts";
import { adviceOn } from "../../model/advice.ts";
import { navigate } from "../../model/navigate.ts";
import { type Adding, fail, forgetAdding, isAdding, pauseAdding, useSession } from "../../model/session.ts";
import { Account, AccountSoFar } from "./account.tsx";
import { Running } from "./running.tsx";
import { SourceLine } from "./source-line.tsx";
import { Sources } from "./sources.tsx";
import "./adding.css";

export function AddingPage(): ReactElement {
  const adding = useSession((session) => session.adding);
  if (adding === null) return <Sources />;
  const { account, failure } = adding;
  return (
    <div className="adding">
      <section className="pane" aria-label="Adding evidence">
        <header>
          <h1>{isAdding(adding) ? "Adding evidence" : failure ? "Adding evidence has ended" : titleOf(account)}</h1>
          {isAdding(adding) ? <Controls adding={adding} /> : <Finish />}
        </header>
        <p className="dim">
          {isAdding(adding)
            ? "You can go on working; what has been added is in every view. Cancelling keeps whole members and drops none in part."
            : adding.what}
        </p>
        {failure ? <Ended failure={failure} /> : null}
        {account === null ? (
          <Running adding={adding} />
        ) : (
          <ul className="source-list" aria-label="Sources">
            {account.sources.map((source) => (
              <li key={source.path}>
                <SourceLine source={source} />
              </li>
            ))}
          </ul>
        )}
      </section>
      <aside className="pane" aria-label="Account">
        {account === null ? <AccountSoFar /> : <Account account={account} />}
      </aside>
    </div>
  );
}

function titleOf(account: IngestAccount | null): string {
  const anything = account?.sources.some(({ status }) => status !== "unchanged" && status !== "refused") ?? false;
  return anything ? "Evidence added" : "Nothing was added";
}

function Ended({ failure: { kind, message } }: { readonly failure: Failure }): ReactElement {
  const title =
    kind === "cancelled" ? "Cancelled." : kind === "disk-full" ? "The disk is full." : "It could not go on.";
  return (
    <div className={kind === "cancelled" ? "ended" : "ended bad"} role="alert">
      <b>
        <CircleAlert size={14} /> {title}
      </b>
      {kind === "cancelled" ? null : <p>{message}</p>}
      <p>{adviceOn("adding", kind)}</p>
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
