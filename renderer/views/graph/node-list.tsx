// The graph's nodes as a list, for keyboard and screen reader.

import { type KeyboardEvent, memo, type ReactElement, useId } from "react";
import { bytes, count } from "../../model/format.ts";
import { type Pointed, termAndHost, titleOf } from "./chosen.ts";
import type { Picture } from "./picture.ts";

/** The same nodes as a list: arrow keys walk it, Space selects, Enter opens the tuples. */
export const NodeList = memo(function NodeList(props: {
  readonly picture: Picture;
  readonly focus: number;
  readonly onFocus: (node: number) => void;
  readonly onSelect: (what: Pointed) => void;
  readonly onOpen: (what: Pointed) => void;
}): ReactElement {
  const { picture, focus } = props;
  const id = useId();
  const value = termAndHost(picture, focus < 0 ? null : { node: focus });

  function onKeyDown(event: KeyboardEvent): void {
    const last = picture.nodes.length - 1;
    const to = {
      ArrowDown: focus + 1,
      ArrowRight: focus + 1,
      ArrowUp: focus - 1,
      ArrowLeft: focus - 1,
      Home: 0,
      End: last,
    }[event.key];
    if (to !== undefined && !event.altKey) {
      props.onFocus(Math.max(0, Math.min(last, to)));
      event.preventDefault();
    } else if (focus >= 0 && (event.key === " " || event.key === "Enter")) {
      event.preventDefault();
      props.onSelect({ node: focus });
      if (event.key === "Enter") props.onOpen({ node: focus });
    }
  }

  return (
    <div
      className="node-list"
      role="listbox"
      data-term={value.term}
      data-host={value.host}
      aria-label="Nodes of the graph"
      tabIndex={0}
      aria-activedescendant={focus >= 0 ? `${id}-${focus}` : undefined}
      onKeyDown={onKeyDown}
      onFocus={() => focus < 0 && picture.nodes.length > 0 && props.onFocus(0)}
      onBlur={() => props.onFocus(-1)}
    >
      {picture.nodes.map((node, i) => (
        // biome-ignore lint/a11y/useFocusableInteractive: the list itself takes the focus
        <div key={node.id} id={`${id}-${i}`} role="option" aria-selected={i === focus}>
          {node.group === "" ? "" : `${node.group}: `}
          {titleOf(node)}, {bytes(node.bytes)}, {count(node.tuples)} tuples
        </div>
      ))}
    </div>
  );
});
