// The picture's nodes and edges with their sums as GraphML and as GEXF 1.3, for tools that go on with graphs. Both say what they were
// made of: the scope, how it was counted, what was left out, the version. Texts of evidence are escaped; every sum is a whole number.

import { titleOf } from "./chosen.ts";
import type { Edge, Node, Picture } from "./parts.ts";
import { type Sums, sumFields } from "./sums.ts";
import { escaped } from "./xml.ts";

/** What a reader must know of it, one name and value each. */
export type Provenance = Readonly<Record<string, string>>;

type Field<T> = { readonly name: string; readonly type: "string" | "long"; readonly of: (thing: T) => string | number };

const nodeFields: readonly Field<Node>[] = [
  { name: "label", type: "string", of: titleOf },
  { name: "name", type: "string", of: ({ label }) => label },
  { name: "kind", type: "string", of: ({ kind }) => kind },
  { name: "group", type: "string", of: ({ group }) => group },
  { name: "addresses", type: "long", of: ({ members }) => members.length },
  { name: "members", type: "string", of: ({ members }) => members.join(" ") },
  ...sumsOf<Node>((node) => node),
];

const edgeFields: readonly Field<Edge>[] = [
  { name: "edges", type: "long", of: ({ edges }) => edges },
  ...sumsOf<Edge>((edge) => edge),
];

const comparedFields: readonly Field<Edge>[] = [
  { name: "tuplesBefore", type: "long", of: ({ before }) => before?.tuples ?? 0 },
  { name: "bytesSentBefore", type: "long", of: ({ before }) => before?.bytesSent ?? 0 },
  { name: "bytesReceivedBefore", type: "long", of: ({ before }) => before?.bytesReceived ?? 0 },
];

function sumsOf<T>(sums: (thing: T) => Sums): readonly Field<T>[] {
  return sumFields.map((name) => ({ name, type: "long", of: (thing) => sums(thing)[name] }));
}

function fieldsOf(picture: Picture): readonly Field<Edge>[] {
  return picture.edges.some(({ before }) => before !== null) ? [...edgeFields, ...comparedFields] : edgeFields;
}

export function graphml(picture: Picture, provenance: Provenance): string {
  const fields = fieldsOf(picture);
  const keys = [
    ...Object.keys(provenance).map((name) => key(`g_${name}`, "graph", name, "string")),
    ...nodeFields.map(({ name, type }) => key(`n_${name}`, "node", name, type)),
    ...fields.map(({ name, type }) => key(`e_${name}`, "edge", name, type)),
  ];
  const data = (prefix: string, name: string, value: string | number): string =>
    `<data key="${prefix}_${escaped(name)}">${escaped(String(value))}</data>`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">',
    ...keys,
    '<graph id="tidemark" edgedefault="directed">',
    ...Object.entries(provenance).map(([name, value]) => data("g", name, value)),
    ...picture.nodes.map(
      (node, i) => `<node id="n${i}">${nodeFields.map(({ name, of }) => data("n", name, of(node))).join("")}</node>`,
    ),
    ...picture.edges.map(
      (edge, i) =>
        `<edge id="e${i}" source="n${edge.source}" target="n${edge.target}">${fields.map(({ name, of }) => data("e", name, of(edge))).join("")}</edge>`,
    ),
    "</graph>",
    "</graphml>\n",
  ].join("\n");
}

function key(id: string, of: "graph" | "node" | "edge", name: string, type: "string" | "long"): string {
  return `<key id="${escaped(id)}" for="${of}" attr.name="${escaped(name)}" attr.type="${type}"/>`;
}

/** `day`: of writing, as 2026-03-11. The weight of an edge is its bytes, and at least 1: Gephi takes no 0. */
export function gexf(picture: Picture, provenance: Provenance, day: string): string {
  const fields = fieldsOf(picture);
  const described = Object.entries(provenance)
    .map(([name, value]) => `${name}: ${value}`)
    .join("; ");
  const declared = (of: "node" | "edge", all: readonly Field<never>[]): string =>
    `<attributes class="${of}">${all.map(({ name, type }, i) => `<attribute id="${i}" title="${escaped(name)}" type="${type}"/>`).join("")}</attributes>`;
  const values = <T>(all: readonly Field<T>[], thing: T): string =>
    `<attvalues>${all.map(({ of }, i) => `<attvalue for="${i}" value="${escaped(String(of(thing)))}"/>`).join("")}</attvalues>`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<gexf xmlns="http://gexf.net/1.3" version="1.3">',
    `<meta lastmodifieddate="${escaped(day)}"><creator>${escaped(provenance.program ?? "Tidemark")}</creator><description>${escaped(described)}</description></meta>`,
    '<graph mode="static" defaultedgetype="directed">',
    declared("node", nodeFields),
    declared("edge", fields),
    "<nodes>",
    ...picture.nodes.map(
      (node, i) => `<node id="n${i}" label="${escaped(titleOf(node))}">${values(nodeFields, node)}</node>`,
    ),
    "</nodes>",
    "<edges>",
    ...picture.edges.map((edge, i) => {
      const weight = Math.max(1, edge.bytesSent + edge.bytesReceived);
      return `<edge id="e${i}" source="n${edge.source}" target="n${edge.target}" weight="${weight}">${values(fields, edge)}</edge>`;
    }),
    "</edges>",
    "</graph>",
    "</gexf>\n",
  ].join("\n");
}
