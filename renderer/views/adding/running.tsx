// How far it is: the source that is being read in figures, and every source so far as a line.

import type { ReactElement } from "react";
import { usePace } from "../../model/adding-pace.ts";
import { bytes, bytesParts, clock, count, duration, exactBytes } from "../../model/format.ts";
import { speedOf } from "../../model/pace.ts";
import { type Adding, isAdding } from "../../model/session.ts";

export function Running({ adding }: { readonly adding: Adding }): ReactElement {
  const pace = usePace();
  const { startedTime, paused } = adding;
  const source = pace.sources.at(-1);
  if (!source) return <p className="dim">{isAdding(adding) ? "Looking at what is there." : ""}</p>;
  const goesOn = isAdding(adding);
  const speed = goesOn && !paused ? speedOf(pace) : null;
  const share = source.bytesOf > 0 ? Math.min(1, source.bytes / source.bytesOf) : 0;
  const [number, unit] = bytesParts(source.bytes);
  const left = speed?.leftMs ?? null;
  const rest = paused ? "paused" : pace.deriving ? "almost done" : left === null ? "…" : duration(left);
  return (
    <>
      <dl className="figures">
        <Figure
          value={number}
          unit={`${unit} of ${bytes(source.bytesOf)}`}
          below="read"
          title={`${exactBytes(source.bytes)} of ${exactBytes(source.bytesOf)}`}
        />
        {goesOn ? <Figure value={speed ? bytes(speed.bytes) : "…"} unit={speed ? "/s" : ""} below="now" /> : null}
        <Figure
          value={count(source.tuples)}
          unit="tuples"
          below={speed ? `${count(speed.tuples)} a second` : "so far"}
        />
        {goesOn ? (
          <Figure
            value={rest}
            unit=""
            below={pace.deriving ? "conversations and flows are worked out, digests taken" : "left, at this rate"}
          />
        ) : null}
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
          <b>{count(source.members)}</b> of {count(source.membersOf)} members
        </span>
        <span className="ip dim current" title={source.member}>
          <bdi>{source.member}</bdi>
        </span>
        <span className="dim">started {clock(startedTime)} UTC</span>
      </p>
      <ul className="source-list" aria-label="Sources">
        {pace.sources.map((each) => (
          <li key={each.source}>
            <span className="what">
              <b className="ip" title={each.source}>
                {each.source}
              </b>
              <small>
                {each.members >= each.membersOf ? "read" : goesOn && !pace.deriving ? "being read" : "ended here"}
                {each.rejects > 0 ? `, ${count(each.rejects)} rejects` : ""}
              </small>
            </span>
            <span className="number" title={exactBytes(each.bytes)}>
              {bytes(each.bytes)}
            </span>
            <span className="number">
              {count(each.members)} of {count(each.membersOf)} members
            </span>
            <span className="number">{count(each.tuples)} tuples</span>
          </li>
        ))}
      </ul>
    </>
  );
}

function Figure(props: {
  readonly value: string;
  readonly unit: string;
  readonly below: string;
  readonly title?: string;
}): ReactElement {
  return (
    <div>
      <dd title={props.title}>
        {props.value} <span>{props.unit}</span>
      </dd>
      <dt>{props.below}</dt>
    </div>
  );
}
