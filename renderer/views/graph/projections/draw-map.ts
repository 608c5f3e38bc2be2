// Draws countries by how much they moved, with the ramp of amounts; small ones as dots. Shapes are Natural Earth's, 1:110,000,000.

import * as d3 from "d3";
import type { Feature, FeatureCollection, Geometry } from "geojson";
import type { GraphMeasure } from "../../../model/graph-look.ts";
import { type Palette, rampOf } from "../palette.ts";
import type { Pen } from "../pen.ts";
import { share } from "../sums.ts";
import { amountOf, type CountryRow } from "./map.ts";

export type World = FeatureCollection<Geometry>;

export type Fitted = {
  readonly projection: d3.GeoProjection;
  readonly size: readonly [number, number];
};

export function fitted(world: World, size: readonly [number, number]): Fitted {
  const projection = d3.geoEqualEarth().fitExtent(
    [
      [8, 8],
      [Math.max(9, size[0] - 8), Math.max(9, size[1] - 8)],
    ],
    world,
  );
  return { projection, size };
}

export type MapScene = {
  readonly world: World;
  readonly fitted: Fitted;
  readonly rows: readonly CountryRow[];
  readonly measure: GraphMeasure;
  /** Indexes of rows; −1 for none. */
  readonly hover: number;
  readonly active: number;
};

export function drawMap(
  pen: Pen,
  { world, fitted: { projection }, rows, measure, hover, active }: MapScene,
  colours: Palette,
): void {
  const byShape = new Map(rows.map((row, i) => [row.shape ?? "", i]));
  const path = d3.geoPath(projection, pen);
  pen.setLineDash([]);
  pen.lineWidth = 0.5;
  const marked: Feature<Geometry>[] = [];
  for (const feature of world.features) {
    const at = byShape.get(String(feature.id ?? "?")) ?? -1;
    const row = rows[at];
    pen.beginPath();
    path(feature);
    pen.fillStyle = row
      ? colours[rampOf(Math.max(0.15, share(amountOf(row, scaled(measure)), scaled(measure))))]
      : colours.gapBg;
    pen.fill();
    pen.strokeStyle = colours.line;
    pen.stroke();
    if (row && (at === hover || at === active)) marked.push(feature);
  }
  for (const feature of marked) {
    pen.beginPath();
    path(feature);
    pen.strokeStyle = colours.accent;
    pen.lineWidth = 1.6;
    pen.stroke();
  }
  rows.forEach((row, i) => {
    const at = row.shape === null && row.point ? projection([...row.point]) : null;
    if (!at) return;
    pen.beginPath();
    pen.arc(at[0], at[1], 4, 0, Math.PI * 2);
    pen.fillStyle = colours[rampOf(Math.max(0.3, share(amountOf(row, scaled(measure)), scaled(measure))))];
    pen.fill();
    pen.strokeStyle = i === hover || i === active ? colours.accent : colours.text2;
    pen.lineWidth = i === hover || i === active ? 2 : 1;
    pen.stroke();
  });
}

function scaled(measure: GraphMeasure): GraphMeasure {
  return measure === "flows" ? "tuples" : measure;
}

/** Row under a point of the pane; −1 for none. */
export function countryAt(
  { world, fitted: { projection }, rows }: Omit<MapScene, "hover" | "active" | "measure">,
  x: number,
  y: number,
): number {
  const dot = rows.findIndex((row) => {
    const at = row.shape === null && row.point ? projection([...row.point]) : null;
    return at !== null && Math.hypot(at[0] - x, at[1] - y) < 7;
  });
  if (dot >= 0) return dot;
  const place = projection.invert?.([x, y]);
  if (!place || Math.abs(place[1]) > 90) return -1;
  const feature = world.features.find((each) => isNear(each, place) && d3.geoContains(each, place));
  const id = String(feature?.id ?? "?");
  return rows.findIndex(({ shape }) => shape === id);
}

const bounds = new WeakMap<Feature<Geometry>, readonly [readonly [number, number], readonly [number, number]]>();

/** Before its lines are looked at. */
function isNear(feature: Feature<Geometry>, [longitude, latitude]: readonly [number, number]): boolean {
  const known = bounds.get(feature) ?? d3.geoBounds(feature);
  bounds.set(feature, known);
  const [[west, south], [east, north]] = known;
  if (latitude < south || latitude > north) return false;
  return west <= east ? longitude >= west && longitude <= east : longitude >= west || longitude <= east;
}
