// Places of the picture's nodes: kept as shares of their box for as long as the page lives, so that a brush moves weights and never the
// picture. Where somebody put a node, it stays.

import { useEffect, useMemo, useRef, useState } from "react";
import { startWorker } from "../../host/trusted.ts";
import type { GraphLook } from "../../model/graph-look.ts";
import { type Box, boxesOf, listPlace, type Room, roomIn, worldFactor } from "./boxes.ts";
import type { FromLayout, ToLayout } from "./layout.worker.ts";
import workerUrl from "./layout.worker.ts?worker&url";
import type { Picture } from "./parts.ts";
import { NOTHING_STEADY, type Steady, steadied } from "./steady.ts";

/** By grouping and node: shares of its room, and the shape of the picture in which it took them. */
const kept = new Map<string, { readonly shape: string; readonly at: readonly [number, number] }>();
let worker: Worker | null = null;
let asked = 0;

export type Placed = {
  readonly boxes: readonly Box[];
  readonly places: Float32Array;
  /** How many times as wide and high as the pane the world is. */
  readonly factor: number;
  readonly rooms: readonly Room[];
};

/** `shape`: another where boxes may be made anew (another filter, grouping or size); while it is the same they hold still. */
export function usePlaces(
  picture: Picture,
  size: readonly [number, number],
  shape: string,
  grouping: string,
  locked: GraphLook["locked"],
): Placed {
  const steady = useRef<{ shape: string; now: Steady }>({ shape: "", now: NOTHING_STEADY });
  const { boxes, factor, list } = useMemo(() => {
    const before = steady.current.shape === shape ? steady.current.now : NOTHING_STEADY;
    const now = steadied(before, picture);
    steady.current = { shape, now };
    const times = worldFactor(now.groups, now.counts, ...size);
    return {
      factor: times,
      boxes: boxesOf(now.groups, now.counts, size[0] * times, size[1] * times),
      list: {
        slots: now.slots,
        many: Math.max(1, ...now.groups.map(({ id, internet }) => (internet ? (now.counts.get(id) ?? 1) : 1))),
      },
    };
  }, [picture, size, shape]);
  const [answered, setAnswered] = useState<{ readonly of: unknown; readonly places: Float32Array } | null>(null);
  const rooms = useMemo(() => {
    const byGroup = new Map(boxes.map((box) => [box.group, roomIn(box, boxes)]));
    const free: Room = [20, 20, size[0] * factor - 110, size[1] * factor - 30];
    return picture.nodes.map(({ group }) => byGroup.get(group) ?? free);
  }, [picture, boxes, size, factor]);
  const input = useMemo(
    () => inputOf(picture, boxes, rooms, list, { shape, grouping, locked }),
    [picture, boxes, rooms, list, shape, grouping, locked],
  );
  const isSettled = useMemo(() => input.fixed.every((each) => each === 1), [input]);

  useEffect(() => {
    if (isSettled) return; // every node keeps its place
    worker ??= startWorker(workerUrl);
    const current = worker;
    const id = ++asked;
    const heard = ({ data: { id: of, places } }: MessageEvent<FromLayout>): void => {
      if (of !== id) return;
      keep(picture, rooms, places, shape, grouping);
      setAnswered({ of: input, places });
    };
    current.addEventListener("message", heard);
    current.postMessage({ id, input } satisfies ToLayout);
    return () => current.removeEventListener("message", heard);
  }, [input, isSettled, picture, rooms, shape, grouping]);

  const places = useMemo(() => (answered?.of === input ? answered.places : firstPlaces(input)), [answered, input]);
  return useMemo(() => ({ boxes, places, factor, rooms }), [boxes, places, factor, rooms]);
}

/** Thousandths of a room, as a locked node keeps them. */
export function sharesOf([x0, y0, x1, y1]: Room, x: number, y: number): readonly [number, number] {
  const share = (at: number, from: number, to: number): number =>
    Math.round(1000 * Math.max(0, Math.min(1, (at - from) / Math.max(1, to - from))));
  return [share(x, x0, x1), share(y, y0, y1)];
}

function keep(picture: Picture, rooms: readonly Room[], places: Float32Array, shape: string, grouping: string): void {
  picture.nodes.forEach(({ id }, i) => {
    const [x0, y0, x1, y1] = rooms[i] as Room;
    const [x, y] = [places[i * 2] ?? 0, places[i * 2 + 1] ?? 0];
    kept.set(`${grouping} ${id}`, { shape, at: [(x - x0) / Math.max(1, x1 - x0), (y - y0) / Math.max(1, y1 - y0)] });
  });
}

function inputOf(
  picture: Picture,
  boxes: readonly Box[],
  rooms: readonly Room[],
  { slots, many }: { readonly slots: ReadonlyMap<string, number>; readonly many: number },
  {
    shape,
    grouping,
    locked,
  }: { readonly shape: string; readonly grouping: string; readonly locked: GraphLook["locked"] },
): ToLayout["input"] {
  const count = picture.nodes.length;
  const start = new Float32Array(count * 2).fill(Number.NaN);
  const fixed = new Uint8Array(count);
  const list = boxes.find(({ internet }) => internet);
  const slotCount = [...slots.values()].reduce((most, slot) => Math.max(most, slot + 1), many);
  const put = (i: number, x: number, y: number, isFixed: boolean): void => {
    start.set([x, y], i * 2);
    fixed[i] = isFixed ? 1 : 0;
  };
  picture.nodes.forEach(({ id, group }, i) => {
    const [x0, y0, x1, y1] = rooms[i] as Room;
    const lock = locked[id];
    const slot = slots.get(id);
    const known = kept.get(`${grouping} ${id}`);
    if (lock) put(i, x0 + (lock[0] / 1000) * (x1 - x0), y0 + (lock[1] / 1000) * (y1 - y0), true);
    else if (list && group === list.group && slot !== undefined) put(i, ...listPlace(list, slot, slotCount), true);
    else if (known) put(i, x0 + known.at[0] * (x1 - x0), y0 + known.at[1] * (y1 - y0), known.shape === shape);
  });
  const links = new Uint32Array(picture.edges.length * 2);
  picture.edges.forEach(({ source, target }, i) => {
    links.set([source, target], i * 2);
  });
  return { start, fixed, rooms: Float32Array.from(rooms.flat()), links };
}

/** Until the layout has answered: where nodes stood, or spread over their room. */
function firstPlaces({ start, rooms, fixed }: ToLayout["input"]): Float32Array {
  const places = new Float32Array(start.length);
  for (let i = 0; i < fixed.length; i++) {
    for (const axis of [0, 1]) {
      const at = start[i * 2 + axis] ?? Number.NaN;
      const [low, high] = [rooms[i * 4 + axis] ?? 0, rooms[i * 4 + 2 + axis] ?? 0];
      places[i * 2 + axis] = Number.isNaN(at) ? low + ((i * (axis ? 0.754878 : 0.618034)) % 1) * (high - low) : at;
    }
  }
  return places;
}
