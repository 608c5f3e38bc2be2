// What is selected, in one order always: what it is and its status, actions, key figures, decision and rule, encryption, rhythm,
// tuples, where it comes from, notes. With nothing selected: the scope as a whole.

import { X } from "lucide-react";
import type { ReactElement, ReactNode } from "react";
import { useAnswer } from "../../model/answer.ts";
import { countedAs } from "../../model/counting.ts";
import { useFacts, useFactsKnown, useNics } from "../../model/facts.ts";
import { exclude, include, only } from "../../model/filter-edit.ts";
import { bytesParts, count, day, duration, exactBytes, exactInstant, instant, noun } from "../../model/format.ts";
import { narrow, navigate, useShown, useShownSoon } from "../../model/navigate.ts";
import { useNotebook } from "../../model/notebook.ts";
import { subjectOfSelection } from "../../model/subject-lists.ts";
import { narrowed, type Selection, selectionFilter } from "../../model/view.ts";
import { ValueMenu } from "../values/value-menu.tsx";
import { DecisionSection } from "./decision-section.tsx";
import { HostHead } from "./host-head.tsx";
import { NicSection } from "./nic-section.tsx";
import { openTuples } from "./open-tuples.ts";
import { RhythmSection } from "./rhythm-section.tsx";
import { SeveralSection } from "./several-section.tsx";
import { TuplesSection } from "./tuples-section.tsx";
import "./inspector.css";

const kinds: Readonly<Record<Selection["kind"], string>> = {
  edge: "Edge",
  endpoint: "Endpoint",
  nic: "NIC",
  conversation: "Conversation",
  several: "Several addresses",
  group: "Group",
  bar: "Bar",
};

export function Inspector(): ReactElement {
  const { scope, selection } = useShownSoon(({ view }) => view);
  const within = narrowed(scope, selection);
  const { value, pending, failure } = useAnswer("scope.totals", { scope: within });
  return (
    <ValueMenu>
      <aside className="pane inspector" aria-label="Inspector">
        <header className="section">
          <div className="kind">
            {selection === null ? "Everything in scope" : kinds[selection.kind]}
            <span className="grow" />
            {selection === null ? null : (
              <button
                type="button"
                className="icon-button"
                aria-label="Clear the selection"
                title="Clear the selection (Esc)"
                onClick={() => navigate({ selection: null })}
              >
                <X size={13} />
              </button>
            )}
          </div>
          <Title selection={selection} />
          {selection === null || selection.kind === "bar" ? null : <Actions selection={selection} />}
        </header>
        {failure ? <p className="section dim">{failure.message}</p> : null}
        {value === null ? null : (
          <div className={pending ? "pending" : ""}>
            <div className="key-figures">
              <Key
                parts={bytesParts(value.bytesSent + value.bytesReceived)}
                exact={exactBytes(value.bytesSent + value.bytesReceived)}
                below={`${bytesParts(value.bytesSent).join(" ")} sent · ${bytesParts(value.bytesReceived).join(" ")} received`}
                open={selection}
              />
              <Key
                parts={[count(value.conversations), ""]}
                exact=""
                below={noun(value.conversations, "conversation")}
                open={selection}
              />
              <Key parts={[count(value.tuples), ""]} exact="" below={noun(value.tuples, "tuple")} open={selection} />
              {value.firstTime === null || value.lastTime === null ? null : (
                <Key
                  parts={[duration(value.lastTime - value.firstTime), ""]}
                  exact={`${exactInstant(value.firstTime)} to ${exactInstant(value.lastTime)}`}
                  below={`${day(value.firstTime)} ${instant(value.firstTime, "s").slice(11)} to ${instant(value.lastTime, "s").slice(11)}`}
                  open={selection}
                />
              )}
            </div>
            <p className="each-side dim">All sums {countedAs(within)}, UTC.</p>
            {selection?.kind === "several" ? <SeveralSection scope={within} filter={selection.filter} /> : null}
            {selection?.kind === "nic" ? <NicSection nic={selection.nic} /> : null}
            <DecisionSection scope={within} totals={value} />
            {selection?.kind === "conversation" || selection?.kind === "edge" ? <RhythmSection scope={within} /> : null}
            <TuplesSection scope={within} selection={selection} total={value.tuples} />
            <NotesSection selection={selection} />
          </div>
        )}
      </aside>
    </ValueMenu>
  );
}

