// What is under the pointer or the focus, exactly.

import type { ReactElement } from "react";
import { count, exactBytes } from "../../model/format.ts";
import { type Pointed, titleOf } from "./chosen.ts";
import type { Edge, Node, Picture } from "./parts.ts";
import { changeOf, encryptions, type Sums } from "./sums.ts";

const encryptionTitles = {
  on: "encrypted",
  off: "not encrypted",
  why: "not encrypted, for a reason",
  drop: "dropped for encryption",
  unknown: "encryption not logged",
} as const;

const changeTitles = {
  new: "new: not in the earlier range",
  gone: "gone: in the earlier range only",
  both: "in both ranges",
};

export function Tip(props: {
  readonly picture: Picture;
  readonly pointed: Pointed;
  readonly at: readonly [number, number];
  readonly isCompared: boolean;
}): ReactElement | null {
  const { picture, pointed, at } = props;
  if (pointed === null) return null;
  const node = "node" in pointed ? picture.nodes[pointed.node] : undefined;
  const edge = "edge" in pointed ? picture.edges[pointed.edge] : undefined;
  if (!node && !edge) return null;
  return (
    <div className="graph-tip" style={placeOf(at)} role="tooltip">
      {node ? <OfNode node={node} isCompared={props.isCompared} /> : null}
      {edge ? <OfEdge picture={picture} edge={edge} /> : null}
    </div>
  );
}

/** Beside the pointer, inside the pane: about 330 × 112 px are kept for it. */
export function placeOf([x, y]: readonly [number, number]): { readonly left: string; readonly top: string } {
  return {
    left: `max(4px, min(${Math.round(x + 14)}px, 100% - 330px))`,
    top: `max(4px, min(${Math.round(y + 14)}px, 100% - 112px))`,
  };
}

function OfNode({ node, isCompared }: { readonly node: Node; readonly isCompared: boolean }): ReactElement {
  return (
    <>
      <b>{titleOf(node)}</b>
      {node.label !== node.id && node.members.length === 1 ? <span className="dim"> {node.label}</span> : null}
      <Figures sums={node} />
      {isCompared ? (
        <p>
          {changeTitles[changeOf(node.tuples, node.tuplesBefore)]}; {count(node.tuplesBefore)} tuples then
        </p>
      ) : null}
    </>
  );
}

function OfEdge({ picture, edge }: { readonly picture: Picture; readonly edge: Edge }): ReactElement {
  const [source, target] = [picture.nodes[edge.source], picture.nodes[edge.target]];
  const parts = encryptions.flatMap((name, i) => (edge.encryption[i] ? ([[name, edge.encryption[i]]] as const) : []));
  return (
    <>
      <b>
        {source ? titleOf(source) : ""} → {target ? titleOf(target) : ""}
      </b>
      <Figures sums={edge} />
      {edge.edges > 1 ? <p>{count(edge.edges)} edges drawn as one</p> : null}
      {parts.map(([name, tuples]) => (
        <p key={name}>
          {encryptionTitles[name]}: {count(tuples)} tuples
        </p>
      ))}
      {edge.before ? (
        <p>
          {changeTitles[changeOf(edge.tuples, edge.before.tuples)]}; then {count(edge.before.tuples)} tuples,{" "}
          {exactBytes(edge.before.bytesSent + edge.before.bytesReceived)}
        </p>
      ) : null}
    </>
  );
}

function Figures({ sums }: { readonly sums: Sums }): ReactElement {
  return (
    <table>
      <tbody>
        <tr>
          <th>allowed</th>
          <td>{count(sums.allowed)} tuples</td>
        </tr>
        {sums.denied > 0 ? (
          <tr>
            <th className="denied-text">denied</th>
            <td>{count(sums.denied)} tuples</td>
          </tr>
        ) : null}
        {sums.flows > 0 ? (
          <tr>
            <th>flows</th>
            <td>{count(sums.flows)}</td>
          </tr>
        ) : null}
        <tr>
          <th>sent</th>
          <td>
            {exactBytes(sums.bytesSent)}, {count(sums.packetsSent)} packets
          </td>
        </tr>
        <tr>
          <th>received</th>
          <td>
            {exactBytes(sums.bytesReceived)}, {count(sums.packetsReceived)} packets
          </td>
        </tr>
      </tbody>
    </table>
  );
}
