// The graph of the scope: who opened conversations with whom. Canvas for looking, a list of its nodes for keyboard and screen reader,
// and the table of edges below it as its twin.

import { Maximize, Minus, Plus, Search } from "lucide-react";
import { type ReactElement, useCallback, useMemo, useRef, useState } from "react";
import { useAnswer } from "../../model/answer.ts";
import { countedAs } from "../../model/counting.ts";
import { useFacts, useNics } from "../../model/facts.ts";
import { count } from "../../model/format.ts";
import { navigate, useShownSoon } from "../../model/navigate.ts";
import { useNotebook } from "../../model/notebook.ts";
import { type Grouping, groupings } from "../../model/view.ts";
import { openTuples } from "../inspector/open-tuples.ts";
import { ValueMenu } from "../values/value-menu.tsx";
import { boxesOf, budgetFor } from "./boxes.ts";
import { edgeOf, nodesOf, type Pointed, selectedAddresses, selectionOf } from "./chosen.ts";
import { GraphCanvas } from "./graph-canvas.tsx";
import { NodeList } from "./node-list.tsx";
import { type Host, type Picture, pictureOf, weightsOf } from "./picture.ts";
import { Readout } from "./readout.tsx";
import { usePlaces } from "./use-places.ts";
import "./graph.css";

const MOST_EDGES = 3000;
const groupingTitles: Readonly<Record<Grouping, string>> = {
  network: "country and network",
  as: "autonomous system and network",
  tag: "service tag and network",
  country: "country",
  none: "nothing",
};

