// The menu of the graph: of the node, edge or nodes under the pointer (or the focus), what narrows the scope first, then what arranges
// the picture.

import { ContextMenu } from "radix-ui";
import { type MouseEvent, type ReactElement, useState } from "react";
import type { Selection } from "../../model/view.ts";
import { openTuples } from "../inspector/open-tuples.ts";
import { copy, HostItems, Item, TermItems } from "../values/value-items.tsx";
import {
  hide,
  leavePath,
  lockOrLetGo,
  openOrFold,
  seekPath,
  showAll,
  showOnly,
  showOnlyAround,
  ungroup,
  widenBy,
} from "./arrange.ts";
import { nodesOf, type Pointed, selectionOf, termAndHost } from "./chosen.ts";
import type { Node, Picture } from "./parts.ts";
import type { Placed } from "./use-places.ts";

type Props = {
  readonly picture: Picture;
  readonly placed: Placed;
  readonly selection: Selection | null;
  readonly hasFilter: boolean;
  readonly isArranged: boolean;
  readonly hasPath: boolean;
  /** What an event is over; null over nothing. */
  readonly at: (event: MouseEvent) => Pointed;
  readonly onNeighbours: (node: Node) => void;
  readonly onMembers: (node: Node) => void;
  readonly onGroup: (nodes: readonly Node[]) => void;
  readonly children: ReactElement;
};

export function GraphMenu(props: Props): ReactElement {
  const [what, setWhat] = useState<Pointed>(null);
  return (
    <ContextMenu.Root modal={false}>
      <ContextMenu.Trigger asChild onContextMenuCapture={(event) => setWhat(props.at(event))}>
        {props.children}
      </ContextMenu.Trigger>
      <ContextMenu.Portal>
        <ContextMenu.Content className="menu" collisionPadding={8}>
          {what === null ? <OfPicture {...props} /> : <OfPointed {...props} what={what} />}
        </ContextMenu.Content>
      </ContextMenu.Portal>
    </ContextMenu.Root>
  );
}

function Line(): ReactElement {
  return <ContextMenu.Separator className="menu-line" />;
}

function OfPicture({ picture, placed, isArranged, hasPath }: Props): ReactElement {
  return (
    <>
      <Item title="Show everything" blocked={isArranged ? null : "Nothing is hidden."} run={showAll} />
      <Item title="Leave the path" blocked={hasPath ? null : "No path is shown."} run={leavePath} />
      <Item
        title="Lock or let go all nodes"
        run={() =>
          lockOrLetGo(
            picture,
            placed,
            picture.nodes.map((_, i) => i),
          )
        }
      />
    </>
  );
}

function OfPointed({ what, ...props }: Props & { readonly what: NonNullable<Pointed> }): ReactElement {
  const { picture, selection } = props;
  const { term, host } = termAndHost(picture, what);
  const made = selectionOf(picture, what);
  return (
    <>
      {term ? <TermItems term={term} /> : null}
      <Item
        title="Show its tuples"
        keys="Enter"
        blocked={made ? null : "Nothing is drawn here."}
        run={() => made && openTuples(made)}
      />
      {"node" in what ? <OfNodes {...props} at={nodesFor(picture, selection, what.node)} first={what.node} /> : null}
      {host ? (
        <>
          <Line />
          <HostItems ip={host} />
        </>
      ) : null}
      <Item title="Copy" run={() => void copy(host || term, host ? "Address copied" : "Filter copied")} />
    </>
  );
}

/** All that are selected, where the one pointed at is among them. */
function nodesFor(picture: Picture, selection: Selection | null, node: number): readonly number[] {
  const selected = nodesOf(picture, selection);
  return selected.has(node) && selected.size > 1 ? [node, ...[...selected].filter((each) => each !== node)] : [node];
}

function OfNodes({
  at,
  first,
  ...props
}: Omit<Props, "at"> & { readonly at: readonly number[]; readonly first: number }): ReactElement | null {
  const { picture, placed } = props;
  const nodes = at.flatMap((i) => picture.nodes[i] ?? []);
  const node = picture.nodes[first];
  if (!node) return null;
  const isOne = node.members.length === 1;
  const opening = openOrFold(picture, node);
  const [a, b] = nodes;
  const [from, to] = [a?.members[0], b?.members[0]];
  const two = nodes.length === 2 && a?.members.length === 1 && b?.members.length === 1;
  const byHand = node.group.startsWith("by hand/") ? node.group.slice("by hand/".length) : null;
  return (
    <>
      <Line />
      {nodes.length > 1 ? <ContextMenu.Label className="menu-label">{nodes.length} nodes</ContextMenu.Label> : null}
      <Item title="Hide" keys="H" run={() => hide(nodes)} />
      <Item title="Draw only this" keys="O" run={() => showOnly(nodes)} />
      <Item title="Draw only this and who it speaks with" run={() => showOnlyAround(picture, at)} />
      {opening ? <Item title={opening.title} keys="E" run={opening.run} /> : null}
      {isOne ? null : <Item title={`List its ${node.members.length} addresses…`} run={() => props.onMembers(node)} />}
      <Item
        title="Draw neighbours…"
        blocked={isOne ? null : "Neighbours are of one address."}
        run={() => props.onNeighbours(node)}
      />
      <Item
        title="Widen the filter by its traffic"
        blocked={props.hasFilter ? null : "Nothing is filtered out."}
        run={() => widenBy(nodes.flatMap(({ members }) => members))}
      />
      <Item
        title="Path between the two, fewest hops"
        blocked={two ? null : "Select two addresses: click one, Ctrl click the other."}
        run={() => from && to && seekPath(from, to, "hops")}
      />
      <Item
        title="Path that can have followed in time"
        blocked={two ? null : "Select two addresses: the one it began with last."}
        run={() => from && to && seekPath(from, to, "time")}
      />
      <Item title="Lock, or let go" keys="L" run={() => lockOrLetGo(picture, placed, at)} />
      <Item title="Group as…" keys="G" run={() => props.onGroup(nodes)} />
      {byHand === null ? null : <Item title={`Let go of the group ${byHand}`} run={() => ungroup(byHand)} />}
    </>
  );
}
