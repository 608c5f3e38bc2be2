// Graphs written for others are well-formed XML whatever the evidence is called, and hold every sum; the SVG pen writes what was drawn.

import { expect, test } from "vitest";
import { FIRST_LOOK } from "../../renderer/model/graph-look.ts";
import { gexf, graphml } from "../../renderer/views/graph/graph-xml.ts";
import { pictureOf } from "../../renderer/views/graph/picture.ts";
import { svgPen } from "../../renderer/views/graph/svg.ts";
import { weightsOf } from "../../renderer/views/graph/weights.ts";
import type { Row } from "../../shared/rows.ts";
import { parseXml, type XmlElement } from "../support/xml.ts";

const HOSTILE = `vm "a" <b>&amp;\u0000\u001f\ud800 'é' ]]>\n😀`;
const rows: readonly Row[] = [
  {
    srcIp: "10.0.0.1",
    dstIp: "10.0.0.2",
    tuples: 3,
    allowed: 2,
    denied: 1,
    flows: 2,
    bytesSent: 9007199254740991,
    bytesReceived: 1,
  },
  { srcIp: "10.0.0.2", dstIp: "10.0.0.1", tuples: 4, allowed: 4, denied: 0, bytesSent: 0, bytesReceived: 0 },
];
const host = () => ({
  nic: true,
  name: HOSTILE,
  isPublic: false,
  country: null,
  countryName: null,
  asn: null,
  tag: null,
  network: HOSTILE,
  subnet: null,
  pinned: false,
});
const budget = { internet: 9, inside: 9 };
const picture = pictureOf(
  { now: rows, before: rows },
  weightsOf(rows, rows),
  host,
  { grouping: "network", look: FIRST_LOOK },
  budget,
);
const provenance = { program: "Tidemark 0.1.0", filter: HOSTILE };

/** XML cannot hold these characters at all: they are shown as their code point. */
const shown = HOSTILE.replace("\u0000", "\\u{0}").replace("\u001f", "\\u{1f}").replace("\ud800", "\\u{d800}");

function all(element: XmlElement, name: string): readonly XmlElement[] {
  return element.children.flatMap((child) => [...(child.name === name ? [child] : []), ...all(child, name)]);
}

test("GraphML is read back with every sum and what it was made of", () => {
  const root = parseXml(graphml(picture, provenance));
  expect(root.attributes.xmlns).toBe("http://graphml.graphdrawing.org/xmlns");
  const names = new Map(all(root, "key").map(({ attributes }) => [attributes.id, attributes["attr.name"]]));
  const data = (element: XmlElement): Record<string, string> =>
    Object.fromEntries(
      element.children
        .filter(({ name }) => name === "data")
        .map(({ attributes, text }) => [names.get(attributes.key)!, text]),
    );
  const [graph] = all(root, "graph");
  expect(graph?.attributes.edgedefault).toBe("directed");
  expect(data(graph!)).toEqual({ program: "Tidemark 0.1.0", filter: shown });
  expect(all(root, "node").map((node) => data(node).name)).toEqual([shown, shown]);
  const ids = all(root, "node").map(({ attributes }) => attributes.id);
  expect(all(root, "edge").map(({ attributes }) => [attributes.source, attributes.target])).toEqual([
    ids,
    ids.toReversed(),
  ]);
  expect(data(all(root, "edge")[0]!)).toMatchObject({
    tuples: "3",
    denied: "1",
    flows: "2",
    bytesSent: "9007199254740991",
    bytesReceived: "1",
    tuplesBefore: "3",
  });
});

test("GEXF 1.3 is read back with every sum and what it was made of", () => {
  const root = parseXml(gexf(picture, provenance, "2026-03-11"));
  expect([root.name, root.attributes.version, root.attributes.xmlns]).toEqual(["gexf", "1.3", "http://gexf.net/1.3"]);
  expect(all(root, "meta")[0]?.attributes.lastmodifieddate).toBe("2026-03-11");
  expect(all(root, "description")[0]?.text).toBe(`program: Tidemark 0.1.0; filter: ${shown}`);
  const titles = (of: string): Record<string, string> =>
    Object.fromEntries(
      all(all(root, "attributes").find(({ attributes }) => attributes.class === of)!, "attribute").map(
        ({ attributes }) => [attributes.id, attributes.title!],
      ),
    );
  const values = (element: XmlElement, of: string): Record<string, string> =>
    Object.fromEntries(
      all(element, "attvalue").map(({ attributes }) => [titles(of)[attributes.for!]!, attributes.value!]),
    );
  expect(all(root, "node").map((node) => values(node, "node").group)).toEqual([shown, shown]);
  const edges = all(root, "edge");
  expect(edges.map(({ attributes }) => attributes.weight)).toEqual(["9007199254740992", "1"]);
  expect(values(edges[0]!, "edge")).toMatchObject({ tuples: "3", bytesSent: "9007199254740991", tuplesBefore: "3" });
});

test("SVG is well formed, and has a path for each stroke and the text that was written", () => {
  const pen = svgPen(200, 100, (text) => text.length * 6);
  pen.beginPath();
  pen.moveTo(1, 2);
  pen.bezierCurveTo(3, 4, 5, 6, 7, 8.126);
  pen.setLineDash([4, 3]);
  pen.strokeStyle = '"#abc"';
  pen.stroke();
  pen.beginPath();
  pen.arc(10, 10, 4, 0, Math.PI * 2);
  pen.globalAlpha = 0.5;
  pen.fill();
  pen.font = '480 11px "JetBrains Mono", monospace';
  pen.fillText(HOSTILE, 5, 6);
  const root = parseXml(pen.finish(HOSTILE, "made of", "#fff"));
  const paths = all(root, "path").map(({ attributes }) => attributes);
  expect(paths[0]).toMatchObject({
    d: "M1 2C3 4 5 6 7 8.13",
    "stroke-dasharray": "4 3",
    stroke: '"#abc"',
    fill: "none",
  });
  expect(paths[1]).toMatchObject({ d: "M14 10A4 4 0 0 1 6 10A4 4 0 0 1 14 10Z", opacity: "0.5" });
  expect(all(root, "text")[0]).toMatchObject({
    text: shown,
    attributes: { style: 'font:480 11px "JetBrains Mono", monospace' },
  });
  expect(all(root, "title")[0]?.text).toBe(shown);
});
