// Explore: filter bar over timeline, graph and table; inspector at the right over their full height. All show one scope. What lies
// between them is drawn to divide them; each can be folded, shown alone, or put into a window of its own.

import { type CSSProperties, type ReactElement, useEffect, useRef } from "react";
import { usePanes } from "../../model/arrange.ts";
import { offer } from "../../model/commands.ts";
import { limits, type PaneName } from "../../model/panes.ts";
import { FilterBar } from "../filter-bar/filter-bar.tsx";
import { GraphPane } from "../graph/graph-pane.tsx";
import { Inspector } from "../inspector/inspector.tsx";
import { TablesPane } from "../tables/tables-pane.tsx";
import { TimelinePane } from "../timeline/timeline-pane.tsx";
import { paneCommands } from "./pane-commands.ts";
import { PaneFrame } from "./pane-frame.tsx";
import { Splitter } from "./splitter.tsx";
import "./explore.css";

export const panes: Readonly<Record<PaneName, () => ReactElement>> = {
  timeline: TimelinePane,
  graph: GraphPane,
  tables: TablesPane,
  inspector: Inspector,
};

export function ExplorePage(): ReactElement {
  const { timeline, graph, inspector, folded, alone, away } = usePanes();
  const root = useRef<HTMLDivElement>(null);
  useEffect(() => offer(paneCommands()), []);
  const isShown = (name: PaneName): boolean => alone === null || alone === name;
  const isOpen = (name: PaneName): boolean => isShown(name) && !folded.includes(name) && !away.includes(name);
  const heightOf = (selector: string): number => root.current?.querySelector(selector)?.clientHeight ?? 0;
  const frame = (name: PaneName): ReactElement | null => {
    const Pane = panes[name];
    return isShown(name) ? (
      <PaneFrame name={name}>
        <Pane />
      </PaneFrame>
    ) : null;
  };
  const share = graph ?? limits.graph.usual;
  const rowOf = (name: PaneName, fraction: number): string =>
    isOpen(name) ? `minmax(0, ${(fraction * 100).toFixed(2)}fr)` : "auto";
  const style: Record<`--${string}`, string> = {
    "--row-graph": rowOf("graph", share),
    "--row-tables": rowOf("tables", 1 - share),
    ...(isOpen("graph") || isOpen("tables") ? {} : { "--row-timeline": "minmax(0, 1fr)" }),
    ...(timeline === null ? {} : { "--pane-timeline": `${timeline}px` }),
    ...(inspector === null ? {} : { "--pane-inspector": `${inspector}px` }),
  };
  const classes = ["explore", alone === null ? "" : `alone-${alone}`, timeline === null ? "" : "timeline-sized"];
  return (
    <div
      className={`${classes.join(" ")} ${isOpen("inspector") ? "" : "no-inspector"}`}
      ref={root}
      style={style as CSSProperties} // custom properties, which the type of styles does not know
    >
      <FilterBar />
      {frame("timeline")}
      {isOpen("timeline") && alone === null ? (
        <Splitter
          of="timeline"
          label="Height of the timeline"
          axis="y"
          measure={() => ({ size: heightOf(".timeline-body"), perPixel: 1 })}
        />
      ) : null}
      {frame("graph")}
      {isOpen("graph") && isOpen("tables") ? (
        <Splitter
          of="graph"
          label="Graph and tables"
          axis="y"
          measure={() => {
            const both = heightOf(".of-graph") + heightOf(".of-tables");
            return { size: both === 0 ? share : heightOf(".of-graph") / both, perPixel: 1 / Math.max(1, both) };
          }}
        />
      ) : null}
      {frame("tables")}
      {isOpen("inspector") && alone === null ? (
        <Splitter
          of="inspector"
          label="Width of the inspector"
          axis="x"
          measure={() => ({
            size: root.current?.querySelector<HTMLElement>(".of-inspector")?.offsetWidth ?? 0,
            perPixel: -1,
          })}
        />
      ) : null}
      {frame("inspector")}
    </div>
  );
}
