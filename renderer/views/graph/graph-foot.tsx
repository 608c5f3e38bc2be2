// Under the picture: what colours say, what nodes stand for, what is hidden or not drawn, and the path that was sought.

import type { ReactElement } from "react";
import type { Scope } from "../../../shared/scope.ts";
import { countedAs } from "../../model/counting.ts";
import { bytes, count, exactBytes } from "../../model/format.ts";
import type { Colouring, GraphLook } from "../../model/graph-look.ts";
import { leavePath, listEdges, showAll, unhide } from "./arrange.ts";
import { titleOf } from "./chosen.ts";
import { edgesDrawn, type Picture } from "./parts.ts";
import type { FoundPath } from "./path-between.ts";

export function GraphFoot(props: {
  readonly picture: Picture;
  readonly look: GraphLook;
  readonly scope: Scope;
  readonly leftOut: Readonly<Record<string, number>>;
  readonly leftOutBefore: number;
  readonly isCompared: boolean;
  readonly path: FoundPath | null;
}): ReactElement {
  const { picture, look, scope } = props;
  const left = props.leftOut.count ?? 0;
  return (
    <div className="graph-foot">
      <Legend colour={look.colour} />
      <span className="grow" />
      {look.path === null ? null : <PathWords look={look} path={props.path} />}
      <Aside picture={picture} look={look} />
      <span className="graph-note">
        {count(picture.nodes.length)} {picture.nodes.length === 1 ? "node stands" : "nodes stand"} for{" "}
        {count(picture.endpoints)} endpoints;{" "}
        {left === 0 ? (
          "none left out"
        ) : (
          <button
            type="button"
            className="link"
            title={`The ${count(edgesDrawn(picture))} edges of most tuples are drawn. The table Edges lists all.`}
            onClick={listEdges}
          >
            +{count(left)} {look.colour === "encryption" ? "edges by encryption" : "edges"}, Σ{" "}
            {count(props.leftOut.tuples ?? 0)} tuples, are not drawn
          </button>
        )}
        . Sums {countedAs(scope)}.
        {props.isCompared && left + props.leftOutBefore > 0
          ? " New and gone are told among the edges of most tuples of each range only."
          : ""}
      </span>
    </div>
  );
}

function Aside({ picture, look }: { readonly picture: Picture; readonly look: GraphLook }): ReactElement | null {
  const { nodes, edges, sums } = picture.aside;
  if (look.hidden.length === 0 && look.only.length === 0) return null;
  const moved = sums.bytesSent + sums.bytesReceived;
  return (
    <details className="graph-hidden">
      <summary>
        {count(nodes.length)} hidden · <span title={exactBytes(moved)}>Σ {bytes(moved)}</span>
      </summary>
      <div className="menu">
        <p className="dim">
          {count(edges)} edges with {count(sums.tuples)} tuples are not drawn.
        </p>
        <ul aria-label="Hidden nodes">
          {nodes.slice(0, 50).map((node) => (
            <li key={node.id}>
              <span className="ip">{titleOf(node)}</span> <span className="dim">{bytes(node.bytes)}</span>
              <button
                type="button"
                className="link"
                onClick={() => unhide([node.id])}
                disabled={!look.hidden.includes(node.id)}
              >
                show
              </button>
            </li>
          ))}
          {nodes.length > 50 ? <li className="dim">+{count(nodes.length - 50)} others</li> : null}
        </ul>
        <button type="button" className="button small" onClick={showAll}>
          Show everything
        </button>
      </div>
    </details>
  );
}

function PathWords({ look, path }: { readonly look: GraphLook; readonly path: FoundPath | null }): ReactElement {
  const sought = look.path;
  const words =
    path === null
      ? sought?.kind === "time"
        ? "No contacts in scope can have led there in time."
        : "No edges in scope lead there."
      : `${count(path.ips.length - 1)} ${path.ips.length === 2 ? "hop" : "hops"}${
          path.isAgainst ? ", some against the direction of their edge" : ""
        }${sought?.kind === "time" ? ", possible in time" : ""}`;
  return (
    <span className="graph-path" role="status">
      <b>
        {sought?.from} → {sought?.to}
      </b>{" "}
      {words}{" "}
      <button type="button" className="link" onClick={leavePath}>
        leave
      </button>
    </span>
  );
}

const legends: Readonly<Record<Colouring, readonly (readonly [string, string])[]>> = {
  decision: [
    ["allowed", "allowed"],
    ["denied", "denied"],
  ],
  encryption: [
    ["enc-on", "encrypted"],
    ["enc-off", "not"],
    ["enc-why", "not, for a reason"],
    ["enc-drop", "dropped for it"],
    ["denied-only", "denied only"],
  ],
  status: [
    ["compromised", "compromised"],
    ["suspected", "suspected"],
    ["cleared", "cleared"],
    ["denied-only", "denied only"],
  ],
  comparison: [
    ["new", "new"],
    ["gone", "gone"],
    ["both", "both"],
  ],
};

function Legend({ colour }: { readonly colour: Colouring }): ReactElement {
  return (
    <span className="legend">
      {legends[colour].map(([name, title]) => (
        <span key={name}>
          <i className={`mark-${name}`} /> {title}
        </span>
      ))}
    </span>
  );
}
