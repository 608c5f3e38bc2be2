// The tuples of one flow, told by any tuple of it: where a row of flows leads back to.

import { AppError } from "../../shared/failure.ts";
import type { Scope } from "../../shared/scope.ts";
import { FIRST } from "../analysis/settled.ts";
import type { SegmentRow } from "../store/read.ts";
import type { Catalog } from "./catalog.ts";
import { flowShares, type Range } from "./flow-shares.ts";
import { newBits, type RowMask, setBit } from "./row-mask.ts";

type Place = NonNullable<Scope["flow"]>;

/** Those of the flow's tuples that lie in segments of the range; the tuple that tells the flow lies in one. The case is settled. */
export function flowOfTuple(catalog: Catalog, place: Place, range: Range): RowMask {
  const told = findTuple(catalog, place);
  const pair = catalog.pairs().of[conversationOf(catalog, told)] as number;
  const pairs = new Uint8Array(catalog.pairs().length);
  pairs[pair] = 1;
  for (const lanes of flowShares(catalog, range, pairs, Number.POSITIVE_INFINITY)) {
    const { starts, order, mark, alone, row, count } = lanes;
    let at = -1;
    for (const { view, from, to } of lanes.segments())
      if (view.segment.id === told.segment.id) at = row.subarray(from, to).indexOf(told.row) + from;
    const lane = laneOf(at, starts, order, count);
    const flow = new Set<number>(); // positions of its tuples
    let current: number[] = [];
    for (let p = starts[lane] as number; p < (starts[lane + 1] as number); p++) {
      const one = order[p] as number;
      if (alone[one] === 1) {
        if (one === at) flow.add(one);
        continue;
      }
      if (((mark[one] as number) & FIRST) !== 0) current = [];
      current.push(one);
      if (flow.size > 0 && current.length > 1 && flow.has(current[0] as number)) flow.add(one);
      if (one === at) for (const each of current) flow.add(each);
    }
    return maskOf(lanes, flow);
  }
  return new Map();
}

function maskOf(
  lanes: {
    readonly row: Uint32Array;
    segments(): Iterable<{ view: { segment: SegmentRow }; from: number; to: number }>;
  },
  flow: ReadonlySet<number>,
): RowMask {
  const mask = new Map<number, Uint8Array>();
  for (const { view, from, to } of lanes.segments())
    for (const at of flow) {
      if (at < from || at >= to) continue;
      const { id, tuples } = view.segment;
      const bits = mask.get(id) ?? newBits(tuples);
      mask.set(id, bits);
      setBit(bits, lanes.row[at] as number);
    }
  return mask;
}

function laneOf(at: number, starts: Uint32Array, order: Uint32Array, count: number): number {
  const p = order.indexOf(at);
  for (let lane = 0; lane < count; lane++)
    if (p >= (starts[lane] as number) && p < (starts[lane + 1] as number)) return lane;
  throw new RangeError("a tuple that is in scope is in no lane");
}

type Told = { readonly segment: SegmentRow; readonly row: number };

function conversationOf(catalog: Catalog, { segment, row }: Told): number {
  const view = catalog.view(segment);
  return view.map()[view.when.key[row] as number] as number;
}

function findTuple(catalog: Catalog, { source, member, record, tuple }: Place): Told {
  const found = [...catalog.members.values()].find((each) => each.source === source && each.path === member);
  const { segments } = catalog;
  for (const [i, segment] of segments.entries()) {
    const past = segments[i + 1]?.firstMemberId ?? Number.POSITIVE_INFINITY; // a member may go on in the next
    if (!found || segment.firstMemberId > found.id || past < found.id) continue;
    const place = catalog.view(segment).place();
    const own = found.id - segment.firstMemberId;
    for (let row = 0; row < segment.tuples; row++)
      if (place.member[row] === own && place.record[row] === record && place.tuple[row] === tuple)
        return { segment, row };
  }
  throw new AppError("not-found", `There is no tuple ${tuple} in record ${record} of ${member} in the case.`);
}
