// Notes and findings on the axis, as buttons over the canvas: a sheet or a pennant, the others of its place counted. A click opens it.

import { DropdownMenu } from "radix-ui";
import { memo, type ReactElement } from "react";
import { instant } from "../../model/format.ts";
import { navigate } from "../../model/navigate.ts";
import { openNote } from "../../model/new-notes.ts";
import type { Range } from "../../model/range.ts";
import { Glyph } from "../../widgets/glyph.tsx";
import { type Cluster, clustersOf, type Mark } from "./marks.ts";
import { axisOf } from "./picture.ts";
import { xOf } from "./scale.ts";
import "../../widgets/menu.css";

const LEAST_PX = 26;

export const MarksLayer = memo(function MarksLayer(props: {
  readonly marks: readonly Mark[];
  readonly range: Range;
  /** CSS px. */
  readonly width: number;
}): ReactElement | null {
  const { marks, range, width } = props;
  const axis = axisOf(range, width);
  const within = marks.filter(({ time }) => time >= range.from && time < range.to);
  if (within.length === 0 || width === 0) return null;
  const clusters = clustersOf(within, (time) => xOf(axis, time), LEAST_PX);
  return (
    <ul className="marks" aria-label="Notes on the axis">
      {clusters.map((cluster) => (
        <li key={cluster.front.id} style={{ left: cluster.x }}>
          {cluster.marks.length === 1 ? <Single mark={cluster.front} /> : <Several cluster={cluster} />}
        </li>
      ))}
    </ul>
  );
});

function Single({ mark }: { readonly mark: Mark }): ReactElement {
  return (
    <button type="button" title={wordsOf(mark)} aria-label={wordsOf(mark)} onClick={() => open(mark)}>
      <Sign mark={mark} />
    </button>
  );
}

function Several({ cluster: { front, marks } }: { readonly cluster: Cluster }): ReactElement {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger
        title={marks.map(wordsOf).join("\n")}
        aria-label={`${wordsOf(front)}, and ${marks.length - 1} more here`}
      >
        <Sign mark={front} />
        <small>+{marks.length - 1}</small>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align="start" sideOffset={4}>
          {marks.map((mark) => (
            <DropdownMenu.Item key={mark.id} className="menu-item" onSelect={() => open(mark)}>
              <Sign mark={mark} />
              {mark.title || "Note without text"}
              <span className="menu-note">{instant(mark.time, "s")}</span>
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

function Sign({ mark: { severity, label, status } }: { readonly mark: Mark }): ReactElement {
  if (severity !== null && label !== null)
    return (
      <svg
        className="glyph"
        width={9 + label.length * 6}
        height={12}
        viewBox={`0 0 ${9 + label.length * 6} 12`}
        aria-hidden="true"
      >
        <path d={`M0 0h${9 + label.length * 6}l-4 6 4 6H0z`} fill={`var(--sev-${severity})`} />
        <text x="3" y="9.4" fill="var(--surface)" fontSize="9" fontWeight="620">
          {label}
        </text>
      </svg>
    );
  return (
    <>
      <Glyph name="note" />
      {status ? <Glyph name={status} size={9} /> : null}
    </>
  );
}

function wordsOf({ time, title, host, label }: Mark): string {
  return [label ?? "Note", `${instant(time, "s")} UTC`, host, title].filter(Boolean).join(", ");
}

function open({ id, host }: Mark): void {
  openNote(id);
  navigate({ page: "hosts", selection: host === null ? null : { kind: "endpoint", ip: host } });
}
