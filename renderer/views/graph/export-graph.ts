// Saves what the pane shows: as a picture, or its nodes and edges for other tools; each says what it was made of.

import { countedAs } from "../../model/counting.ts";
import { count, instant } from "../../model/format.ts";
import { saveBytes, saveText } from "../../model/save-file.ts";
import { useSession } from "../../model/session.ts";
import type { View } from "../../model/view.ts";
import { type Exhibit, pngOf, svgOf } from "./exhibit.ts";
import type { ExportFormat } from "./graph-titles.tsx";
import { gexf, graphml, type Provenance } from "./graph-xml.ts";
import { readPalette } from "./palette.ts";
import type { Graph } from "./use-graph.ts";

/** The path it was saved at; null where it was cancelled. */
export async function exportGraph(
  format: ExportFormat,
  view: View,
  graph: Graph,
  exhibit: Exhibit | null,
): Promise<string | null> {
  const provenance = provenanceOf(view, graph);
  const name = `${useSession.getState().open?.name ?? "case"}-${view.graph.projection}.${format}`;
  const caption = Object.entries(provenance)
    .map(([key, value]) => `${key}: ${value}`)
    .join(" · ");
  if (format === "graphml") return await text(name, graphml(graph.picture, provenance));
  if (format === "gexf")
    return await text(name, gexf(graph.picture, provenance, new Date().toISOString().slice(0, 10)));
  if (exhibit === null) throw new Error("There is no picture to save yet.");
  const colours = readPalette();
  if (format === "svg") return await text(name, svgOf(exhibit, name, caption, colours));
  return (await saveBytes(name, await pngOf(exhibit, caption, colours)))?.path ?? null;
}

async function text(name: string, content: string): Promise<string | null> {
  async function* once(): AsyncGenerator<string> {
    yield content;
  }
  return (await saveText(name, once(), new AbortController().signal))?.path ?? null;
}

function provenanceOf({ scope, compare, group, graph: look }: View, { picture, leftOut }: Graph): Provenance {
  const { about, open, info } = useSession.getState();
  const range = (from: number | null, to: number | null): string =>
    `${from === null ? "begin of the case" : `${instant(from)} UTC`} to ${to === null ? "end of the case" : `${instant(to)} UTC`}`;
  const left = leftOut.count ?? 0;
  const hidden = picture.aside.nodes.length;
  return {
    program: `Tidemark ${about?.version ?? ""}`.trim(),
    case: open?.name ?? "",
    digest: info?.logicalDigest ?? "",
    range: range(scope.from, scope.to),
    filter: scope.filter.trim() === "" ? "none" : scope.filter,
    ...(compare === null ? {} : { comparedWith: range(compare.from, compare.to) }),
    sums: countedAs(scope),
    grouping: group,
    measure: look.measure,
    standsFor: `${count(picture.nodes.length)} nodes for ${count(picture.endpoints)} endpoints`,
    leftOut: `${count(left)} edges with ${count(leftOut.tuples ?? 0)} tuples; hidden: ${count(hidden)} nodes, ${count(picture.aside.edges)} edges with ${count(picture.aside.sums.tuples)} tuples`,
  };
}
