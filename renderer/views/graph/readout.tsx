// What is under the pointer, in the head of the graph.

import type { ReactElement } from "react";
import { bytes, count, exactBytes } from "../../model/format.ts";
import { type Pointed, titleOf } from "./chosen.ts";
import type { Picture } from "./picture.ts";

export function Readout({
  picture,
  pointed,
}: {
  readonly picture: Picture;
  readonly pointed: NonNullable<Pointed>;
}): ReactElement {
  if ("node" in pointed) {
    const node = picture.nodes[pointed.node];
    return node ? (
      <>
        <b>{titleOf(node)}</b> <span title={exactBytes(node.bytes)}>{bytes(node.bytes)}</span> {count(node.tuples)}{" "}
        tuples
      </>
    ) : (
      <span />
    );
  }
  const edge = picture.edges[pointed.edge];
  const [source, target] = [picture.nodes[edge?.source ?? -1], picture.nodes[edge?.target ?? -1]];
  if (!edge || !source || !target) return <span />;
  return (
    <>
      <b>
        {titleOf(source)} → {titleOf(target)}
      </b>{" "}
      {bytes(edge.bytesSent + edge.bytesReceived)} · {count(edge.tuples)} tuples
      {edge.denied > 0 ? <span className="denied-text"> · {count(edge.denied)} denied</span> : null}
    </>
  );
}
