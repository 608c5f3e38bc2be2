// The graph itself: canvas for looking, a list of its nodes for keyboard and screen reader, its menu, dialogs and what stands under it.

import {
  type KeyboardEvent,
  type ReactElement,
  type RefObject,
  useCallback,
  useEffect,
  useMemo,
  useState,
} from "react";
import { navigate } from "../../model/navigate.ts";
import type { View } from "../../model/view.ts";
import { openTuples } from "../inspector/open-tuples.ts";
import { hide, lockAt, lockOrLetGo, openOrFold, showOnly } from "./arrange.ts";
import { edgesOfSelection, nodesOf, ofNodes, type Pointed, selectionOf, toggled } from "./chosen.ts";
import { type CanvasApi, GraphCanvas } from "./graph-canvas.tsx";
import type { GraphAsking } from "./graph-command.ts";
import { GroupDialog, MembersDialog, NeighboursDialog } from "./graph-dialogs.tsx";
import { GraphFoot } from "./graph-foot.tsx";
import { GraphMenu } from "./graph-menu.tsx";
import { redoLook, undoLook } from "./look-steps.ts";
import { NodeList } from "./node-list.tsx";
import { type FoundPath, pathBetween } from "./path-between.ts";
import { Tip } from "./tip.tsx";
import type { Graph } from "./use-graph.ts";
import { type Placed, usePlaces } from "./use-places.ts";
import { weightsOf } from "./weights.ts";

/** `acting`: nodes that commands act on. */
export type Standing = {
  readonly placed: Placed;
  readonly focus: (node: number) => void;
  readonly acting: readonly number[];
  readonly ask: (asking: GraphAsking) => void;
};

export function GraphBody(props: {
  readonly view: View;
  readonly graph: Graph;
  readonly size: readonly [number, number];
  readonly api: RefObject<CanvasApi | null>;
  readonly standing: RefObject<Standing | null>;
  readonly isLasso: boolean;
  readonly onSize: (size: readonly [number, number]) => void;
  readonly onLassoed: () => void;
}): ReactElement {
  const { graph, api, size } = props;
  const { picture, rows } = graph;
  const { graph: look, group, selection, scope, compare } = props.view;
  const shape = JSON.stringify([graph.shape, Math.round(size[0] / 60), Math.round(size[1] / 60)]);
  const placed = usePlaces(picture, size, shape, group, look.locked);
  const [pointed, setPointed] = useState<{ readonly what: Pointed; readonly at: readonly [number, number] }>(NOWHERE);
  const [focused, setFocused] = useState<string | null>(null); // by its id: a new picture counts anew
  const [asking, setAsking] = useState<GraphAsking | null>(null);
  const focus = focused === null ? -1 : nodeFor(picture, focused);
  const path = useMemo(() => (look.path === null ? null : pathBetween(rows?.now ?? [], look.path)), [look.path, rows]);
  const { pathNodes, pathEdges } = useMemo(() => onPath(picture, path), [picture, path]);
  const selectedNodes = useMemo(() => nodesOf(picture, selection), [picture, selection]);
  const selectedEdges = useMemo(() => edgesOfSelection(picture, selection), [picture, selection]);
  const locked = useMemo(
    () => new Set(picture.nodes.flatMap(({ id }, i) => (look.locked[id] ? i : []))),
    [picture, look.locked],
  );

  // Stable, so that canvas and list are drawn for their picture and not for every step of the range.
  const select = useCallback(
    (what: Pointed, how: "one" | "more"): void => {
      if (how === "more" && what !== null && "node" in what)
        return navigate({ selection: toggled(picture, selection, what.node) });
      const made = what === null ? null : selectionOf(picture, what);
      if (what === null || made) navigate({ selection: made });
    },
    [picture, selection],
  );
  const open = useCallback(
    (what: Pointed): void => {
      const node = what !== null && "node" in what ? picture.nodes[what.node] : undefined;
      if (node && node.members.length > 1) return setAsking({ what: "members", node });
      const made = what === null ? null : selectionOf(picture, what);
      if (made) openTuples(made);
    },
    [picture],
  );
  const point = useCallback((what: Pointed, at: readonly [number, number]) => setPointed({ what, at }), []);
  const move = useCallback(
    (node: number, x: number, y: number) => lockAt(picture, placed, node, x, y),
    [picture, placed],
  );
  const { onLassoed } = props;
  const lasso = useCallback(
    (nodes: readonly number[]) => {
      onLassoed();
      navigate({ selection: ofNodes(nodes.flatMap((i) => picture.nodes[i] ?? [])) });
    },
    [picture, onLassoed],
  );
  const focusOn = useCallback(
    (what: Pointed): void => {
      if (what === null) {
        setFocused(null);
        return setPointed(NOWHERE);
      }
      if ("node" in what) setFocused(picture.nodes[what.node]?.id ?? null);
      const at = "node" in what ? what.node : (picture.edges[what.edge]?.source ?? 0);
      setPointed({ what, at: onScreen(api.current, placed, at) });
    },
    [picture, placed, api],
  );

  // Several that are selected; else the one that has the focus.
  const acting = useMemo(
    () =>
      selectedNodes.size > 0 && (focus < 0 || selectedNodes.has(focus)) ? [...selectedNodes] : focus < 0 ? [] : [focus],
    [selectedNodes, focus],
  );
  useEffect(() => {
    const focusAt = (node: number): void => setFocused(picture.nodes[node]?.id ?? null);
    props.standing.current = { placed, focus: focusAt, acting, ask: setAsking };
  }, [props.standing, placed, picture, acting]);

  /** Keys of the nodes that are focused or selected; those of the whole graph. */
  function onKey(event: KeyboardEvent): boolean {
    const isMod = event.ctrlKey || event.metaKey;
    const key = event.key.toLowerCase();
    if (isMod && key === "z") {
      if (event.shiftKey) redoLook();
      else undoLook();
      return true;
    }
    const chosen = selectedNodes.size > 1 && (focus < 0 || selectedNodes.has(focus)) ? [...selectedNodes] : [focus];
    const nodes = chosen.flatMap((i) => picture.nodes[i] ?? []);
    const [node] = nodes;
    const step = { arrowup: [0, -8], arrowdown: [0, 8], arrowleft: [-8, 0], arrowright: [8, 0] }[key];
    if (!node || event.altKey) return false;
    if (isMod && step && focus >= 0) {
      const [x, y] = [placed.places[focus * 2] ?? 0, placed.places[focus * 2 + 1] ?? 0];
      lockAt(picture, placed, focus, x + (step[0] ?? 0), y + (step[1] ?? 0));
      return true;
    }
    if (isMod) return false;
    if (key === "h") hide(nodes);
    else if (key === "o") showOnly(nodes);
    else if (key === "l") lockOrLetGo(picture, placed, chosen);
    else if (key === "g") setAsking({ what: "group", nodes });
    else if (key === "e") openOrFold(picture, node)?.run();
    else return false;
    return true;
  }

  return (
    <>
      <GraphMenu
        picture={picture}
        placed={placed}
        selection={selection}
        hasFilter={scope.filter.trim() !== ""}
        isArranged={look.hidden.length > 0 || look.only.length > 0}
        hasPath={look.path !== null}
        at={(event) =>
          event.target instanceof HTMLCanvasElement
            ? (api.current?.at(event.nativeEvent) ?? null)
            : focus >= 0
              ? { node: focus }
              : null
        }
        onNeighbours={(node) => setAsking({ what: "neighbours", node })}
        onMembers={(node) => setAsking({ what: "members", node })}
        onGroup={(nodes) => setAsking({ what: "group", nodes })}
      >
        <div className="graph-area">
          <GraphCanvas
            picture={picture}
            placed={placed}
            measure={look.measure}
            colouring={look.colour === "comparison" && compare === null ? "decision" : look.colour}
            statusOf={graph.statusOf}
            noted={graph.noted}
            locked={locked}
            selectedNodes={selectedNodes}
            selectedEdges={selectedEdges}
            pathNodes={pathNodes}
            pathEdges={pathEdges}
            focus={focus}
            isCompared={rows?.before != null}
            isLasso={props.isLasso}
            api={api}
            onSize={props.onSize}
            onPoint={point}
            onSelect={select}
            onOpen={open}
            onMove={move}
            onLasso={lasso}
          />
          <NodeList
            picture={picture}
            selected={selectedNodes}
            focus={focus}
            at={focus < 0 ? NOWHERE.at : pointed.at}
            onFocus={focusOn}
            onSelect={select}
            onOpen={open}
            onKey={onKey}
          />
          <Tip picture={picture} pointed={pointed.what} at={pointed.at} isCompared={rows?.before != null} />
        </div>
      </GraphMenu>
      <GraphFoot
        picture={picture}
        look={look}
        scope={scope}
        leftOut={graph.leftOut}
        leftOutBefore={graph.leftOutBefore}
        isCompared={rows?.before != null}
        path={path}
      />
      {asking === null ? null : asking.what === "group" ? (
        <GroupDialog nodes={asking.nodes} onClose={() => setAsking(null)} />
      ) : asking.what === "members" ? (
        <MembersDialog node={asking.node} weights={weightsOf(rows?.now ?? [], null)} onClose={() => setAsking(null)} />
      ) : (
        <NeighboursDialog node={asking.node} scope={scope} measure={look.measure} onClose={() => setAsking(null)} />
      )}
    </>
  );
}

