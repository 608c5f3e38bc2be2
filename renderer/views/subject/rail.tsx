// What is known of a subject beside its traffic: addresses and networks of its NIC, the rules that let it in and stopped it,
// encryption, countries, coverage, rhythm and newest tuples of a conversation, notes.

import type { ReactElement } from "react";
import type { Scope } from "../../../shared/scope.ts";
import { useAnswer } from "../../model/answer.ts";
import { useNics } from "../../model/facts.ts";
import { count, duration, exactInstant, instant, noun } from "../../model/format.ts";
import { navigate } from "../../model/navigate.ts";
import { useNotebook } from "../../model/notebook.ts";
import type { Subject } from "../../model/subject.ts";
import { selectionOfSubject } from "../../model/subject-lists.ts";
import { bothOf } from "../../model/view.ts";
import { Glyph } from "../../widgets/glyph.tsx";
import { NicSection } from "../inspector/nic-section.tsx";
import { RhythmSection } from "../inspector/rhythm-section.tsx";
import { TuplesSection } from "../inspector/tuples-section.tsx";
import { hoursIn } from "../tables/gap-text.ts";
import { EncryptionShare } from "./encryption-share.tsx";
import { ShareSection } from "./share-section.tsx";

/** `scope`: the subject's tuples in the range. */
export function Rail({ subject, scope }: { readonly subject: Subject; readonly scope: Scope }): ReactElement {
  const nic = useNicOf(subject);
  const narrowed = (filter: string): Scope => ({ ...scope, filter: bothOf(scope.filter, filter) });
  const rules = (title: string, filter: string): ReactElement => (
    <ShareSection title={title} field="rule" scope={narrowed(filter)} />
  );
  return (
    <aside className="rail" aria-label="What is known of it">
      {nic === null ? null : <NicSection nic={nic} />}
      {subject.kind === "host" ? (
        <>
          {rules("Rules that let others in", `dst == ${subject.ip} and decision == allow`)}
          {rules("Rules that stopped others", `dst == ${subject.ip} and decision == deny`)}
          {rules("Rules that let it out", `src == ${subject.ip} and decision == allow`)}
          {rules("Rules that stopped it", `src == ${subject.ip} and decision == deny`)}
          <ShareSection title="Countries it called" field="dstCountry" scope={narrowed(`src == ${subject.ip}`)} />
        </>
      ) : null}
      {subject.kind === "nic" || subject.kind === "country" ? (
        <>
          {rules("Rules that allowed", "decision == allow")}
          {rules("Rules that denied", "decision == deny")}
        </>
      ) : null}
      {subject.kind === "rule" ? <ShareSection title="Countries of sources" field="srcCountry" scope={scope} /> : null}
      {subject.kind === "rule" ? <ShareSection title="ACLs that hold it" field="acl" scope={scope} /> : null}
      <EncryptionShare scope={scope} />
      {subject.kind === "conversation" ? <Conversation subject={subject} scope={scope} /> : null}
      {nic === null ? null : <Coverage nic={nic} />}
      {subject.kind === "host" ? <Notes ip={subject.ip} /> : null}
    </aside>
  );
}

function useNicOf(subject: Subject): string | null {
  const { byAddress } = useNics();
  if (subject.kind === "nic") return subject.nic;
  return subject.kind === "host" ? (byAddress.get(subject.ip)?.nic ?? null) : null;
}

function Conversation({ subject, scope }: { readonly subject: Subject; readonly scope: Scope }): ReactElement | null {
  const { value } = useAnswer("scope.totals", { scope });
  return (
    <>
      <RhythmSection scope={scope} />
      {value === null ? null : (
        <TuplesSection scope={scope} selection={selectionOfSubject(subject)} total={value.tuples} />
      )}
    </>
  );
}

const GAPS = 6;

function Coverage({ nic }: { readonly nic: string }): ReactElement | null {
  const known = useNics().byMac.get(nic);
  if (!known) return null;
  const [logged, missing] = [hoursIn(known.logged), hoursIn(known.gaps)];
  return (
    <section className="section" aria-label="Coverage">
      <h3>
        Coverage{" "}
        <span className="dim">
          {count(logged)} of {count(logged + missing)} hours logged, whole case
        </span>
      </h3>
      {known.gaps.length === 0 ? <p className="dim">No hour without records between its first and last.</p> : null}
      <ul className="gaps">
        {known.gaps.slice(0, GAPS).map(({ from, to }) => (
          <li key={from} title={`${exactInstant(from)} to ${exactInstant(to)}: no record, which is not no traffic`}>
            <Glyph name="gap" label="not logged" /> {instant(from, "min").slice(5)} → {instant(to, "min").slice(5)}
            <span className="dim"> {duration(to - from)}</span>
          </li>
        ))}
      </ul>
      {known.gaps.length > GAPS ? <p className="dim">+{count(known.gaps.length - GAPS)} other gaps</p> : null}
    </section>
  );
}

function Notes({ ip }: { readonly ip: string }): ReactElement {
  const notes = useNotebook(({ notebook }) => notebook.notes);
  const own = notes.filter(({ host }) => host === ip);
  return (
    <section className="section" aria-label="Notes">
      <h3>
        Notes <span className="dim">{own.length === 0 ? "none" : `${own.length} ${noun(own.length, "note")}`}</span>
      </h3>
      {own.map((note) => (
        <button
          key={note.id}
          type="button"
          className="note-line"
          onClick={() => navigate({ page: "hosts", selection: { kind: "endpoint", ip } })}
        >
          {note.text.split("\n")[0]?.slice(0, 160) || "(empty)"}
          <span className="dim">
            {note.author}, {instant(note.changedTime, "min")} UTC
          </span>
        </button>
      ))}
    </section>
  );
}
