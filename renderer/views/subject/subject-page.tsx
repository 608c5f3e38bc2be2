// A host, NIC, rule, conversation or country by itself: what it is, what it did over the whole case, whom and what it had to do with
// in the range, and what is known of it.

import type { ReactElement } from "react";
import { useNics } from "../../model/facts.ts";
import { navigate, useShownSoon } from "../../model/navigate.ts";
import type { Subject } from "../../model/subject.ts";
import { listsOf, subjectFilter, subjectKinds, subjectTitle } from "../../model/subject-lists.ts";
import { ValueMenu } from "../values/value-menu.tsx";
import { Activity } from "./activity.tsx";
import { Rail } from "./rail.tsx";
import { SubjectHead } from "./subject-head.tsx";
import { TopListSection } from "./top-list.tsx";
import "./subject.css";

export function SubjectPage(): ReactElement {
  const { scope, subject } = useShownSoon(({ view }) => view);
  const nics = useNics();
  if (subject === null) return <NoSubject />;
  const filter = subjectFilter(subject);
  const [left, right] = listsOf(subject);
  const within = { ...scope, filter: "" };
  return (
    <ValueMenu>
      <section className="pane subject" aria-label={`${subjectKinds[subject.kind]} ${subjectTitle(subject)}`}>
        <SubjectHead subject={subject} />
        <Activity filter={filter} gaps={gapsOf(subject, nics)} />
        <div className="columns">
          {[left, right].map((lists) => (
            <div key={lists[0]?.title}>
              {lists.map((list) => (
                <TopListSection key={list.title} list={list} scope={within} />
              ))}
            </div>
          ))}
          <Rail subject={subject} scope={{ ...within, filter }} />
        </div>
      </section>
    </ValueMenu>
  );
}

const NONE: readonly never[] = [];

function gapsOf(subject: Subject, nics: ReturnType<typeof useNics>): readonly { from: number; to: number }[] {
  if (subject.kind === "host") return nics.byAddress.get(subject.ip)?.gaps ?? NONE;
  return subject.kind === "nic" ? (nics.byMac.get(subject.nic)?.gaps ?? NONE) : NONE;
}

function NoSubject(): ReactElement {
  return (
    <div className="empty" role="status">
      <h3>This address names no host, NIC, rule, conversation or country.</h3>
      <p>It was cut off, or written by another version.</p>
      <button type="button" className="button" onClick={() => navigate({ page: "explore" })}>
        Explore
      </button>
    </div>
  );
}
