// Places of the picture's nodes: kept by name for as long as the page lives, so that a brush moves weights and never the picture.

import { useEffect, useMemo, useRef, useState } from "react";
import { startWorker } from "../../host/trusted.ts";
import type { Grouping } from "../../model/view.ts";
import { type Box, listPlaces, room } from "./boxes.ts";
import type { FromLayout, ToLayout } from "./layout.worker.ts";
import workerUrl from "./layout.worker.ts?worker&url";
import type { Picture } from "./picture.ts";

/** By grouping and node. */
const kept = new Map<string, readonly [number, number]>();
let worker: Worker | null = null;
let asked = 0;

export function usePlaces(
  picture: Picture,
  boxes: readonly Box[],
  size: readonly [number, number],
  grouping: Grouping,
): Float32Array {
  const [answered, setAnswered] = useState<{ readonly of: Picture; readonly places: Float32Array } | null>(null);
  const shape = `${grouping} ${Math.round(size[0] / 60)} ${Math.round(size[1] / 60)}`;
  const ready = useRef<(reply: FromLayout) => void>(() => {});
  const input = useMemo(() => inputOf(picture, boxes, size, shape), [picture, boxes, size, shape]);

  const isSettled = useMemo(() => input.fixed.every((each) => each === 1), [input]);

  useEffect(() => {
    if (isSettled) return; // every node keeps its place
    worker ??= startWorker(workerUrl);
    const current = worker;
    const id = ++asked;
    ready.current = (reply) => {
      if (reply.id !== id) return;
      picture.nodes.forEach((node, i) => {
        kept.set(`${shape} ${node.id}`, [reply.places[i * 2] ?? 0, reply.places[i * 2 + 1] ?? 0]);
      });
      setAnswered({ of: picture, places: reply.places });
    };
    const heard = ({ data }: MessageEvent<FromLayout>): void => ready.current(data);
    current.addEventListener("message", heard);
    current.postMessage({ id, input } satisfies ToLayout);
    return () => current.removeEventListener("message", heard);
  }, [input, isSettled, picture, shape]);

  return useMemo(() => (answered?.of === picture ? answered.places : firstPlaces(input)), [answered, picture, input]);
}

function inputOf(
  picture: Picture,
  boxes: readonly Box[],
  size: readonly [number, number],
  shape: string,
): ToLayout["input"] {
  const count = picture.nodes.length;
  const start = new Float32Array(count * 2).fill(Number.NaN);
  const fixed = new Uint8Array(count);
  const rooms = new Float32Array(count * 4);
  const byGroup = new Map(boxes.map((box) => [box.group, box]));
  const listed = new Map<string, number[]>();
  picture.nodes.forEach((node, i) => {
    const box = byGroup.get(node.group);
    rooms.set(box ? room(box) : [20, 20, size[0] - 110, size[1] - 30], i * 4);
    if (box?.internet) listed.set(node.group, [...(listed.get(node.group) ?? []), i]);
    const place = kept.get(`${shape} ${node.id}`);
    if (!place) return;
    start.set(place, i * 2);
    fixed[i] = 1; // what has a place keeps it
  });
  for (const [group, nodes] of listed) {
    const box = byGroup.get(group);
    if (!box) continue;
    listPlaces(box, nodes.length).forEach((place, at) => {
      const i = nodes[at] ?? 0;
      start.set(place, i * 2);
      fixed[i] = 1;
    });
  }
  const links = new Uint32Array(picture.edges.length * 2);
  picture.edges.forEach(({ source, target }, i) => {
    links.set([source, target], i * 2);
  });
  return { start, fixed, rooms, links };
}

/** Until the layout has answered: where nodes stood, or the middle of their room. */
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
