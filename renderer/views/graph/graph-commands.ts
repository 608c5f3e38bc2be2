// What can be done with the graph by name, for palette and keys: how it is drawn, what its nodes do, how it is saved. What acts on nodes
// acts on those that are selected, or on the one that has the focus. Each says why it cannot be done now.

import type { Command } from "../../model/commands.ts";
import { colourings, details, measures, projections } from "../../model/graph-look.ts";
import { navigate, shownView } from "../../model/navigate.ts";
import { groupings } from "../../model/view.ts";
import {
  hide,
  leavePath,
  lockOrLetGo,
  named,
  openOrFold,
  seekPath,
  showAll,
  showOnly,
  showOnlyAround,
  ungroup,
  widenBy,
} from "./arrange.ts";
import {
  colourTitles,
  detailTitles,
  type ExportFormat,
  exportFormats,
  formatTitles,
  groupingTitles,
  measureTitles,
  projectionTitles,
} from "./graph-titles.tsx";
import { changeLook, redoLook, undoLook, useLookSteps } from "./look-steps.ts";
import type { Node, Picture } from "./parts.ts";
import type { Placed } from "./use-places.ts";

export type GraphAsking =
  | { readonly what: "neighbours" | "members"; readonly node: Node }
  | { readonly what: "group"; readonly nodes: readonly Node[] };

/** The graph as it is shown, and what only its pane can do. `placed`: null where it is not drawn as a graph. */
export type GraphShown = {
  readonly picture: Picture;
  readonly placed: Placed | null;
  /** By number in the picture, in the order in which they were selected. */
  readonly acting: readonly number[];
  readonly knows: { readonly asn: boolean; readonly tag: boolean };
  readonly ask: (asking: GraphAsking) => void;
  readonly lasso: () => void;
  readonly find: () => void;
  readonly zoom: (how: "in" | "out" | "fit") => void;
  readonly save: (format: ExportFormat) => void;
};

const section = "Graph";

export function graphCommands(shown: () => GraphShown): readonly Command[] {
  return [...drawing(shown), ...ofNodes(shown), ...ofPicture(shown)];
}

/** Why what is only of the graph cannot be done. */
function notGraph(): string | null {
  const { projection } = shownView().graph;
  return projection === "graph"
    ? null
    : `It is shown as a ${projectionTitles[projection][0].toLowerCase()}, not as a graph.`;
}

function command(
  id: string,
  title: string,
  run: () => void,
  blocked: () => string | null,
  words?: () => string,
): Command {
  return { id: `graph.${id}`, title, section, keys: [], blocked, run, ...(words ? { words } : {}) };
}

const already = (isSo: boolean): string | null => (isSo ? "It is so already." : null);

/** What is drawn, and what colour and width say. */
function drawing(shown: () => GraphShown): readonly Command[] {
  const look = () => shownView().graph;
  return [
    ...projections.map((projection) =>
      command(
        `projection.${projection}`,
        `Draw as ${projectionTitles[projection][0].toLowerCase()}`,
        () => navigate({ graph: { ...look(), projection } }),
        () => already(look().projection === projection),
      ),
    ),
    ...groupings.map((group) =>
      command(
        `levels.${group}`,
        `Group by ${groupingTitles[group]}`,
        () => navigate({ group }),
        () => {
          if (look().projection === "map") return "A map stands by country.";
          if (group === "as" && !shown().knows.asn) return "Nothing is known of autonomous systems here.";
          if (group === "tag" && !shown().knows.tag) return "Nothing is known of service tags here.";
          return already(shownView().group === group);
        },
      ),
    ),
    ...colourings.map((colour) =>
      command(
        `colour.${colour}`,
        `Colour by ${colourTitles[colour]}`,
        () => navigate({ graph: { ...look(), colour } }),
        () =>
          notGraph() ??
          (colour === "comparison" && shownView().compare === null
            ? "Nothing is compared; choose a range to compare with in the timeline."
            : already(look().colour === colour)),
      ),
    ),
    ...measures.map((measure) =>
      command(
        `width.${measure}`,
        `Widths by ${measureTitles[measure]}`,
        () => navigate({ graph: { ...look(), measure } }),
        () => already(look().measure === measure),
      ),
    ),
    ...details.map((detail) =>
      command(
        `nodes.${detail}`,
        `Nodes: ${detailTitles[detail]}`,
        () => changeLook("Number of nodes", { detail }),
        () => notGraph() ?? already(look().detail === detail),
      ),
    ),
  ];
}

