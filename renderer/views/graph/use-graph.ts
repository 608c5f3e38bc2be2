// What the graph and its projections are made of: the edges of the scope and of an earlier range, what is known of their ends, and the
// picture of them. Asked once for all projections.

import { useCallback, useMemo, useRef } from "react";
import { isPrivate } from "../../../shared/address-class.ts";
import type { Params } from "../../../shared/contract.ts";
import type { Failure } from "../../../shared/failure.ts";
import { parseIp } from "../../../shared/ip.ts";
import type { Row } from "../../../shared/rows.ts";
import type { Scope } from "../../../shared/scope.ts";
import { useAnswer } from "../../model/answer.ts";
import { useAllFactsKnown, useFacts, useNics } from "../../model/facts.ts";
import type { GraphLook } from "../../model/graph-look.ts";
import { useNotebook } from "../../model/notebook.ts";
import { useInSlices } from "../../model/slices.ts";
import type { View } from "../../model/view.ts";
import { selectedAddresses } from "./chosen.ts";
import type { Budget, Picture, Rows } from "./parts.ts";
import { pictureSteps } from "./picture.ts";
import type { Host } from "./standing.ts";
import type { Statuses } from "./styles.ts";
import { weightsOf } from "./weights.ts";

/** The edges of most tuples are drawn; the others are told as a sum. Fewer where few nodes are: each answer is worked out while a hand brushes. */
const MOST_EDGES = { fit: 3000, more: 5000, most: 5000 } as const;

export type Graph = {
  /** Null until the first answer is here. */
  readonly rows: Rows | null;
  readonly picture: Picture;
  /** Of edges that are not among the rows; `count` how many. */
  readonly leftOut: Readonly<Record<string, number>>;
  /** What is not among the rows of the range compared with: how many edges. Then "new" and "gone" are sure of none beyond them. */
  readonly leftOutBefore: number;
  /** Another where boxes of the picture may be made anew: another filter, grouping or arrangement, or more known of its ends. */
  readonly shape: string;
  readonly failure: Failure | null;
  readonly pending: boolean;
  readonly statusOf: Statuses;
  readonly noted: ReadonlySet<string>;
  /** What the facts can fold by besides countries. */
  readonly knows: { readonly asn: boolean; readonly tag: boolean };
};

/** What is asked for: flows and encryption are told by groups only, which take longer than edges. */
function questionOf(scope: Scope, { measure, colour, detail }: GraphLook): Params<"query.rows"> {
  const common = {
    scope,
    sort: { field: "tuples", order: "desc" },
    limit: MOST_EDGES[detail],
    after: 0,
    bin: null,
  } as const;
  if (colour === "encryption") return { ...common, by: "groups", group: ["srcIp", "dstIp", "encryption"] };
  if (measure === "flows") return { ...common, by: "groups", group: ["srcIp", "dstIp"] };
  return { ...common, by: "edges" };
}

const NO_ROWS: readonly Row[] = [];
const NOTHING_LEFT: Graph["leftOut"] = {};
type Made = Pick<Graph, "rows" | "picture" | "leftOut" | "leftOutBefore" | "shape">;

export function useGraph({ scope, graph: look, group, selection, compare }: View, budget: Budget): Graph {
  const now = useAnswer("query.rows", questionOf(scope, look));
  const before = useAnswer("query.rows", compare === null ? null : questionOf({ ...scope, ...compare }, look));
  const earlier = compare === null ? null : (before.value?.rows ?? null);
  const current = now.value?.rows ?? null;
  const weights = useMemo(() => weightsOf(current ?? NO_ROWS, earlier), [current, earlier]);
  const ips = useMemo(() => [...weights.keys()], [weights]);
  const facts = useFacts(ips);
  const nics = useNics();
  const { statusOf, notebook } = useNotebook();
  const noted = useMemo(() => new Set(notebook.notes.flatMap(({ host }) => host ?? [])), [notebook]);
  const chosen = selectedAddresses(selection).join(" ");
  const path = look.path === null ? "" : `${look.path.from} ${look.path.to}`;

  const answered = useMemo(
    () => ({
      ...{ current, earlier, weights, facts, nics },
      filter: now.params?.scope.filter ?? "",
      leftOut: now.value?.leftOut ?? NOTHING_LEFT,
      leftOutBefore: compare === null ? 0 : (before.value?.leftOut.count ?? 0),
      isWhole: nics.known && ips.every((ip) => facts.has(ip)),
    }),
    [current, earlier, weights, facts, nics, now.params, now.value, before.value, compare, ips],
  );
  // One picture of an answer, not one more for each thing learned of its addresses: nodes begin where they stay.
  const isKnown = useAllFactsKnown(ips) && nics.known;
  const known = useRef(answered);
  if (isKnown || current === null) known.current = answered;
  const shown = known.current;

  // What is told beside the picture is of the same answer as it.
  const steps = useCallback(
    function* (): Generator<void, Made> {
      const pinned = new Set([...statusOf.keys(), ...noted, ...chosen.split(" "), ...path.split(" ")]);
      const host = (ip: string): Host => {
        const nic = shown.nics.byAddress.get(ip);
        const known = shown.facts.get(ip);
        return {
          nic: nic?.addresses[0]?.ip === ip,
          name: nic?.name ?? ip,
          isPublic: isPublic(ip),
          country: known?.country ?? null,
          countryName: known?.countryName ?? null,
          asn: known?.asn ?? null,
          tag: known?.tag ?? null,
          network: nic?.network ?? null,
          subnet: nic?.subnet ?? null,
          pinned: pinned.has(ip),
        };
      };
      const rows = { now: shown.current ?? NO_ROWS, before: shown.earlier };
      const picture = yield* pictureSteps(rows, shown.weights, host, { grouping: group, look }, budget);
      const { detail, collapsed, alone, hidden, only, groups } = look;
      const shape = [shown.filter, shown.isWhole, group, detail, collapsed, alone, hidden, only, groups, compare];
      return {
        picture,
        rows: shown.current === null ? null : rows,
        leftOut: shown.leftOut,
        leftOutBefore: shown.leftOutBefore,
        shape: JSON.stringify(shape),
      };
    },
    [shown, statusOf, noted, chosen, path, group, look, budget, compare],
  );
  const { value: made, isWhole } = useInSlices(steps);

  const knows = useMemo(() => {
    const all = [...facts.values()];
    return { asn: all.some(({ asn }) => asn !== null), tag: all.some(({ tag }) => tag !== null) };
  }, [facts]);

  return {
    ...made,
    failure: now.failure ?? before.failure,
    pending: now.pending || before.pending || !isWhole || shown !== answered,
    statusOf,
    noted,
    knows,
  };
}

const publicly = new Map<string, boolean>();

/** The same as the engine's word for it, known without asking. */
function isPublic(ip: string): boolean {
  const known = publicly.get(ip);
  if (known !== undefined) return known;
  const bytes = parseIp(ip);
  const found = bytes !== null && !isPrivate(bytes);
  publicly.set(ip, found);
  return found;
}
