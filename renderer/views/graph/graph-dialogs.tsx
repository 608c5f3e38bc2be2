// What the graph asks before it draws: whose neighbours and which, the name of a group; and the list of what a node folds.

import { type ReactElement, useEffect, useMemo, useState } from "react";
import { failureOf } from "../../../shared/failure.ts";
import type { Row } from "../../../shared/rows.ts";
import type { Scope } from "../../../shared/scope.ts";
import { ask } from "../../host/ask.ts";
import { bytes, count, exactBytes } from "../../model/format.ts";
import type { GraphMeasure } from "../../model/graph-look.ts";
import { navigate } from "../../model/navigate.ts";
import { narrowed } from "../../model/view.ts";
import { Modal } from "../../widgets/modal.tsx";
import { drawAlone, groupByHand, named } from "./arrange.ts";
import { neighboursOf, TOP, type Which } from "./neighbours.ts";
import type { Node } from "./parts.ts";
import type { Weights } from "./weights.ts";

const MOST_NEIGHBOURS = 2000;

const whichTitles: Readonly<Record<Which, string>> = {
  all: "All of them",
  top: `The ${TOP} with most`,
  next: "Next hop in time: opened after it was first contacted itself",
};

export function NeighboursDialog(props: {
  readonly node: Node;
  readonly scope: Scope;
  readonly measure: GraphMeasure;
  readonly onClose: () => void;
}): ReactElement {
  const [ip] = props.node.members;
  const [which, setWhich] = useState<Which>("all");
  const [filter, setFilter] = useState("");
  const [rows, setRows] = useState<readonly Row[] | null>(null);
  const [failure, setFailure] = useState("");
  const { scope } = props;

  useEffect(() => {
    const stop = new AbortController();
    const of = narrowed(
      narrowed(scope, { kind: "endpoint", ip: ip ?? "" }),
      filter.trim() === "" ? null : { kind: "several", filter, title: "" },
    );
    ask(
      "query.rows",
      { by: "edges", scope: of, sort: { field: "tuples", order: "desc" }, limit: MOST_NEIGHBOURS, after: 0, bin: null },
      { signal: stop.signal },
    ).then(
      ({ rows: found }) => {
        setRows(found);
        setFailure("");
      },
      (thrown: unknown) => {
        if (!stop.signal.aborted) setFailure(failureOf(thrown).message);
      },
    );
    return () => stop.abort();
  }, [scope, ip, filter]);

  const counts = useMemo(
    () => ({
      all: neighboursOf(rows ?? [], ip ?? "", "all", props.measure),
      top: neighboursOf(rows ?? [], ip ?? "", "top", props.measure),
      next: neighboursOf(rows ?? [], ip ?? "", "next", props.measure),
    }),
    [rows, ip, props.measure],
  );

  return (
    <Modal title={`Neighbours of ${ip ?? ""}`} onClose={props.onClose}>
      <form
        className="graph-form"
        onSubmit={(event) => {
          event.preventDefault();
          drawAlone([ip ?? "", ...counts[which]]);
          props.onClose();
        }}
      >
        <div className="body">
          <fieldset>
            <legend className="visually-hidden">Which</legend>
            {(Object.keys(whichTitles) as Which[]).map((each) => (
              <label key={each}>
                <input type="radio" name="which" checked={which === each} onChange={() => setWhich(each)} />{" "}
                {whichTitles[each]} <span className="dim">{rows === null ? "…" : count(counts[each].length)}</span>
              </label>
            ))}
          </fieldset>
          <label>
            Only by traffic that matches{" "}
            <input
              className="mono"
              placeholder="dport == 445"
              value={filter}
              onChange={(event) => setFilter(event.target.value)}
            />
          </label>
          {failure === "" ? null : (
            <p role="alert" className="failed">
              {failure}
            </p>
          )}
          {rows?.length === MOST_NEIGHBOURS ? (
            <p className="dim">
              The {count(MOST_NEIGHBOURS)} edges of most tuples are looked at; a filter reaches others.
            </p>
          ) : null}
        </div>
        <footer>
          <button type="submit" className="button primary" disabled={counts[which].length === 0}>
            Draw {count(counts[which].length)}
          </button>
        </footer>
      </form>
    </Modal>
  );
}

export function GroupDialog(props: { readonly nodes: readonly Node[]; readonly onClose: () => void }): ReactElement {
  const [name, setName] = useState("");
  const members = props.nodes.flatMap((node) => node.members);
  return (
    <Modal title={`Group ${named(props.nodes)}`} onClose={props.onClose}>
      <form
        className="graph-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() === "") return;
          groupByHand(name.trim(), members);
          props.onClose();
        }}
      >
        <div className="body">
          <label>
            Name of the group {/* biome-ignore lint/a11y/noAutofocus: the dialog was opened to type it */}
            <input autoFocus value={name} maxLength={80} onChange={(event) => setName(event.target.value)} />
          </label>
          <p className="dim">
            {count(members.length)} {members.length === 1 ? "address stands" : "addresses stand"} in a box of that name,
            whatever the grouping, until it is let go.
          </p>
        </div>
        <footer>
          <button type="submit" className="button primary" disabled={name.trim() === ""}>
            Group
          </button>
        </footer>
      </form>
    </Modal>
  );
}

/** Every address a node stands for, by what it moved in this scope; the sum is the node's. */
export function MembersDialog(props: {
  readonly node: Node;
  readonly weights: Weights;
  readonly onClose: () => void;
}): ReactElement {
  const { node, weights } = props;
  const rows = useMemo(
    () =>
      node.members
        .map((ip) => {
          const sums = weights.get(ip)?.sums;
          return {
            ip,
            bytes: (sums?.bytesSent ?? 0) + (sums?.bytesReceived ?? 0),
            tuples: sums?.tuples ?? 0,
            denied: sums?.denied ?? 0,
          };
        })
        .sort((a, b) => b.bytes - a.bytes || b.tuples - a.tuples || (a.ip < b.ip ? -1 : 1)),
    [node, weights],
  );
  return (
    <Modal title={`${count(node.members.length)} addresses drawn as one`} wide onClose={props.onClose}>
      <div className="body members">
        <table>
          <thead>
            <tr>
              <th>Address</th>
              <th className="number">Bytes</th>
              <th className="number">Tuples</th>
              <th className="number">Denied</th>
              <th />
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.ip}>
                <td>
                  <button
                    type="button"
                    className="link ip"
                    onClick={() => {
                      navigate({ selection: { kind: "endpoint", ip: row.ip } });
                      props.onClose();
                    }}
                  >
                    {row.ip}
                  </button>
                </td>
                <td className="number" title={exactBytes(row.bytes)}>
                  {bytes(row.bytes)}
                </td>
                <td className="number">{count(row.tuples)}</td>
                <td className="number">{count(row.denied)}</td>
                <td>
                  <button
                    type="button"
                    className="link"
                    onClick={() => {
                      drawAlone([row.ip]);
                      props.onClose();
                    }}
                  >
                    Draw alone
                  </button>
                </td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th>Σ as drawn; an edge inside counts once</th>
              <td className="number" title={exactBytes(node.bytes)}>
                {bytes(node.bytes)}
              </td>
              <td className="number">{count(node.tuples)}</td>
              <td className="number">{count(node.denied)}</td>
              <td />
            </tr>
          </tfoot>
        </table>
      </div>
    </Modal>
  );
}
