// A record's original text, read from the evidence and not from the columns: in lines with their offsets, or as stored.

import { Copy } from "lucide-react";
import { type ReactElement, useEffect, useMemo, useRef, useState } from "react";
import type { RecordText } from "../../../shared/contract.ts";
import { useAnswer } from "../../model/answer.ts";
import { count } from "../../model/format.ts";
import { toast } from "../../model/session.ts";
import type { TuplePlace } from "../../model/view.ts";
import { Segmented } from "../../widgets/segmented.tsx";
import { citationOf } from "./citation.ts";
import { folded, indented } from "./indented.ts";
import { fieldsOf } from "./tuple-fields.ts";

export function RecordPane({ place }: { readonly place: TuplePlace }): ReactElement {
  const { value, failure, pending } = useAnswer("record.text", { ...place, from: 0 });
  const [form, setForm] = useState<"indented" | "as stored">("indented");
  const tuple = value ? markedText(value) : "";
  const whole = value !== null && value.from === 0 && byteLength(value.text) >= value.length;
  return (
    <section className="pane record" aria-label="Record">
      <header className="evidence-head">
        <p className="dim">
          Tuple {place.tuple} of record {count(place.record)}, as Azure wrote it
        </p>
        <h2 className="ip">{value?.mark ? `${count(value.offset + value.mark.offset)}` : "…"}</h2>
        <p>
          {value?.mark
            ? `Bytes ${count(value.offset + value.mark.offset)} to ${count(value.offset + value.mark.offset + value.mark.length - 1)} of the member. Read from the evidence, not from the columns.`
            : ""}
        </p>
      </header>
      <div className="pane-head">
        <Segmented
          label="Form"
          options={[
            { value: "indented", title: "Indented" },
            { value: "as stored", title: "As stored" },
          ]}
          shown={form}
          choose={setForm}
        />
        <span className="dim">offset in member</span>
        <span className="grow" />
        <button
          type="button"
          className="button small quiet"
          disabled={value === null}
          onClick={() => value && void copyCitation(place, value, tuple)}
        >
          <Copy size={12} /> Copy with citation
        </button>
      </div>
      {failure ? (
        <div className="empty" role="alert">
          <h3>The original text cannot be read.</h3>
          <p>{failure.message}</p>
        </div>
      ) : null}
      {value ? (
        <section
          className={`record-text mono${pending ? " pending" : ""}`}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and must do so by keyboard
          tabIndex={0}
          aria-label="Original text"
        >
          {form === "indented" && whole ? <Indented value={value} /> : <Stored value={value} />}
        </section>
      ) : null}
      <Fields tuple={tuple} />
    </section>
  );
}

function Indented({ value }: { readonly value: RecordText }): ReactElement {
  const lines = useMemo(() => indented(value.text), [value]);
  const at = value.mark?.offset ?? -1;
  const marked = lines.findIndex(({ offset, end }) => at >= offset && at < end);
  const [unfolded, setUnfolded] = useState<RecordText | null>(null);
  const shown = unfolded === value ? lines : folded(lines, marked);
  return (
    <>
      {shown.map((line) =>
        "folded" in line ? (
          <button type="button" key={`fold ${line.key}`} className="fold link" onClick={() => setUnfolded(value)}>
            … {count(line.folded)} more tuples
          </button>
        ) : (
          <TextLine
            key={line.offset}
            offset={value.offset + line.offset}
            depth={line.depth}
            marked={line === lines[marked]}
            text={line.text}
          />
        ),
      )}
    </>
  );
}

function TextLine(props: {
  readonly offset: number;
  readonly depth: number;
  readonly marked: boolean;
  readonly text: string;
}): ReactElement {
  const line = useRef<HTMLDivElement>(null);
  const { marked, offset } = props;
  useEffect(() => {
    if (marked && offset >= 0) line.current?.scrollIntoView({ block: "center" });
  }, [marked, offset]);
  return (
    <div ref={line} className={props.marked ? "text-line marked" : "text-line"}>
      <span className="offset">{count(props.offset)}</span>
      <span style={{ paddingLeft: `${props.depth * 10}px` }}>
        {props.marked ? <mark>{props.text}</mark> : props.text}
      </span>
    </div>
  );
}

function Stored({ value }: { readonly value: RecordText }): ReactElement {
  const { before, marked, after } = parts(value);
  return (
    <div className="stored">
      {value.from > 0 ? <p className="dim">From byte {count(value.offset + value.from)} of the member:</p> : null}
      {before}
      <mark>{marked}</mark>
      {after}
      {value.from + byteLength(value.text) < value.length ? (
        <p className="dim">
          {count(value.length - value.from - byteLength(value.text))} more bytes of this record are not shown.
        </p>
      ) : null}
    </div>
  );
}

function Fields({ tuple }: { readonly tuple: string }): ReactElement {
  const fields = tuple === "" ? [] : fieldsOf(tuple);
  return (
    <div className="fields">
      <h3>
        The {fields.length || ""} fields <span className="dim">by position</span>
      </h3>
      <dl>
        {fields.map(({ position, name, value }) => (
          <div key={position}>
            <dd className="mono">{value === "" ? <span className="dim">empty</span> : value}</dd>
            <dt>
              {position} {name}
            </dt>
          </div>
        ))}
      </dl>
    </div>
  );
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}

/** The text before, at and after the mark. */
function parts({ text, from, mark }: RecordText): Readonly<Record<"before" | "marked" | "after", string>> {
  if (mark === null) return { before: text, marked: "", after: "" };
  const bytes = new TextEncoder().encode(text);
  const read = (a: number, b?: number): string => new TextDecoder().decode(bytes.subarray(a, b));
  const start = mark.offset - from;
  return { before: read(0, start), marked: read(start, start + mark.length), after: read(start + mark.length) };
}

function markedText(value: RecordText): string {
  return parts(value).marked;
}

async function copyCitation(place: TuplePlace, value: RecordText, tuple: string): Promise<void> {
  await navigator.clipboard.writeText(`${tuple}\n${citationOf(place, value)}`);
  toast("Tuple copied with its citation");
}
