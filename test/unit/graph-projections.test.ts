// Matrix, Sankey and map show all of the picture or of the answer: every edge once, every country where it belongs.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import fc from "fast-check";
import { expect, test } from "vitest";
import { FIRST_LOOK } from "../../renderer/model/graph-look.ts";
import type { Picture } from "../../renderer/views/graph/parts.ts";
import { pictureOf } from "../../renderer/views/graph/picture.ts";
import { numbers, points } from "../../renderer/views/graph/projections/country-places.ts";
import { amountOf, countriesOf } from "../../renderer/views/graph/projections/map.ts";
import { matrixOf, orders } from "../../renderer/views/graph/projections/matrix.ts";
import { sankeyOf } from "../../renderer/views/graph/projections/sankey.ts";
import { measured } from "../../renderer/views/graph/sums.ts";
import { weightsOf } from "../../renderer/views/graph/weights.ts";
import type { Row } from "../../shared/rows.ts";

const host = () => ({
  nic: false,
  name: "",
  isPublic: false,
  country: null,
  countryName: null,
  asn: null,
  tag: null,
  network: null,
  subnet: null,
  pinned: false,
});

const ip = fc.integer({ min: 1, max: 25 }).map((n) => `10.0.0.${n}`);
const pictures = fc
  .uniqueArray(
    fc.record({
      srcIp: ip,
      dstIp: ip,
      tuples: fc.integer({ min: 1, max: 1000 }),
      allowed: fc.nat(1),
      denied: fc.nat(1),
      bytesSent: fc.oneof(fc.constant(0), fc.nat(1e9)),
      bytesReceived: fc.nat(1e6),
    }),
    { maxLength: 60, selector: ({ srcIp, dstIp }) => `${srcIp} ${dstIp}` },
  )
  .map((rows): Picture => {
    const now = rows as Row[];
    const budget = { internet: 20, inside: 20 };
    return pictureOf(
      { now, before: null },
      weightsOf(now, null),
      host,
      { grouping: "network", look: FIRST_LOOK },
      budget,
    );
  });

test("every edge of the picture is one cell of the matrix, in whatever order", () => {
  fc.assert(
    fc.property(pictures, fc.constantFrom(...orders), (picture, order) => {
      const { rows, columns, cellOf } = matrixOf(picture, "bytes", order);
      const cells = rows
        .flatMap((_, row) => columns.map((_, column) => cellOf(row, column)))
        .filter((edge) => edge >= 0);
      expect(cells.toSorted((a, b) => a - b)).toEqual(picture.edges.map((_, i) => i));
      for (const [row, source] of rows.entries())
        for (const [column, target] of columns.entries()) {
          const edge = picture.edges[cellOf(row, column)];
          if (edge) expect([edge.source, edge.target]).toEqual([source, target]);
        }
    }),
    { numRuns: 60 },
  );
});

test("every edge lies in one ribbon; bars and ribbons of each side sum to the picture and lie inside one another", () => {
  fc.assert(
    fc.property(pictures, fc.integer({ min: 60, max: 600 }), (picture, height) => {
      const { left, right, ribbons } = sankeyOf(picture, "bytes", height);
      const all = picture.edges.reduce((sum, edge) => sum + measured(edge, "bytes"), 0);
      expect(ribbons.flatMap(({ edges }) => edges).toSorted((a, b) => a - b)).toEqual(picture.edges.map((_, i) => i));
      for (const side of [left, right, ribbons] as const)
        expect((side as readonly { value: number }[]).reduce((sum, { value }) => sum + value, 0)).toBe(all);
      left.forEach((bar, i) => {
        const own = ribbons.filter(({ from }) => from === i);
        expect(own.reduce((sum, { value }) => sum + value, 0)).toBe(bar.value);
        for (const { y0, height0 } of own) {
          expect(y0).toBeGreaterThanOrEqual(bar.y - 1e-6);
          expect(y0 + height0).toBeLessThanOrEqual(bar.y + bar.height + 1e-6);
        }
      });
      for (const bars of [left, right])
        for (let i = 1; i < bars.length; i++) expect(bars[i]!.y).toBeGreaterThanOrEqual(bars[i - 1]!.y + 13 - 1e-6);
    }),
    { numRuns: 60 },
  );
});

const rows = [
  { country: null, endpoints: 9, tuples: 90, denied: 0, bytesOut: 1e9, bytesIn: 1e9 },
  { country: "SG", endpoints: 1, tuples: 5, denied: 5, bytesOut: 0, bytesIn: 0 },
  { country: "US", endpoints: 2, tuples: 4, denied: 0, bytesOut: 10, bytesIn: 7 },
] as unknown as readonly Row[];

test("countries stand by what they moved; what has no country stands last, whatever it moved", () => {
  const countries = countriesOf(rows, "bytes", (code) => `name of ${code}`);
  expect(countries.map(({ name }) => name)).toEqual(["name of US", "name of SG", "No country: private, or not known"]);
  expect(countries.map((row) => amountOf(row, "bytes"))).toEqual([17, 0, 2e9]);
  expect(countriesOf(rows, "tuples", (code) => code).map((row) => row.code)).toEqual(["SG", "US", null]);
});

test("each country has a shape or a point, not both, and each number is that of its shape", () => {
  const atlas = JSON.parse(
    readFileSync(createRequire(import.meta.url).resolve("world-atlas/countries-110m.json"), "utf8"),
  ) as { objects: { countries: { geometries: { id?: string; properties: { name: string } }[] } } };
  const shapes = new Map(atlas.objects.countries.geometries.map(({ id, properties }) => [id, properties.name]));
  const names = new Intl.DisplayNames(["en"], { type: "region" });
  /** Three letters of the first word of either are enough to tell a slip. */
  const near = (a: string, b: string): boolean =>
    a.normalize("NFD").toLowerCase().includes(b.normalize("NFD").toLowerCase().split(/[ .']/)[0]!.slice(0, 4));
  const odd = new Set([
    "CD",
    "CF",
    "TF",
    "KP",
    "KR",
    "CI",
    "EH",
    "SS",
    "MK",
    "SZ",
    "LA",
    "VN",
    "SY",
    "MM",
    "PS",
    "FK",
    "DO",
    "TW",
    "TR",
  ]);
  for (const [code, number] of numbers) {
    expect(shapes.has(number), code).toBe(true);
    if (!odd.has(code)) expect(near(names.of(code)!, shapes.get(number)!), `${code} ${shapes.get(number)}`).toBe(true);
    expect(points.has(code), code).toBe(false);
  }
  expect(new Set(numbers.values()).size).toBe(numbers.size);
  for (const [code, [longitude, latitude]] of points) {
    expect(names.of(code), code).not.toBe(code);
    expect(Math.abs(longitude) <= 180 && Math.abs(latitude) <= 90).toBe(true);
  }
});
