// The graph's nodes as a list, for keyboard and screen reader: arrows up and down walk nodes, left and right the edges of one. Only those
// near the focus exist, so that 2,000 nodes cost nothing.

import { type KeyboardEvent, memo, type ReactElement, useId, useMemo, useState } from "react";
import { bytes, count } from "../../model/format.ts";
import { type Pointed, termAndHost, titleOf } from "./chosen.ts";
import type { Edge, Picture } from "./parts.ts";

const AROUND = 12;

export const NodeList = memo(function NodeList(props: {
  readonly picture: Picture;
  readonly selected: ReadonlySet<number>;
  readonly focus: number;
  /** Where the focused node stands: its menu opens there. */
  readonly at: readonly [number, number];
  readonly onFocus: (what: Pointed) => void;
  readonly onSelect: (what: Pointed, how: "one" | "more") => void;
  readonly onOpen: (what: Pointed) => void;
  /** A key with a meaning of its own; true where it was taken. */
  readonly onKey: (event: KeyboardEvent) => boolean;
}): ReactElement {
  const { picture, focus } = props;
  const id = useId();
  const [edgeAt, setEdgeAt] = useState(-1);
  const edges = useMemo(
    () => picture.edges.flatMap(({ source, target }, i) => (source === focus || target === focus ? i : [])),
    [picture, focus],
  );
  const edge = edges[edgeAt];
  const what: Pointed = edge !== undefined ? { edge } : focus >= 0 ? { node: focus } : null;
  const value = termAndHost(picture, what);

  function onKeyDown(event: KeyboardEvent): void {
    if (event.altKey) return;
    const last = picture.nodes.length - 1;
    const to = {
      ArrowDown: focus + 1,
      ArrowUp: focus - 1,
      Home: 0,
      End: last,
      PageDown: focus + 10,
      PageUp: focus - 10,
    }[event.key];
    const isPlain = !event.ctrlKey && !event.metaKey;
    if (to !== undefined && isPlain) {
      setEdgeAt(-1);
      props.onFocus({ node: Math.max(0, Math.min(last, to)) });
    } else if (isPlain && (event.key === "ArrowRight" || event.key === "ArrowLeft")) {
      const next = Math.max(-1, Math.min(edges.length - 1, edgeAt + (event.key === "ArrowRight" ? 1 : -1)));
      setEdgeAt(next);
      const reached = edges[next];
      props.onFocus(reached === undefined ? { node: focus } : { edge: reached });
    } else if (what !== null && isPlain && (event.key === " " || event.key === "Enter")) {
      props.onSelect(what, event.shiftKey ? "more" : "one");
      if (event.key === "Enter") props.onOpen(what);
    } else if (!props.onKey(event)) return;
    event.preventDefault();
  }

  const first = Math.max(0, Math.min(focus - AROUND, picture.nodes.length - 2 * AROUND));
  const shown = picture.nodes.slice(first, first + 2 * AROUND);
  return (
    <div
      className="node-list"
      role="listbox"
      data-term={value.term}
      data-host={value.host}
      aria-label="Nodes of the graph"
      aria-multiselectable="true"
      aria-keyshortcuts="E H O L Control+Z"
      tabIndex={0}
      style={{ left: Math.max(0, props.at[0]), top: Math.max(0, props.at[1]) }}
      aria-activedescendant={edge !== undefined ? `${id}-edge` : focus >= 0 ? `${id}-${focus}` : undefined}
      onKeyDown={onKeyDown}
      onFocus={() => focus < 0 && picture.nodes.length > 0 && props.onFocus({ node: 0 })}
      onBlur={() => {
        setEdgeAt(-1);
        props.onFocus(null);
      }}
    >
      {shown.map((node, at) => {
        const i = first + at;
        return (
          // biome-ignore lint/a11y/useFocusableInteractive: the list itself takes the focus
          <div
            key={node.id}
            id={`${id}-${i}`}
            role="option"
            aria-selected={props.selected.has(i)}
            aria-posinset={i + 1}
            aria-setsize={picture.nodes.length}
          >
            {node.group === "" ? "" : `${node.group}: `}
            {titleOf(node)}, {bytes(node.bytes)}, {count(node.tuples)} tuples
            {i === focus ? `, ${edges.length} edges` : ""}
          </div>
        );
      })}
      {edge !== undefined ? (
        // biome-ignore lint/a11y/useFocusableInteractive: the list itself takes the focus
        <div
          id={`${id}-edge`}
          role="option"
          aria-selected={false}
          aria-posinset={edgeAt + 1}
          aria-setsize={edges.length}
        >
          {sayEdge(picture, picture.edges[edge] as Edge)}
        </div>
      ) : null}
    </div>
  );
});

function sayEdge(picture: Picture, edge: Edge): string {
  const [source, target] = [picture.nodes[edge.source], picture.nodes[edge.target]];
  if (!source || !target) return "";
  const denied = edge.denied > 0 ? `, ${count(edge.denied)} denied` : "";
  return `${titleOf(source)} to ${titleOf(target)}, ${bytes(edge.bytesSent + edge.bytesReceived)}, ${count(edge.tuples)} tuples${denied}`;
}