export function GraphPane(): ReactElement {
  const { scope, group, selection } = useShownSoon(({ view }) => view);
  const answer = useAnswer("query.rows", {
    by: "edges",
    scope,
    sort: { field: "tuples", order: "desc" },
    limit: MOST_EDGES,
    after: 0,
    bin: null,
  });
  const [size, setSize] = useState<readonly [number, number]>([900, 240]);
  const rows = answer.value?.rows;
  const weights = useMemo(() => weightsOf(rows ?? []), [rows]);
  const ips = useMemo(() => [...weights.keys()], [weights]);
  const facts = useFacts(ips);
  const nics = useNics();
  const { statusOf, notebook } = useNotebook();
  const noted = useMemo(() => new Set(notebook.notes.flatMap(({ host }) => host ?? [])), [notebook]);
  const chosen = selectedAddresses(selection).join(" ");

  const picture: Picture = useMemo(() => {
    const pinned = new Set([...statusOf.keys(), ...noted, ...chosen.split(" ")]);
    const host = (ip: string): Host => {
      const nic = nics.byAddress.get(ip);
      const known = facts.get(ip);
      return {
        nic: nic?.addresses[0]?.ip === ip,
        name: nic?.name ?? ip,
        isPublic: known?.class === "public",
        country: known?.country ?? null,
        countryName: known?.countryName ?? null,
        network: nic?.network ?? null,
        subnet: nic?.subnet ?? null,
        pinned: pinned.has(ip),
      };
    };
    return pictureOf(rows ?? [], weights, host, group, budgetFor(...size));
  }, [rows, weights, facts, nics, statusOf, noted, chosen, group, size]);
  const boxes = useMemo(() => boxesOf(picture, ...size), [picture, size]);
  const places = usePlaces(picture, boxes, size, group);
  const [pointed, setPointed] = useState<Pointed>(null);
  const [focused, setFocused] = useState<string | null>(null); // by its id: a new picture counts anew
  const focus = focused === null ? -1 : picture.nodes.findIndex(({ id }) => id === focused);
  const setFocus = useCallback((at: number) => setFocused(picture.nodes[at]?.id ?? null), [picture]);
  const zoom = useRef<{ by(factor: number): void; fit(): void; centre(node: number): void } | null>(null);
  const [finding, setFinding] = useState<string | null>(null);
  const left = answer.value?.leftOut.count ?? 0;

  // Stable, so that canvas and list are drawn for their picture and not for every step of the range.
  const select = useCallback(
    (what: Pointed): void => {
      const made = what === null ? null : selectionOf(picture, what);
      if (what === null || made) navigate({ selection: made });
    },
    [picture],
  );
  const open = useCallback(
    (what: Pointed): void => {
      const made = what === null ? null : selectionOf(picture, what);
      if (made) openTuples(made);
    },
    [picture],
  );
  const selectedNodes = useMemo(() => nodesOf(picture, selection), [picture, selection]);
  const selectedEdge = useMemo(() => edgeOf(picture, selection), [picture, selection]);

  return (
    <section className="pane graph" aria-label="Graph">
      <div className="pane-head">
        <h2>Graph</h2>
        <label>
          <span className="dim">Group by</span>{" "}
          <select value={group} onChange={(event) => navigate({ group: grouping(event.target.value) })}>
            {groupings.map((name) => (
              <option key={name} value={name}>
                {groupingTitles[name]}
              </option>
            ))}
          </select>
        </label>
        <span className="legend">
          <i className="solid" /> allowed <i className="dashed" /> denied
        </span>
        <span className="readout grow">{pointed ? <Readout picture={picture} pointed={pointed} /> : null}</span>
        {finding === null ? (
          <button
            type="button"
            className="icon-button"
            aria-label="Find a node"
            title="Find a node"
            onClick={() => setFinding("")}
          >
            <Search size={13} />
          </button>
        ) : (
          <input
            className="find"
            aria-label="Find a node by address or name"
            placeholder="Address or name"
            // biome-ignore lint/a11y/noAutofocus: it was opened to be typed in
            autoFocus
            value={finding}
            onChange={(event) => {
              setFinding(event.target.value);
              const at = findNode(picture, event.target.value);
              setFocus(at);
              if (at >= 0) zoom.current?.centre(at);
            }}
            onKeyDown={(event) => {
              if (event.key === "Enter" && focus >= 0) select({ node: focus });
              if (event.key === "Enter" || event.key === "Escape") setFinding(null);
            }}
            onBlur={() => setFinding(null)}
          />
        )}
        <button
          type="button"
          className="icon-button"
          aria-label="Zoom out"
          title="Zoom out"
          onClick={() => zoom.current?.by(0.8)}
        >
          <Minus size={13} />
        </button>
        <button
          type="button"
          className="icon-button"
          aria-label="Zoom in"
          title="Zoom in"
          onClick={() => zoom.current?.by(1.25)}
        >
          <Plus size={13} />
        </button>
        <button type="button" className="icon-button" aria-label="Fit" title="Fit" onClick={() => zoom.current?.fit()}>
          <Maximize size={13} />
        </button>
      </div>
      <ValueMenu>
        <div className={`graph-body${answer.pending || answer.failure !== null ? " pending" : ""}`}>
          <GraphCanvas
            picture={picture}
            boxes={boxes}
            places={places}
            statusOf={statusOf}
            noted={noted}
            selectedNodes={selectedNodes}
            selectedEdge={selectedEdge}
            focus={focus}
            zoom={zoom}
            onSize={setSize}
            onPoint={setPointed}
            onSelect={select}
            onOpen={open}
          />
          <NodeList picture={picture} focus={focus} onFocus={setFocus} onSelect={select} onOpen={open} />
          {answer.failure !== null ? (
            <p className="graph-note" role="alert">
              {answer.failure.message} {rows === undefined ? "" : "What is drawn answers an earlier question."}
            </p>
          ) : picture.nodes.length === 0 && !answer.pending && rows !== undefined ? (
            <p className="graph-note">No edge in this scope.</p>
          ) : rows === undefined ? null : (
            <p className="graph-note">
              {count(picture.nodes.length)} nodes stand for {count(picture.endpoints)} endpoints;{" "}
              {left === 0
                ? "none left out"
                : `+${count(left)} edges with ${count(answer.value?.leftOut.tuples ?? 0)} tuples are not drawn`}
              . Sums {countedAs(scope)}.
            </p>
          )}
        </div>
      </ValueMenu>
    </section>
  );
}

function grouping(text: string): Grouping {
  return groupings.find((name) => name === text) ?? "network";
}

function findNode(picture: Picture, text: string): number {
  const wanted = text.trim().toLowerCase();
  if (wanted === "") return -1;
  const found = (test: (name: string) => boolean): number =>
    picture.nodes.findIndex((node) => [node.label, ...node.members].some((name) => test(name.toLowerCase())));
  const exact = found((name) => name === wanted);
  return exact >= 0 ? exact : found((name) => name.includes(wanted));
}
