// Places of nodes by force, within the room of their group: linked ones near, none over another. Deterministic: the same input gives
// the same places, and nodes that had a place begin there.

import * as d3 from "d3";

export type LayoutInput = {
  /** x, y of each node where it had a place; NaN where it is new. */
  readonly start: Float32Array;
  /** 1: it stands still. */
  readonly fixed: Uint8Array;
  /** x0, y0, x1, y1 for each node. */
  readonly rooms: Float32Array;
  /** Source and target of each link. */
  readonly links: Uint32Array;
};

type Body = { index?: number; x: number; y: number; vx?: number; vy?: number; fx?: number; fy?: number };

const TICKS = 220;
const LABEL_WIDTH = 86;
const LABEL_HEIGHT = 24;

export function layout({ start, fixed, rooms, links }: LayoutInput): Float32Array {
  const count = fixed.length;
  const known = start.some((place) => !Number.isNaN(place));
  const room = (i: number, side: number): number => rooms[i * 4 + side] ?? 0;
  const bodies: Body[] = Array.from({ length: count }, (_, i) => {
    const [x, y] = [start[i * 2] ?? Number.NaN, start[i * 2 + 1] ?? Number.NaN];
    const seeded = Number.isNaN(x);
    // a golden-angle spread over the room: new nodes never begin in one place
    const [u, v] = [(i * 0.618034) % 1, (i * 0.754878) % 1];
    const body: Body = {
      x: seeded ? room(i, 0) + u * (room(i, 2) - room(i, 0)) : x,
      y: seeded ? room(i, 1) + v * (room(i, 3) - room(i, 1)) : y,
    };
    if (fixed[i] === 1) {
      body.fx = body.x;
      body.fy = body.y;
    }
    return body;
  });
  const springs = Array.from({ length: links.length / 2 }, (_, i) => ({
    source: links[i * 2] ?? 0,
    target: links[i * 2 + 1] ?? 0,
  }));
  const simulation = d3
    .forceSimulation(bodies)
    .force("link", d3.forceLink(springs).distance(70).strength(0.012))
    .force("charge", d3.forceManyBody().strength(-90).distanceMax(240))
    .force("x", d3.forceX<Body>((_, i) => (room(i, 0) + room(i, 2)) / 2).strength(0.05))
    .force("y", d3.forceY<Body>((_, i) => (room(i, 1) + room(i, 3)) / 2).strength(0.03))
    .force("labels", keepLabelsApart(bodies))
    .alpha(known ? 0.25 : 1)
    .alphaDecay(0.02)
    .stop();
  for (let tick = 0; tick < (known ? TICKS / 3 : TICKS); tick++) {
    simulation.tick();
    bodies.forEach((body, i) => {
      body.x = Math.max(room(i, 0), Math.min(room(i, 2), body.x));
      body.y = Math.max(room(i, 1), Math.min(room(i, 3), body.y));
    });
  }
  const places = new Float32Array(count * 2);
  bodies.forEach(({ x, y }, i) => {
    places[i * 2] = x;
    places[i * 2 + 1] = y;
  });
  return places;
}

/** A label is wider than high: nodes keep apart as boxes, not as discs. */
function keepLabelsApart(bodies: readonly Body[]): () => void {
  return () => {
    const tree = d3.quadtree(
      [...bodies],
      (body) => body.x,
      (body) => body.y,
    );
    for (const body of bodies)
      tree.visit((at, x0, y0, x1, y1) => {
        if (!("length" in at) || at.length === undefined) {
          for (let leaf = at as d3.QuadtreeLeaf<Body> | undefined; leaf; leaf = leaf.next) {
            const other = leaf.data;
            if (other === body) continue;
            const [dx, dy] = [body.x - other.x, body.y - other.y];
            if (Math.abs(dx) >= LABEL_WIDTH || Math.abs(dy) >= LABEL_HEIGHT) continue;
            const push = (LABEL_HEIGHT - Math.abs(dy)) * 0.22 * (dy < 0 || (dy === 0 && dx < 0) ? -1 : 1);
            body.vy = (body.vy ?? 0) + push;
          }
        }
        return (
          x0 > body.x + LABEL_WIDTH ||
          x1 < body.x - LABEL_WIDTH ||
          y0 > body.y + LABEL_HEIGHT ||
          y1 < body.y - LABEL_HEIGHT
        );
      });
  };
}
