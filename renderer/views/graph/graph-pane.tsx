// Who opened conversations with whom in the scope, in one of four projections of the same answer: graph, matrix, Sankey, map. The last
// three are loaded when they are first asked for.

import { lazy, type ReactElement, Suspense, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { offer } from "../../model/commands.ts";
import { navigate, useShownSoon } from "../../model/navigate.ts";
import { fail, toast } from "../../model/session.ts";
import { Emptiness } from "../tables/emptiness.tsx";
import { lockOrLetGo } from "./arrange.ts";
import { budgetFor } from "./boxes.ts";
import { selectionOf } from "./chosen.ts";
import { draw } from "./draw.ts";
import type { Exhibit } from "./exhibit.ts";
import { exportGraph } from "./export-graph.ts";
import { GraphBody, type Standing } from "./graph-body.tsx";
import type { CanvasApi } from "./graph-canvas.tsx";
import type { GraphShown } from "./graph-command.ts";
import { graphCommands } from "./graph-commands.ts";
import { GraphHead } from "./graph-head.tsx";
import type { ExportFormat } from "./graph-titles.tsx";
import type { Picture } from "./parts.ts";
import { useGraph } from "./use-graph.ts";
import "./graph.css";
import "./projections.css";

const projections = {
  matrix: lazy(async () => ({ default: (await import("./projections/matrix-view.tsx")).MatrixView })),
  sankey: lazy(async () => ({ default: (await import("./projections/sankey-view.tsx")).SankeyView })),
  map: lazy(async () => ({ default: (await import("./projections/map-view.tsx")).MapView })),
};

export function GraphPane(): ReactElement {
  const view = useShownSoon(({ view: shown }) => shown);
  const { graph: look } = view;
  const [size, setSize] = useState<readonly [number, number]>([900, 240]);
  const budget = useMemo(() => budgetFor(look.detail, ...size), [look.detail, size]);
  const graph = useGraph(view, budget);
  const { picture, rows } = graph;
  const api = useRef<CanvasApi | null>(null);
  const standing = useRef<Standing | null>(null);
  const projected = useRef<(() => Exhibit | null) | null>(null);
  const [isLasso, setLasso] = useState(false);
  const [isFinding, setFinding] = useState(false);
  const found = useRef(-1);
  const lassoed = useCallback(() => setLasso(false), []);

  function find(text: string): boolean {
    const at = findNode(picture, text);
    found.current = at;
    if (at < 0) return false;
    standing.current?.focus(at);
    api.current?.centre(at);
    return true;
  }

  function select(): void {
    if (found.current >= 0) navigate({ selection: selectionOf(picture, { node: found.current }) });
    found.current = -1;
  }

  async function save(format: ExportFormat): Promise<void> {
    try {
      const path = await exportGraph(format, view, graph, exhibit());
      if (path !== null) toast(`Saved ${path}`);
    } catch (thrown) {
      fail("The graph could not be saved.", thrown);
    }
  }

  /** The whole graph, as it lies. */
  function exhibit(): Exhibit | null {
    if (look.projection !== "graph") return projected.current?.() ?? null;
    const drawn = api.current?.scene();
    const placed = standing.current?.placed;
    if (!drawn || !placed) return null;
    const [width, height] = [drawn.size[0] * placed.factor, drawn.size[1] * placed.factor];
    const scene = {
      ...drawn.scene,
      zoom: 1,
      seen: [0, 0, width, height] as const,
      hoverNode: -1,
      hoverEdge: -1,
      focus: -1,
    };
    return { width, height, draw: (pen, colours) => draw(pen, scene, colours) };
  }

  function zoom(how: "in" | "out" | "fit"): void {
    if (how === "fit") api.current?.fit();
    else api.current?.by(how === "in" ? 1.25 : 0.8);
  }

  // Commands look at the graph when they are run, or asked whether they can be.
  const isGraph = look.projection === "graph";
  const shown = useRef<() => GraphShown>(null);
  shown.current = () => ({
    picture,
    placed: isGraph ? (standing.current?.placed ?? null) : null,
    acting: isGraph ? (standing.current?.acting ?? []) : [],
    knows: graph.knows,
    ask: (asking) => standing.current?.ask(asking),
    lasso: () => setLasso(true),
    find: () => setFinding(true),
    zoom,
    save: (format) => void save(format),
  });
  useEffect(() => offer(graphCommands(() => (shown.current as () => GraphShown)())), []); // set with every drawing, before any effect

  const Projected = look.projection === "graph" ? null : projections[look.projection];
  const isEmpty = rows !== null && picture.nodes.length === 0 && picture.aside.nodes.length === 0 && !graph.pending;
  return (
    <section className="pane graph" aria-label="Graph">
      <GraphHead
        look={look}
        group={view.group}
        isCompared={view.compare !== null}
        knows={graph.knows}
        isLasso={isLasso}
        onLasso={() => setLasso(!isLasso)}
        isFinding={isFinding}
        onFinding={setFinding}
        onZoom={zoom}
        onLockAll={() => {
          if (standing.current)
            lockOrLetGo(
              picture,
              standing.current.placed,
              picture.nodes.map((_, i) => i),
            );
        }}
        onExport={(format) => void save(format)}
        onFind={find}
        onFound={select}
      />
      <div className={`graph-body${graph.pending || graph.failure !== null ? " pending" : ""}`}>
        {Projected === null ? (
          <GraphBody
            view={view}
            graph={graph}
            size={size}
            api={api}
            standing={standing}
            isLasso={isLasso}
            onSize={setSize}
            onLassoed={lassoed}
          />
        ) : (
          <Suspense fallback={null}>
            <Projected view={view} graph={graph} exhibit={projected} onSize={setSize} />
          </Suspense>
        )}
        {graph.failure !== null ? (
          <p className="graph-alert" role="alert">
            {graph.failure.message} {rows === null ? "" : "What is drawn answers an earlier question."}
          </p>
        ) : isEmpty ? (
          <div className="graph-empty">
            <Emptiness table="edges" failure={null} />
          </div>
        ) : null}
      </div>
    </section>
  );
}

function findNode(picture: Picture, text: string): number {
  const wanted = text.trim().toLowerCase();
  if (wanted === "") return -1;
  const with_ = (test: (name: string) => boolean): number =>
    picture.nodes.findIndex((node) => [node.label, ...node.members].some((name) => test(name.toLowerCase())));
  const exact = with_((name) => name === wanted);
  return exact >= 0 ? exact : with_((name) => name.includes(wanted));
}
