// The canvas: pan, zoom, hover, select. It draws at most once a frame, and a move of the pointer renders no component.

import { memo, type ReactElement, type RefObject, useCallback, useEffect, useRef } from "react";
import type { HostStatus } from "../../../shared/notebook.ts";
import { useAppearance } from "../../model/appearance.ts";
import { drawingOn } from "../../widgets/drawing.ts";
import type { Box } from "./boxes.ts";
import { type Pointed, termAndHost } from "./chosen.ts";
import { draw, type Palette, readPalette, type Scene, type Transform } from "./draw.ts";
import { edgeAt, nodeAt, type Places, portsOf } from "./geometry.ts";
import type { Picture } from "./picture.ts";

type Props = {
  readonly picture: Picture;
  readonly boxes: readonly Box[];
  readonly places: Places;
  readonly statusOf: ReadonlyMap<string, HostStatus>;
  readonly noted: ReadonlySet<string>;
  readonly selectedNodes: ReadonlySet<number>;
  readonly selectedEdge: number;
  readonly focus: number;
  readonly zoom: RefObject<{ by(factor: number): void; fit(): void; centre(node: number): void } | null>;
  readonly onSize: (size: readonly [number, number]) => void;
  readonly onPoint: (what: Pointed) => void;
  readonly onSelect: (what: Pointed) => void;
  readonly onOpen: (what: Pointed) => void;
};

const FIT: Transform = { k: 1, x: 0, y: 0 };
const DIM_AFTER_MS = 80;

