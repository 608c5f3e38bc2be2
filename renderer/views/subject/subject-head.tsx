// What the page is about: kind, name, what is known of it, its status where it is a host, and the ways on from here.

import type { ReactElement } from "react";
import { countryName } from "../../model/country-name.ts";
import { useNics } from "../../model/facts.ts";
import { exactInstant, instant } from "../../model/format.ts";
import { narrow, navigate, useShown } from "../../model/navigate.ts";
import type { Subject } from "../../model/subject.ts";
import { selectionOfSubject, subjectFilter, subjectKinds, subjectTitle } from "../../model/subject-lists.ts";
import { HostHead } from "../inspector/host-head.tsx";

export function SubjectHead({ subject }: { readonly subject: Subject }): ReactElement {
  const { from, to } = useShown(({ view }) => view.scope);
  const filter = useShown(({ view }) => view.scope.filter);
  return (
    <header className="section subject-head">
      <div className="name">
        {subject.kind === "host" ? (
          <HostHead ip={subject.ip} status />
        ) : (
          <>
            <p className="dim">{subjectKinds[subject.kind]}</p>
            <h2 className={subject.kind === "country" ? "" : "ip"} data-term={subjectFilter(subject)}>
              {subject.kind === "country" ? <CountryName code={subject.country} /> : subjectTitle(subject)}
            </h2>
            <p className="dim">
              <Words subject={subject} />
            </p>
          </>
        )}
      </div>
      <div className="ways">
        <div className="actions">
          {subject.kind === "host" ? (
            <button
              type="button"
              className="button"
              onClick={() => navigate({ page: "hosts", selection: { kind: "endpoint", ip: subject.ip } })}
            >
              Notes
            </button>
          ) : null}
          <button
            type="button"
            className="button"
            onClick={() =>
              navigate({
                page: "evidence",
                exhibit: { filter: subjectFilter(subject), alone: true, title: subjectTitle(subject), place: null },
              })
            }
          >
            Tuples
          </button>
          <button
            type="button"
            className="button"
            onClick={() => navigate({ page: "explore", selection: selectionOfSubject(subject) })}
          >
            Show in Explore
          </button>
        </div>
        <p className="dim">
          {from === null && to === null ? (
            "Whole case"
          ) : (
            <>
              <span
                title={[from, to].map((time) => (time === null ? "end of the case" : exactInstant(time))).join(" to ")}
              >
                {from === null ? "begin" : instant(from, "min")} → {to === null ? "end" : instant(to, "min")} UTC
              </span>{" "}
              <button type="button" className="link" onClick={() => narrow({ from: null, to: null })}>
                whole case
              </button>
            </>
          )}
          {filter.trim() === "" ? "" : " · the filter of Explore does not narrow this page"}
        </p>
      </div>
    </header>
  );
}

function Words({ subject }: { readonly subject: Exclude<Subject, { kind: "host" }> }): ReactElement {
  const nics = useNics();
  if (subject.kind === "nic") {
    const known = nics.byMac.get(subject.nic);
    const own = known?.addresses.slice(0, 3).map(({ ip }) => ip) ?? [];
    return <>{[known?.name, known?.subnet, known?.network, own.join(", ")].filter(Boolean).join(" · ")}</>;
  }
  if (subject.kind === "rule") return <>{subject.acl ?? "in every ACL that has a rule of this name"}</>;
  return (
    <>
      {subject.kind === "country" ? "of public addresses, by the bundled list; approximate" : "as logged by every NIC"}
    </>
  );
}

function CountryName({ code }: { readonly code: string }): ReactElement {
  return (
    <>
      {countryName(code)} <span className="dim">{code}</span>
    </>
  );
}
