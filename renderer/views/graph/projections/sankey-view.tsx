// The Sankey: ribbons on a canvas, and a list of them for keyboard and screen reader, of which those near the focus exist.

import { type KeyboardEvent, type MouseEvent, type ReactElement, useEffect, useId, useMemo, useState } from "react";
import { bytes, count } from "../../../model/format.ts";
import { navigate } from "../../../model/navigate.ts";
import type { Selection } from "../../../model/view.ts";
import { selectionFilter } from "../../../model/view.ts";
import { openTuples } from "../../inspector/open-tuples.ts";
import { ValueMenu } from "../../values/value-menu.tsx";
import { edgesOfSelection, selectionOf } from "../chosen.ts";
import type { Picture } from "../parts.ts";
import { placeOf, Tip } from "../tip.tsx";
import { drawSankey, PAD, ribbonAt } from "./draw-sankey.ts";
import type { ProjectionProps } from "./projection.ts";
import { type Ribbon, type Sankey, sankeyOf } from "./sankey.ts";
import { useDrawn } from "./use-drawn.ts";

export function SankeyView({ view, graph, exhibit, onSize }: ProjectionProps): ReactElement {
  const { picture, rows } = graph;
  const { measure } = view.graph;
  const [size, setSize] = useState<readonly [number, number]>([900, 240]);
  const sankey = useMemo(() => sankeyOf(picture, measure, size[1] - 2 * PAD), [picture, measure, size]);
  const [active, setActive] = useState(-1);
  const [hover, setHover] = useState<{ readonly ribbon: number; readonly at: readonly [number, number] }>(NOWHERE);
  const id = useId();
  const selected = useMemo(() => {
    const edges = edgesOfSelection(picture, view.selection);
    return new Set(sankey.ribbons.flatMap((ribbon, i) => (ribbon.edges.some((edge) => edges.has(edge)) ? i : [])));
  }, [sankey, picture, view.selection]);
  const scene = { sankey, measure, hover: hover.ribbon, active, selected };
  const { canvas } = useDrawn(
    (pen, [width], colours) => drawSankey(pen, { ...scene, width }, colours),
    (next) => {
      setSize(next);
      onSize(next);
    },
  );

  useEffect(() => {
    const [width, height] = size;
    const still = { sankey, measure, hover: -1, active: -1, selected, width };
    exhibit.current = () => ({ width, height, draw: (pen, colours) => drawSankey(pen, still, colours) });
    return () => {
      exhibit.current = null;
    };
  }, [exhibit, sankey, measure, selected, size]);

  function select(ribbon: number, how: "select" | "open"): void {
    const made = selectionIn(picture, sankey, sankey.ribbons[ribbon]);
    navigate({ selection: made });
    if (how === "open" && made) openTuples(made);
  }

  function under(event: MouseEvent): number {
    const box = event.currentTarget.getBoundingClientRect();
    return ribbonAt(sankey, box.width, event.clientX - box.left, event.clientY - box.top);
  }

  function onKeyDown(event: KeyboardEvent): void {
    const last = sankey.ribbons.length - 1;
    const to = { ArrowDown: active + 1, ArrowUp: active - 1, Home: 0, End: last }[event.key];
    if (to !== undefined && !event.altKey) setActive(Math.max(0, Math.min(last, to)));
    else if (event.key === " " || event.key === "Enter") select(active, event.key === "Enter" ? "open" : "select");
    else return;
    event.preventDefault();
  }

  const pointed = hover.ribbon >= 0 ? hover.ribbon : active;
  const made = selectionIn(picture, sankey, sankey.ribbons[pointed]);
  const [edge] = sankey.ribbons[hover.ribbon]?.edges ?? [];
  const isOne = sankey.ribbons[hover.ribbon]?.edges.length === 1;
  const first = Math.max(0, active - 10);
  return (
    <>
      <div className="graph-area">
        <ValueMenu>
          <div className="sankey-body" data-term={made && made.kind !== "bar" ? selectionFilter(made) : ""}>
            <canvas
              ref={canvas}
              className="graph-canvas"
              role="img"
              aria-label={`Sankey of ${sankey.left.length} who opened and ${sankey.right.length} who answered; its ribbons are listed beside it`}
              onMouseMove={(event) => {
                const box = event.currentTarget.getBoundingClientRect();
                const ribbon = under(event);
                if (ribbon !== hover.ribbon)
                  setHover({ ribbon, at: [event.clientX - box.left, event.clientY - box.top] });
              }}
              onMouseLeave={() => setHover(NOWHERE)}
              onClick={(event) => select(under(event), "select")}
              onDoubleClick={(event) => select(under(event), "open")}
            />
            <div
              className="node-list"
              role="listbox"
              aria-label="Ribbons"
              tabIndex={0}
              aria-activedescendant={active >= 0 ? `${id}-${active}` : undefined}
              onKeyDown={onKeyDown}
              onFocus={() => active < 0 && sankey.ribbons.length > 0 && setActive(0)}
              onBlur={() => setActive(-1)}
            >
              {sankey.ribbons.slice(first, first + 20).map((ribbon, at) => (
                // biome-ignore lint/a11y/useFocusableInteractive: the list itself takes the focus
                <div
                  key={`${ribbon.from} ${ribbon.to}`}
                  id={`${id}-${first + at}`}
                  role="option"
                  aria-selected={selected.has(first + at)}
                  aria-posinset={first + at + 1}
                  aria-setsize={sankey.ribbons.length}
                >
                  {say(sankey, ribbon, measure === "bytes")}
                </div>
              ))}
            </div>
          </div>
        </ValueMenu>
        {hover.ribbon >= 0 && isOne && edge !== undefined ? (
          <Tip picture={picture} pointed={{ edge }} at={hover.at} isCompared={rows?.before != null} />
        ) : null}
        {hover.ribbon >= 0 && !isOne ? (
          <div className="graph-tip" role="tooltip" style={placeOf(hover.at)}>
            {say(sankey, sankey.ribbons[hover.ribbon], measure === "bytes")}
          </div>
        ) : null}
      </div>
      <div className="graph-foot">
        <span className="legend">
          <span>
            <i className="mark-allowed" /> allowed
          </span>
          <span>
            <i className="mark-denied" /> denied only
          </span>
        </span>
        <span className="grow" />
        <span className="graph-note">
          who opened → who answered; a bar is at least 3 px, its figure is exact by pointing at its ribbons
        </span>
      </div>
    </>
  );
}

const NOWHERE = { ribbon: -1, at: [0, 0] as const };

function say({ left, right }: Sankey, ribbon: Ribbon | undefined, isBytes: boolean): string {
  if (!ribbon) return "";
  const value = isBytes ? bytes(ribbon.value) : count(ribbon.value);
  const denied = ribbon.isDenied ? ", denied only" : "";
  return `${left[ribbon.from]?.title} to ${right[ribbon.to]?.title}, ${value}${denied}`;
}

/** What a ribbon stands for; null for none. */
function selectionIn(picture: Picture, { left, right }: Sankey, ribbon: Ribbon | undefined): Selection | null {
  const [first] = ribbon?.edges ?? [];
  if (!ribbon || first === undefined) return null;
  if (ribbon.edges.length === 1) return selectionOf(picture, { edge: first });
  const members = (nodes: readonly number[] = []): string =>
    `{${nodes.flatMap((node) => picture.nodes[node]?.members ?? []).join(", ")}}`;
  return {
    kind: "several",
    filter: `src in ${members(left[ribbon.from]?.nodes)} and dst in ${members(right[ribbon.to]?.nodes)}`,
    title: `${left[ribbon.from]?.title} → ${right[ribbon.to]?.title}`,
  };
}
