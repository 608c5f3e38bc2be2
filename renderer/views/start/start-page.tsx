// The first screen: what can be begun, the cases that were open before, and where evidence may be dropped.

import { Database, Download, FolderOpen, Plus, Route, ShieldCheck, TriangleAlert, X } from "lucide-react";
import { type ReactElement, type ReactNode, useEffect, useState } from "react";
import type { RecentCase } from "../../../shared/contract.ts";
import { ask } from "../../host/ask.ts";
import { adviceOn } from "../../model/advice.ts";
import { choosePath } from "../../model/choose.ts";
import { printKeys, runCommand } from "../../model/commands.ts";
import { openDialog } from "../../model/dialogs.ts";
import { bytes, count, exactBytes, instant } from "../../model/format.ts";
import { fail, openCase, useSession } from "../../model/session.ts";
import "./start.css";

export function StartPage(): ReactElement {
  const { refused, opening, adding, connected, about } = useSession();
  return (
    <div className="start">
      <section className="begin" aria-label="Begin">
        <h1>
          <img src={iconUrl} alt="" width="34" height="34" /> Tidemark
        </h1>
        <p>
          Investigate Azure virtual network flow logs on this computer. Nothing is sent anywhere; every number leads
          back to the bytes it came from.
        </p>
        <Begin
          icon={<Plus size={18} />}
          title="New case"
          text="From a folder or archive of PT1H.json files"
          keys="Alt+N"
          run={() => runCommand("case.new")}
        />
        <Begin
          icon={<FolderOpen size={18} />}
          title="Open case"
          text="A .tidemark file"
          keys="Mod+O"
          run={() => runCommand("case.open")}
        />
        <Begin
          icon={<ShieldCheck size={18} />}
          title="Verify a case"
          text="Hash the evidence again, check the journal"
          keys=""
          run={() => void verify()}
        />
        <Begin
          icon={<Database size={18} />}
          title="Open the sample incident"
          text="3 days, 12 NICs, one intrusion"
          keys=""
          run={() => runCommand("sample.open")}
        />
        <Begin
          icon={<Route size={18} />}
          title="Take the tour"
          text="Five steps through that incident, from the timeline to the bytes"
          keys=""
          run={() => runCommand("help.tour")}
        />
      </section>
      <div className="beside">
        {refused ? (
          <div className="refused" role="alert">
            <b>
              <TriangleAlert size={14} /> The case could not be opened.
            </b>
            <p>{refused.message}</p>
            <p className="mid">{adviceOn("opening", refused.kind)}</p>
          </div>
        ) : null}
        {opening ? (
          <p className="opening" role="status">
            {adding?.progress
              ? `Reading ${adding.what}: ${count(adding.progress.tuples)} tuples of ${count(adding.progress.members)} files so far`
              : adding
                ? `Preparing ${adding.what}`
                : "Opening"}
          </p>
        ) : null}
        {connected && about !== null ? <Recent /> : null}
        <div className="drop-hint">
          <Download size={18} />
          <div>
            <b>Drop flow logs or a case anywhere in this window</b>
            <span>Folders, .zip, .tar, .tar.gz, .json, .json.gz. The originals are never written to.</span>
          </div>
        </div>
      </div>
    </div>
  );
}

const iconUrl = new URL("../../icon.svg", import.meta.url).href;

function Begin(props: {
  readonly icon: ReactNode;
  readonly title: string;
  readonly text: string;
  readonly keys: string;
  readonly run: () => void;
}): ReactElement {
  return (
    <button type="button" className="begin-button" onClick={props.run}>
      {props.icon}
      <span>
        <b>{props.title}</b>
        {props.text}
      </span>
      {props.keys === "" ? null : <kbd>{printKeys(props.keys)}</kbd>}
    </button>
  );
}

async function verify(): Promise<void> {
  try {
    const [path] = (await choosePath("open-case", "")) ?? [];
    if (!path) return;
    if (await openCase(path)) openDialog("verify");
  } catch (thrown) {
    fail("The case could not be opened.", thrown);
  }
}

function Recent(): ReactElement {
  const [cases, setCases] = useState<readonly RecentCase[] | null>(null);
  const read = (): void => {
    ask("recent.list", {}).then(
      (list) => setCases(list.cases),
      (thrown) => fail("The list of recent cases could not be read.", thrown),
    );
  };
  useEffect(read, []);
  const forget = (path: string | null): void => {
    ask("recent.forget", { path }).then(read, (thrown) => fail("It could not be taken off the list.", thrown));
  };
  const missing = (cases ?? []).some((each) => each.missing);
  return (
    <section className="recent" aria-label="Recent cases">
      <header>
        <b>Recent cases</b> <span className="dim">{cases?.length ?? ""}</span>
        <span className="grow" />
        {missing ? (
          <button type="button" className="button small quiet" onClick={() => forget(null)}>
            Clear missing
          </button>
        ) : null}
      </header>
      {cases !== null && cases.length === 0 ? (
        <p className="dim none">None yet. A case that was open once stands here.</p>
      ) : null}
      <ul>
        {(cases ?? []).map((each) => (
          <li key={each.path}>
            <button type="button" disabled={each.missing} onClick={() => void openCase(each.path)}>
              <span className="name">
                <b>{each.name}</b>
                <span className="ip">{each.path}</span>
              </span>
              <span className="holds">
                {each.missing ? (
                  <span className="missing">file not found</span>
                ) : (
                  <>
                    {count(each.nics)} NICs, {count(each.tuples)} tuples
                    <small>
                      {each.firstTime === null || each.lastTime === null
                        ? "no evidence yet"
                        : `${instant(each.firstTime).slice(0, 10)} to ${instant(each.lastTime).slice(0, 10)} UTC`}
                    </small>
                  </>
                )}
              </span>
              <span className="number" title={exactBytes(each.bytes)}>
                {bytes(each.bytes)}
              </span>
              <span className="dim number" title={`Opened ${instant(each.openedTime, "s")} UTC`}>
                {instant(each.openedTime, "min").slice(5)} UTC
              </span>
            </button>
            {each.missing ? (
              <button type="button" className="button small" onClick={() => forget(each.path)}>
                Forget
              </button>
            ) : (
              <button
                type="button"
                className="icon-button"
                aria-label={`Take ${each.name} off this list`}
                title="Take it off this list; the file stays"
                onClick={() => forget(each.path)}
              >
                <X size={13} />
              </button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
