// The canvas: pan, zoom, hover, select, move a node, lasso. It draws at most once a frame, and a move of the pointer renders no component.

import { memo, type ReactElement, type RefObject, useCallback, useEffect, useMemo, useRef } from "react";
import { useAppearance } from "../../model/appearance.ts";
import type { Colouring, GraphMeasure } from "../../model/graph-look.ts";
import { drawingOn } from "../../widgets/drawing.ts";
import { attachGestures, type Live } from "./canvas-gestures.ts";
import type { Pointed } from "./chosen.ts";
import { draw, labelOrderOf } from "./draw.ts";
import { curvesOf, edgeAt, nodeAt, nodesWithin, portsOf } from "./geometry.ts";
import { linesOf } from "./lines.ts";
import { type Palette, readPalette } from "./palette.ts";
import type { Picture } from "./parts.ts";
import type { Scene, Transform } from "./scene.ts";
import type { Statuses } from "./styles.ts";
import type { Placed } from "./use-places.ts";

export type CanvasApi = {
  by(factor: number): void;
  fit(): void;
  centre(node: number): void;
  at(event: MouseEvent): Pointed;
  /** What is drawn now, for whoever writes it down elsewhere. */
  scene(): { readonly scene: Scene; readonly size: readonly [number, number]; readonly transform: Transform };
};

type Props = {
  readonly picture: Picture;
  readonly placed: Placed;
  readonly measure: GraphMeasure;
  readonly colouring: Colouring;
  readonly statusOf: Statuses;
  readonly noted: ReadonlySet<string>;
  readonly locked: ReadonlySet<number>;
  readonly selectedNodes: ReadonlySet<number>;
  readonly selectedEdges: ReadonlySet<number>;
  readonly pathNodes: ReadonlySet<number>;
  readonly pathEdges: ReadonlySet<number>;
  readonly focus: number;
  readonly isCompared: boolean;
  readonly isLasso: boolean;
  readonly api: RefObject<CanvasApi | null>;
  readonly onSize: (size: readonly [number, number]) => void;
  readonly onPoint: (what: Pointed, at: readonly [number, number]) => void;
  /** `more`: to what is selected already. */
  readonly onSelect: (what: Pointed, how: "one" | "more") => void;
  readonly onOpen: (what: Pointed) => void;
  readonly onMove: (node: number, x: number, y: number) => void;
  readonly onLasso: (nodes: readonly number[]) => void;
};

const DIM_AFTER_MS = 80;

export const GraphCanvas = memo(function GraphCanvas(props: Props): ReactElement {
  const { picture, placed, measure, colouring, statusOf } = props;
  const canvas = useRef<HTMLCanvasElement>(null);
  const live = useRef<Live>({
    transform: { k: 1, x: 0, y: 0 },
    node: -1,
    edge: -1,
    size: [0, 0],
    moved: null,
    lasso: [],
  });
  const frame = useRef(0);
  const palette = useRef<Palette | null>(null);
  const colours = useAppearance((appearance) => appearance.colours);

  const ports = useMemo(() => portsOf(picture, placed.boxes), [picture, placed.boxes]);
  const curves = useMemo(() => curvesOf(picture, placed.places, ports, placed.boxes), [picture, placed, ports]);
  const lines = useMemo(
    () => linesOf(picture, curves, measure, colouring, statusOf),
    [picture, curves, measure, colouring, statusOf],
  );
  const labelOrder = useMemo(() => labelOrderOf(picture, statusOf), [picture, statusOf]);
  const latest = useRef({ props, ports, curves, lines, labelOrder });
  latest.current = { props, ports, curves, lines, labelOrder };

  const redraw = useCallback(() => {
    if (frame.current !== 0) return;
    frame.current = requestAnimationFrame(() => {
      frame.current = 0;
      paint(canvas.current, live.current, sceneOf(latest.current, live.current), palette);
    });
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: drawn again for whatever it is given
  useEffect(redraw, [redraw, props]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: colours are read again when they have changed
  useEffect(() => {
    palette.current = null;
    redraw();
  }, [colours, redraw]);

  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    const watch = new ResizeObserver(([entry]) => {
      const { width, height } = entry?.contentRect ?? { width: 0, height: 0 };
      live.current.size = [width, height];
      latest.current.props.onSize([Math.round(width), Math.round(height)]);
      redraw();
    });
    watch.observe(element.parentElement ?? element);
    return () => watch.disconnect();
  }, [redraw]);

  const fit = useCallback(() => {
    live.current.transform = { k: 1 / latest.current.props.placed.factor, x: 0, y: 0 };
    redraw();
  }, [redraw]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another size of the world is seen whole first
  useEffect(fit, [fit, placed.factor]);

  const zoomAt = useCallback(
    (factor: number, x: number, y: number) => {
      const { transform } = live.current;
      const k = Math.max(0.08, Math.min(8, transform.k * factor));
      const by = k / transform.k;
      live.current.transform = { k, x: x - (x - transform.x) * by, y: y - (y - transform.y) * by };
      redraw();
    },
    [redraw],
  );

  const at = useCallback((event: MouseEvent): Pointed => {
    const element = canvas.current;
    if (element === null) return null;
    const [x, y] = worldOf(element, event, live.current.transform);
    const { props: now, curves: lying } = latest.current;
    const { k } = live.current.transform;
    const node = nodeAt(now.picture, now.placed.places, x, y, 6 / k);
    if (node >= 0) return { node };
    const edge = edgeAt(now.picture, lying, now.measure, x, y, 5 / k);
    return edge >= 0 ? { edge } : null;
  }, []);

  useEffect(() => {
    props.api.current = {
      at,
      fit,
      by: (factor) => zoomAt(factor, live.current.size[0] / 2, live.current.size[1] / 2),
      centre: (node) => {
        const { places, factor } = latest.current.props.placed;
        const k = Math.max(1, live.current.transform.k, factor > 1 ? 1 : 0);
        const [width, height] = live.current.size;
        const [x, y] = [places[node * 2] ?? 0, places[node * 2 + 1] ?? 0];
        live.current.transform = { k, x: width / 2 - k * x, y: height / 2 - k * y };
        redraw();
      },
      scene: () => ({
        scene: sceneOf(latest.current, live.current),
        size: live.current.size,
        transform: live.current.transform,
      }),
    };
  }, [props.api, redraw, zoomAt, at, fit]);

  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    let dimming = 0;
    const detach = attachGestures(element, live.current, {
      at,
      redraw,
      zoomAt,
      world: (event) => worldOf(element, event, live.current.transform),
      isLasso: () => latest.current.props.isLasso,
      point(what, place) {
        const node = what !== null && "node" in what ? what.node : -1;
        const edge = what !== null && "edge" in what ? what.edge : -1;
        if (node === live.current.node && edge === live.current.edge) return;
        clearTimeout(dimming);
        dimming = window.setTimeout(() => {
          live.current.node = node;
          live.current.edge = edge;
          latest.current.props.onPoint(what, place);
          redraw();
        }, DIM_AFTER_MS);
      },
      select: (what, how) => latest.current.props.onSelect(what, how),
      open: (what) => latest.current.props.onOpen(what),
      move: (node, x, y) => latest.current.props.onMove(node, x, y),
      lasso(line) {
        const { picture: drawn, placed: standing } = latest.current.props;
        latest.current.props.onLasso(nodesWithin(drawn, standing.places, line));
      },
    });
    return () => {
      clearTimeout(dimming);
      detach();
    };
  }, [at, redraw, zoomAt]);

  // What was pointed at is counted in the picture before.
  // biome-ignore lint/correctness/useExhaustiveDependencies: for its change
  useEffect(() => {
    Object.assign(live.current, { node: -1, edge: -1 });
    latest.current.props.onPoint(null, [0, 0]);
  }, [props.picture]);

  return (
    <canvas
      ref={canvas}
      className="graph-canvas"
      role="img"
      aria-label={`Graph of ${picture.nodes.length} nodes and ${picture.edges.length} edges; its nodes are listed beside it, its edges in the table Edges`}
    />
  );
});