function Title({ selection }: { readonly selection: Selection | null }): ReactElement {
  if (selection === null) return <h2 className="dim">Select a node, an edge, a bar or a row.</h2>;
  switch (selection.kind) {
    case "endpoint":
      return <HostHead ip={selection.ip} status />;
    case "edge":
      return <Ends src={selection.src} dst={selection.dst} service="" />;
    case "nic":
      return <NicHead nic={selection.nic} />;
    case "group":
      return <h2>{selection.title}</h2>;
    case "bar":
      return (
        <h2 className="ip" title={`${exactInstant(selection.from)} to ${exactInstant(selection.to)}`}>
          {instant(selection.from, "s")} → {instant(selection.to, "s").slice(11)} UTC
        </h2>
      );
    case "several":
      return <h2>{selection.title}</h2>;
    case "conversation": {
      const [src = "", rest = ""] = selection.title.split(" → ");
      const [dst = "", service = ""] = rest.split(" ");
      return <Ends src={src} dst={dst} service={service} />;
    }
  }
}

function Ends(props: { readonly src: string; readonly dst: string; readonly service: string }): ReactElement {
  return (
    <div className="ends">
      <HostHead ip={props.src} status={false} />
      <div className="to">
        <span aria-hidden="true">→</span>
        <HostHead ip={props.dst} status={false} after={props.service} />
      </div>
    </div>
  );
}

function NicHead({ nic }: { readonly nic: string }): ReactElement {
  const known = useNics().byMac.get(nic);
  return (
    <>
      <h2 className="ip">{nic}</h2>
      <p className="dim">
        {[
          known?.name,
          known?.subnet,
          known?.network,
          known?.addresses
            .slice(0, 3)
            .map(({ ip }) => ip)
            .join(", "),
        ]
          .filter(Boolean)
          .join(" · ")}
      </p>
    </>
  );
}

function Actions({ selection }: { readonly selection: Exclude<Selection, { kind: "bar" }> }): ReactElement {
  const filter = useShown(({ view }) => view.scope.filter);
  const term = selectionFilter(selection);
  const subject = subjectOfSelection(selection);
  return (
    <div className="actions">
      <button type="button" className="button small" onClick={() => narrow({ filter: only(term) })}>
        Only
      </button>
      <button type="button" className="button small" onClick={() => narrow({ filter: include(filter, term) })}>
        Include
      </button>
      <button type="button" className="button small" onClick={() => narrow({ filter: exclude(filter, term) })}>
        Exclude
      </button>
      <span className="grow" />
      {subject === null ? null : (
        <button type="button" className="button small" onClick={() => navigate({ page: "subject", subject })}>
          Its page
        </button>
      )}
    </div>
  );
}

function Key(props: {
  readonly parts: readonly [string, string];
  readonly exact: string;
  readonly below: string;
  readonly open: Selection | null;
}): ReactElement {
  return (
    <button type="button" title={props.exact === "" ? undefined : props.exact} onClick={() => openTuples(props.open)}>
      <b className="door">
        {props.parts[0]}
        {props.parts[1] === "" ? null : <span className="unit">{props.parts[1]}</span>}
      </b>
      {props.below}
    </button>
  );
}

function NotesSection({ selection }: { readonly selection: Selection | null }): ReactNode {
  const notes = useNotebook(({ notebook }) => notebook.notes);
  const source = useFactsKnown((known) => known.source);
  const hosts =
    selection?.kind === "endpoint" ? [selection.ip] : selection?.kind === "edge" ? [selection.src, selection.dst] : [];
  useFacts(hosts);
  const found = notes.filter(({ host }) => host !== null && hosts.includes(host));
  return (
    <section className="section">
      <h3>
        Notes <span className="dim">{found.length === 0 ? "none" : found.length}</span>
      </h3>
      {found.map((note) => (
        <button
          type="button"
          key={note.id}
          className="note-line"
          onClick={() => note.host && navigate({ page: "hosts", selection: { kind: "endpoint", ip: note.host } })}
        >
          {note.text.split("\n")[0]?.slice(0, 160) || "(empty)"}
          <span className="dim">
            {note.author}, {instant(note.changedTime, "min")} UTC
          </span>
        </button>
      ))}
      {source ? (
        <p className="source dim">
          Countries: {source.name}, {instant(source.builtTime).slice(0, 10)}
        </p>
      ) : null}
    </section>
  );
}
