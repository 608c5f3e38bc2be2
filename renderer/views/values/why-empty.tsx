// Why nothing is there, in place of what would be: the fact, what it means, and one thing to do about it.

import { type ReactElement, type ReactNode, useMemo } from "react";
import { useAnswer } from "../../model/answer.ts";
import { chipsOf, conditionsOf, switched } from "../../model/chips.ts";
import { runCommand } from "../../model/commands.ts";
import { useNics } from "../../model/facts.ts";
import { count, instant, noun } from "../../model/format.ts";
import { condition, narrow, useShown } from "../../model/navigate.ts";
import { useSession } from "../../model/session.ts";
import { type Why, whyEmpty } from "../../model/why-empty.ts";

const HOUR = 3_600_000;

export function WhyEmpty(): ReactElement {
  const { scope } = useShown(({ view }) => view);
  const info = useSession((session) => session.info);
  const nics = useNics();
  const why = useMemo(() => (info === null ? null : whyEmpty(scope, info, nics.list)), [scope, info, nics.list]);
  return why === null ? <Empty title="Reading the case" /> : <Reason why={why} />;
}

/** The reason alone, where there is no room for more. */
function whyWords(why: Why): string {
  switch (why.kind) {
    case "no evidence":
      return "There is no evidence in this case yet.";
    case "after":
      return `The range lies after the evidence ends, at ${instant(why.at)} UTC.`;
    case "before":
      return `The range lies before the evidence begins, at ${instant(why.at)} UTC.`;
    case "not logged":
      return why.who === null ? "No NIC has a log of this range." : `${why.who} has no log of this range.`;
    case "filter":
      return "The filter leaves nothing in this range.";
    case "nothing":
      return "No tuple in this range.";
  }
}

function Reason({ why }: { readonly why: Why }): ReactElement {
  switch (why.kind) {
    case "no evidence":
      return (
        <Empty title={whyWords(why)} text="Add a folder or an archive of flow logs.">
          <Act title="Add evidence" run={() => runCommand("source.add")} />
        </Empty>
      );
    case "after":
      return (
        <Empty title={whyWords(why)} text="What happened then is not in this case.">
          <Act title="Go to the last hour" run={() => narrow({ from: why.at + 1 - HOUR, to: why.at + 1 })} />
        </Empty>
      );
    case "before":
      return (
        <Empty title={whyWords(why)} text="What happened then is not in this case.">
          <Act title="Go to the first hour" run={() => narrow({ from: why.at, to: why.at + HOUR })} />
        </Empty>
      );
    case "not logged": {
      const { next } = why;
      return (
        <Empty title={whyWords(why)} text="This does not mean there was no traffic.">
          {next === null ? (
            <Act title="Show the whole case" run={() => narrow({ from: null, to: null })} />
          ) : (
            <Act title="Go to the nearest logged hour" run={() => narrow({ from: next, to: next + HOUR })} />
          )}
        </Empty>
      );
    }
    case "filter":
      return <Filtered terms={why.terms} />;
    case "nothing":
      return (
        <Empty
          title={whyWords(why)}
          text={`${count(why.nics)} ${noun(why.nics, "NIC")} of this case; at least one was logged throughout an hour of it.`}
        >
          <Act title="Show the whole case" run={() => narrow({ from: null, to: null })} />
        </Empty>
      );
  }
}

/** The conditions told apart; more are only counted together. */
const TOLD = 4;

function Filtered({ terms }: { readonly terms: readonly string[] }): ReactElement {
  const { scope, off } = useShown(({ view }) => view);
  const alone = (i: number) => {
    const term = terms.length > 1 && terms.length <= TOLD ? terms[i] : undefined;
    return term === undefined ? null : { scope: { ...scope, filter: term } };
  };
  const all = useAnswer("scope.totals", { scope: { ...scope, filter: "" } });
  const counts = [
    useAnswer("scope.totals", alone(0)),
    useAnswer("scope.totals", alone(1)),
    useAnswer("scope.totals", alone(2)),
    useAnswer("scope.totals", alone(3)),
  ].map(({ value }) => value?.conversations ?? null);
  const known = terms.flatMap((term, i) => {
    const left = counts[i] ?? null;
    return left === null ? [] : [{ term, left }];
  });
  const rarest = known.toSorted((a, b) => a.left - b.left)[0];
  const switchOff = (term: string): void => {
    const chips = chipsOf({ filter: scope.filter, off });
    condition(
      conditionsOf(
        switched(
          chips,
          chips.findIndex((chip) => chip.isOn && chip.term === term),
        ),
      ),
    );
  };
  return (
    <Empty
      title={`The filter leaves none of ${all.value === null ? "the" : count(all.value.conversations)} conversations`}
      text={
        terms.length === 1 ? (
          <code>{terms[0]}</code>
        ) : (
          <>
            {known.map(({ term, left }) => (
              <span key={term}>
                <code>{term}</code> alone leaves {left === 0 ? "none" : count(left)}.{" "}
              </span>
            ))}
            {known.length > 0 && known.every(({ left }) => left > 0) ? "Together they leave none." : null}
          </>
        )
      }
    >
      {rarest && known.length === terms.length && terms.length > 1 ? (
        <Act title={`Switch off ${rarest.term}`} run={() => switchOff(rarest.term)} />
      ) : null}
      <Act title="Clear the filter" run={() => condition({ filter: "", off: [] })} />
    </Empty>
  );
}

export function Empty(props: {
  readonly title: string;
  readonly text?: ReactNode;
  readonly children?: ReactNode;
}): ReactElement {
  return (
    <div className="empty" role="status">
      <h3>{props.title}</h3>
      {props.text === undefined ? null : <p>{props.text}</p>}
      <div className="actions">{props.children}</div>
    </div>
  );
}

function Act({ title, run }: { readonly title: string; readonly run: () => void }): ReactElement {
  return (
    <button type="button" className="button" onClick={run}>
      {title}
    </button>
  );
}