/** What acts on nodes. */
function ofNodes(shown: () => GraphShown): readonly Command[] {
  const nodes = (): readonly Node[] => shown().acting.flatMap((i) => shown().picture.nodes[i] ?? []);
  const ips = (): readonly string[] => nodes().flatMap(({ members }) => members);
  const none = (): string | null => notGraph() ?? (nodes().length === 0 ? "No node of the graph is selected." : null);
  const words = (): string => (nodes().length === 0 ? "" : named(nodes()));
  const address = (): Node | null => {
    const [node] = nodes();
    return nodes().length === 1 && node?.members.length === 1 ? node : null;
  };
  const group = (): Node | null => {
    const [node] = nodes();
    return nodes().length === 1 && node && node.members.length > 1 ? node : null;
  };
  const two = (): readonly [string, string] | null => {
    const [from, to] = ips();
    return nodes().length === 2 && ips().length === 2 && from && to ? [from, to] : null;
  };
  const opening = (): ReturnType<typeof openOrFold> => {
    const [node] = nodes();
    return node && nodes().length === 1 ? openOrFold(shown().picture, node) : null;
  };
  const byHand = (): string | null => {
    const found = nodes().find(({ group: held }) => held.startsWith(BY_HAND));
    return found ? found.group.slice(BY_HAND.length) : null;
  };
  const path = (kind: "hops" | "time", title: string): Command =>
    command(
      `path.${kind}`,
      title,
      () => {
        const ends = two();
        if (ends) seekPath(...ends, kind);
      },
      () => notGraph() ?? (two() ? null : "Select two addresses: click one, Ctrl click the other."),
      () => two()?.join(" → ") ?? "",
    );
  return [
    command("hide", "Hide what is selected", () => hide(nodes()), none, words),
    command("only", "Draw only what is selected", () => showOnly(nodes()), none, words),
    command(
      "around",
      "Draw only what is selected and who it speaks with",
      () => showOnlyAround(shown().picture, shown().acting),
      none,
      words,
    ),
    command(
      "lock",
      "Lock what is selected, or let it go",
      () => {
        const { picture, placed, acting } = shown();
        if (placed) lockOrLetGo(picture, placed, acting);
      },
      none,
      words,
    ),
    command(
      "open",
      "Open what is selected, or draw its group as one",
      () => opening()?.run(),
      () => none() ?? (opening() ? null : "Select one group, or one address of a group."),
      () => opening()?.title ?? "",
    ),
    command(
      "neighbours",
      "Draw neighbours…",
      () => {
        const node = address();
        if (node) shown().ask({ what: "neighbours", node });
      },
      () => none() ?? (address() ? null : "Neighbours are of one address."),
      words,
    ),
    command(
      "members",
      "List the addresses of a group…",
      () => {
        const node = group();
        if (node) shown().ask({ what: "members", node });
      },
      () => none() ?? (group() ? null : "What is selected is no group."),
      words,
    ),
    command("hand", "Group as…", () => shown().ask({ what: "group", nodes: nodes() }), none, words),
    command(
      "letgo",
      "Let go of a group made by hand",
      () => {
        const name = byHand();
        if (name !== null) ungroup(name);
      },
      () => none() ?? (byHand() === null ? "What is selected is in no group made by hand." : null),
      () => byHand() ?? "",
    ),
    command(
      "widen",
      "Widen the filter by the traffic of what is selected",
      () => widenBy(ips()),
      () => none() ?? (shownView().scope.filter.trim() === "" ? "Nothing is filtered out." : null),
      words,
    ),
    path("hops", "Path between two, fewest hops"),
    path("time", "Path between two that can have followed in time"),
  ];
}

/** Groups made by hand have their names behind it (boxes of picture.ts). */
const BY_HAND = "by hand/";

/** What acts on the whole of it. */
function ofPicture(shown: () => GraphShown): readonly Command[] {
  const empty = (): string | null => (shown().picture.nodes.length === 0 ? "Nothing is drawn." : null);
  const graph = (): string | null => notGraph() ?? empty();
  return [
    command("find", "Find a node", () => shown().find(), graph),
    command("lasso", "Lasso: draw a line round nodes", () => shown().lasso(), graph),
    command(
      "lock.all",
      "Lock all nodes where they stand, or let them go",
      () => {
        const { picture, placed } = shown();
        if (placed) lockOrLetGo(picture, placed, [...picture.nodes.keys()]);
      },
      graph,
    ),
    command("all", "Show everything that was hidden", showAll, () => {
      const { hidden, only } = shownView().graph;
      return hidden.length + only.length === 0 ? "Nothing is hidden." : null;
    }),
    command("path.leave", "Leave the path", leavePath, () =>
      shownView().graph.path === null ? "No path is shown." : null,
    ),
    command(
      "undo",
      "Undo in the graph",
      undoLook,
      () => (stepBefore() === undefined ? "There is nothing to undo in the graph." : null),
      () => stepBefore()?.title ?? "",
    ),
    command(
      "redo",
      "Redo in the graph",
      redoLook,
      () => (stepAfter() === undefined ? "There is nothing to redo in the graph." : null),
      () => stepAfter()?.title ?? "",
    ),
    command("zoom.in", "Zoom in on the graph", () => shown().zoom("in"), graph),
    command("zoom.out", "Zoom out of the graph", () => shown().zoom("out"), graph),
    command("zoom.fit", "Fit the graph", () => shown().zoom("fit"), graph),
    ...exportFormats.map((format) =>
      command(
        `save.${format}`,
        `Save as ${formatTitles[format][0]}…`,
        () => shown().save(format),
        empty,
        () => formatTitles[format][1],
      ),
    ),
  ];
}

type Step = { readonly title: string };

function stepBefore(): Step | undefined {
  const { steps, at } = useLookSteps.getState();
  return steps[at - 1];
}

function stepAfter(): Step | undefined {
  const { steps, at } = useLookSteps.getState();
  return steps[at];
}