export const GraphCanvas = memo(function GraphCanvas(props: Props): ReactElement {
  const canvas = useRef<HTMLCanvasElement>(null);
  const latest = useRef(props);
  latest.current = props;
  const live = useRef({ transform: FIT, node: -1, edge: -1, frame: 0, size: [0, 0] as [number, number] });
  const palette = useRef<Palette | null>(null);
  const colours = useAppearance((appearance) => appearance.colours);

  const redraw = useCallback(() => {
    const { current } = live;
    if (current.frame !== 0) return;
    current.frame = requestAnimationFrame(() => {
      current.frame = 0;
      const [width, height] = current.size;
      const ctx = canvas.current === null || width === 0 ? null : drawingOn(canvas.current);
      if (ctx === null) return;
      const [wide, high] = [Math.round(width * devicePixelRatio), Math.round(height * devicePixelRatio)];
      if (ctx.canvas.width !== wide || ctx.canvas.height !== high)
        Object.assign(ctx.canvas, { width: wide, height: high });
      palette.current ??= readPalette();
      const { picture, boxes, places, statusOf, noted, selectedNodes, selectedEdge, focus } = latest.current;
      const scene: Scene = {
        picture,
        boxes,
        places,
        ports: portsOf(picture, boxes),
        transform: current.transform,
        hoverNode: current.node,
        hoverEdge: current.edge,
        selectedNodes,
        selectedEdge,
        focus,
        statusOf,
        noted,
      };
      draw(ctx, current.size, scene, palette.current);
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
      latest.current.onSize([Math.round(width), Math.round(height)]);
      redraw();
    });
    watch.observe(element.parentElement ?? element);
    return () => watch.disconnect();
  }, [redraw]);

  const zoomAt = useCallback(
    (factor: number, x: number, y: number) => {
      const { transform } = live.current;
      const k = Math.max(0.4, Math.min(8, transform.k * factor));
      const by = k / transform.k;
      live.current.transform = { k, x: x - (x - transform.x) * by, y: y - (y - transform.y) * by };
      redraw();
    },
    [redraw],
  );

  useEffect(() => {
    props.zoom.current = {
      by: (factor) => zoomAt(factor, live.current.size[0] / 2, live.current.size[1] / 2),
      fit: () => {
        live.current.transform = FIT;
        redraw();
      },
      centre: (node) => {
        const { places } = latest.current;
        const k = Math.max(1, live.current.transform.k);
        const [width, height] = live.current.size;
        live.current.transform = {
          k,
          x: width / 2 - k * (places[node * 2] ?? 0),
          y: height / 2 - k * (places[node * 2 + 1] ?? 0),
        };
        redraw();
      },
    };
  }, [props.zoom, redraw, zoomAt]);

  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    let dragging: { x: number; y: number; moved: boolean } | null = null;
    let dimming = 0;

    const at = (event: MouseEvent): Pointed => {
      const bounds = element.getBoundingClientRect();
      const { transform } = live.current;
      const x = (event.clientX - bounds.left - transform.x) / transform.k;
      const y = (event.clientY - bounds.top - transform.y) / transform.k;
      const { picture, boxes, places } = latest.current;
      const node = nodeAt(picture, places, x, y, 6 / transform.k);
      if (node >= 0) return { node };
      const edge = edgeAt(picture, places, portsOf(picture, boxes), x, y, 5 / transform.k);
      return edge >= 0 ? { edge } : null;
    };
    const point = (what: Pointed): void => {
      const node = what !== null && "node" in what ? what.node : -1;
      const edge = what !== null && "edge" in what ? what.edge : -1;
      if (node === live.current.node && edge === live.current.edge) return;
      clearTimeout(dimming);
      dimming = window.setTimeout(() => {
        live.current.node = node;
        live.current.edge = edge;
        latest.current.onPoint(what);
        redraw();
      }, DIM_AFTER_MS);
      element.style.cursor = what === null ? "default" : "pointer";
    };
    const down = (event: PointerEvent): void => {
      if (event.button !== 0 || event.ctrlKey) return;
      dragging = { x: event.clientX, y: event.clientY, moved: false };
      element.setPointerCapture(event.pointerId);
    };
    const move = (event: PointerEvent): void => {
      if (dragging === null) return point(at(event));
      const [dx, dy] = [event.clientX - dragging.x, event.clientY - dragging.y];
      if (!dragging.moved && Math.hypot(dx, dy) < 4) return;
      const { transform } = live.current;
      live.current.transform = { ...transform, x: transform.x + dx, y: transform.y + dy };
      dragging = { x: event.clientX, y: event.clientY, moved: true };
      redraw();
    };
    const up = (event: PointerEvent): void => {
      if (dragging !== null && !dragging.moved) latest.current.onSelect(at(event));
      dragging = null;
    };
    const wheel = (event: WheelEvent): void => {
      event.preventDefault();
      const bounds = element.getBoundingClientRect();
      zoomAt(Math.exp(-event.deltaY * 0.0015), event.clientX - bounds.left, event.clientY - bounds.top);
    };
    /** Before the menu of values asks what stands there. */
    const aim = (event: MouseEvent): void => {
      if (event.target === element) Object.assign(element.dataset, termAndHost(latest.current.picture, at(event)));
    };
    const cancel = (): void => {
      dragging = null;
    };
    const open = (event: MouseEvent): void => latest.current.onOpen(at(event));
    const leave = (): void => point(null);
    element.addEventListener("pointerdown", down);
    element.addEventListener("pointermove", move);
    element.addEventListener("pointerup", up);
    element.addEventListener("pointerleave", leave);
    element.addEventListener("pointercancel", cancel);
    document.addEventListener("contextmenu", aim, { capture: true });
    element.addEventListener("dblclick", open);
    element.addEventListener("wheel", wheel, { passive: false });
    return () => {
      clearTimeout(dimming);
      element.removeEventListener("pointerdown", down);
      element.removeEventListener("pointermove", move);
      element.removeEventListener("pointerup", up);
      element.removeEventListener("pointerleave", leave);
      element.removeEventListener("pointercancel", cancel);
      document.removeEventListener("contextmenu", aim, { capture: true });
      element.removeEventListener("dblclick", open);
      element.removeEventListener("wheel", wheel);
    };
  }, [redraw, zoomAt]);

  // What was pointed at is counted in the picture before.
  // biome-ignore lint/correctness/useExhaustiveDependencies: for its change
  useEffect(() => {
    Object.assign(live.current, { node: -1, edge: -1 });
    latest.current.onPoint(null);
  }, [props.picture]);

  const { nodes, edges } = props.picture;
  return (
    <canvas
      ref={canvas}
      className="graph-canvas"
      role="img"
      aria-label={`Graph of ${nodes.length} nodes and ${edges.length} edges; its nodes are listed beside it, its edges in the table Edges`}
    />
  );
});
