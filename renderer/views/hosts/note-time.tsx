// The instant a note speaks of, for its mark on the timeline: none until one is given; typed, in UTC.

import { X } from "lucide-react";
import { type ReactElement, useState } from "react";
import { exactInstant, instant } from "../../model/format.ts";
import { shownView } from "../../model/navigate.ts";
import { wholeRange } from "../../model/range.ts";
import { useSession } from "../../model/session.ts";
import { printTime, typedTime } from "../filter-bar/typed-range.ts";

export function NoteTime(props: {
  readonly time: number | null;
  readonly editing: boolean;
  readonly onChange: (time: number | null) => void;
}): ReactElement | null {
  const { time } = props;
  const whole = wholeRange(useSession((session) => session.info));
  const [typed, setTyped] = useState<string | null>(null);
  const [fault, setFault] = useState<string | null>(null);

  if (!props.editing)
    return time === null ? null : (
      <span className="dim" title={exactInstant(time)}>
        at {instant(time, "s")} UTC
      </span>
    );

  if (time === null && typed === null)
    return (
      <button
        type="button"
        className="button small quiet"
        title="Marks the timeline at this instant"
        onClick={() => {
          const { scope, selection } = shownView();
          props.onChange((selection?.kind === "bar" ? selection.from : scope.from) ?? whole?.from ?? null);
        }}
      >
        At time…
      </button>
    );

  function take(): void {
    if (typed === null || whole === null) return;
    const read = typedTime(typed, "from", whole);
    if ("fault" in read) return setFault(read.fault);
    setFault(null);
    setTyped(null);
    props.onChange(read.time);
  }

  return (
    <span className="note-time">
      <label>
        at{" "}
        <input
          className="mono"
          aria-label="Time of the note, UTC"
          aria-invalid={fault !== null}
          title={fault ?? undefined}
          value={typed ?? (time === null ? "" : printTime(time))}
          onChange={(event) => setTyped(event.target.value)}
          onBlur={take}
          onKeyDown={(event) => event.key === "Enter" && take()}
        />{" "}
        UTC
      </label>
      <button
        type="button"
        className="icon-button"
        aria-label="No time"
        onClick={() => {
          setTyped(null);
          setFault(null);
          props.onChange(null);
        }}
      >
        <X size={12} />
      </button>
      {fault === null ? null : (
        <span role="alert" className="failed">
          {fault}
        </span>
      )}
    </span>
  );
}
