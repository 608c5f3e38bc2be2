// What can be done with the graph by name, for palette and keys: how it is drawn, what its nodes do, how it is saved. Each says why it
// cannot be done now.

import type { Command } from "../../model/commands.ts";
import { colourings, details, measures, projections } from "../../model/graph-look.ts";
import { navigate, shownView } from "../../model/navigate.ts";
import { groupings } from "../../model/view.ts";
import { leavePath, lockOrLetGo, showAll } from "./arrange.ts";
import { command, type GraphShown, notGraph } from "./graph-command.ts";
import {
  colourTitles,
  detailTitles,
  exportFormats,
  formatTitles,
  groupingTitles,
  measureTitles,
  projectionTitles,
} from "./graph-titles.tsx";
import { changeLook, redoLook, undoLook, useLookSteps } from "./look-steps.ts";
import { nodeCommands } from "./node-commands.ts";

export function graphCommands(shown: () => GraphShown): readonly Command[] {
  return [...drawing(shown), ...nodeCommands(shown), ...ofPicture(shown)];
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