const NOWHERE = { what: null, at: [0, 0] as const };

/** By its id; folded meanwhile: what holds it; opened meanwhile: the first of what it held. */
function nodeFor({ nodes }: Graph["picture"], wanted: string): number {
  const itself = nodes.findIndex(({ id }) => id === wanted);
  if (itself >= 0) return itself;
  const holder = nodes.findIndex(({ members }) => members.includes(wanted));
  return holder >= 0 ? holder : nodes.findIndex(({ group }) => group === wanted || wanted.startsWith(`${group}/`));
}

function onScreen(api: CanvasApi | null, { places }: Placed, node: number): readonly [number, number] {
  const { k, x, y } = api?.scene().transform ?? { k: 1, x: 0, y: 0 };
  return [(places[node * 2] ?? 0) * k + x, (places[node * 2 + 1] ?? 0) * k + y];
}

function onPath(
  { nodes, edges }: Graph["picture"],
  path: FoundPath | null,
): { readonly pathNodes: ReadonlySet<number>; readonly pathEdges: ReadonlySet<number> } {
  const pathNodes = new Set<number>();
  const pathEdges = new Set<number>();
  if (path === null) return { pathNodes, pathEdges };
  const at = path.ips.map((ip) => nodes.findIndex(({ members }) => members.includes(ip)));
  for (const node of at) if (node >= 0) pathNodes.add(node);
  edges.forEach(({ source, target }, i) => {
    const isStep = at.some(
      (node, step) =>
        step > 0 &&
        ((at[step - 1] === source && node === target) ||
          (path.isAgainst && at[step - 1] === target && node === source)),
    );
    if (isStep) pathEdges.add(i);
  });
  return { pathNodes, pathEdges };
}