type Latest = {
  readonly props: Props;
  readonly ports: Scene["ports"];
  readonly curves: Float32Array;
  readonly lines: Scene["lines"];
  readonly labelOrder: readonly number[];
};

function worldOf(element: HTMLElement, event: MouseEvent, { k, x, y }: Transform): readonly [number, number] {
  const bounds = element.getBoundingClientRect();
  return [(event.clientX - bounds.left - x) / k, (event.clientY - bounds.top - y) / k];
}

function sceneOf({ props, ports, lines, labelOrder }: Latest, live: Live): Scene {
  const { picture, placed, statusOf } = props;
  const { k, x, y } = live.transform;
  const held = live.moved === null ? null : withMoved(props, ports, live.moved);
  return {
    picture,
    boxes: placed.boxes,
    places: held?.places ?? placed.places,
    ports,
    lines: held === null ? lines : linesOf(picture, held.curves, props.measure, props.colouring, statusOf),
    labelOrder,
    zoom: k,
    seen: [-x / k, -y / k, (live.size[0] - x) / k, (live.size[1] - y) / k],
    hoverNode: live.node,
    hoverEdge: live.edge,
    selectedNodes: props.selectedNodes,
    selectedEdges: props.selectedEdges,
    pathNodes: props.pathNodes,
    pathEdges: props.pathEdges,
    locked: props.locked,
    focus: props.focus,
    statusOf,
    noted: props.noted,
    isCompared: props.isCompared,
  };
}

/** While a node is in the hand. */
function withMoved(
  { picture, placed }: Props,
  ports: Scene["ports"],
  { node, x, y }: NonNullable<Live["moved"]>,
): { readonly places: Float32Array; readonly curves: Float32Array } {
  const places = placed.places.slice();
  places.set([x, y], node * 2);
  return { places, curves: curvesOf(picture, places, ports, placed.boxes) };
}

function paint(
  canvas: HTMLCanvasElement | null,
  { size: [width, height], transform, lasso }: Live,
  scene: Scene,
  palette: { current: Palette | null },
): void {
  const ctx = canvas === null || width === 0 ? null : drawingOn(canvas);
  if (ctx === null) return;
  const [wide, high] = [Math.round(width * devicePixelRatio), Math.round(height * devicePixelRatio)];
  if (ctx.canvas.width !== wide || ctx.canvas.height !== high) Object.assign(ctx.canvas, { width: wide, height: high });
  palette.current ??= readPalette();
  const ratio = wide / width;
  ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
  ctx.clearRect(0, 0, width, height);
  ctx.setTransform(ratio * transform.k, 0, 0, ratio * transform.k, ratio * transform.x, ratio * transform.y);
  draw(ctx, scene, palette.current);
  if (lasso.length < 4) return;
  ctx.beginPath();
  for (let i = 0; i < lasso.length; i += 2) ctx.lineTo(lasso[i] ?? 0, lasso[i + 1] ?? 0);
  ctx.strokeStyle = palette.current.accent;
  ctx.lineWidth = 1.5 / transform.k;
  ctx.setLineDash([4 / transform.k, 3 / transform.k]);
  ctx.stroke();
  ctx.setLineDash([]);
}
