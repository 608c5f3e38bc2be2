// What can be done with nodes by name: with those that are selected, or the one that has the focus.

import type { Command } from "../../model/commands.ts";
import { shownView } from "../../model/navigate.ts";
import {
  hide,
  lockOrLetGo,
  named,
  openOrFold,
  seekPath,
  showOnly,
  showOnlyAround,
  ungroup,
  widenBy,
} from "./arrange.ts";
import { command, type GraphShown, notGraph } from "./graph-command.ts";
import type { Node } from "./parts.ts";

/** Groups made by hand have their names behind it (boxes of picture.ts). */
const BY_HAND = "by hand/";

export function nodeCommands(shown: () => GraphShown): readonly Command[] {
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
