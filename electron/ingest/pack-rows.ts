// Rows of a batch as a segment: by the kernel where they are usual (in its memory, IPv4 only), else by segment/pack.ts, which is the
// reference. Both give the same bytes, and a property test holds them to it.

import type { Context, FlowLog, PackedSegment, Part } from "../segment/columns.ts";
import { pack } from "../segment/frame.ts";
import { packSegment } from "../segment/pack.ts";
import type { Batch } from "./batch.ts";

/** Rows from (inclusive) … to (exclusive), at least one. */
export function packRows(batch: Batch, from: number, to: number): PackedSegment {
  return packUsual(batch, from, to) ?? packSegment(batch.raw, batch.v6, batch, from, to);
}

/** Null where they are not usual. */
export function packUsual(batch: Batch, from: number, to: number): PackedSegment | null {
  const { raw, kernel } = batch;
  const { calls, memory } = kernel;
  if (raw !== kernel.raw) return null;
  const contextCount = calls.findSegment(from, to - from);
  if (contextCount === 0) return null;
  const texts = textsOf(batch, new Uint32Array(memory.buffer, calls.OLD_CONTEXTS.value, contextCount));
  const part = (name: Part): Uint8Array => {
    const length = calls[`${name}Part`]();
    return pack(new Uint8Array(memory.buffer, calls.OUT.value, length));
  };
  return {
    tuples: to - from,
    firstTime: calls.firstTime.value,
    lastTime: calls.lastTime.value,
    ...texts,
    otherStates: calls.highestState.value > DOCUMENTED ? batch.otherStates : [],
    firstMember: raw.member[from] as number,
    lastMember: raw.member[to - 1] as number,
    parts: {
      keys: part("keys"),
      when: part("when"),
      ports: part("ports"),
      counters: part("counters"),
      place: part("place"),
    },
  };
}

/** The highest state that has a number of its own. */
const DOCUMENTED = 4;

/** Contexts by their number in the batch, and the flow logs that they name, in order of appearance. */
function textsOf(batch: Batch, numbers: Uint32Array): Pick<PackedSegment, "contexts" | "flowLogs"> {
  const flowLogs: FlowLog[] = [];
  const known = new Map<number, number>();
  const contexts = Array.from(numbers, (number) => {
    const context = batch.contexts[number] as Context;
    let flowLog = known.get(context.flowLog);
    if (flowLog === undefined) {
      flowLog = flowLogs.push(batch.flowLogs[context.flowLog] as FlowLog) - 1;
      known.set(context.flowLog, flowLog);
    }
    return { ...context, flowLog };
  });
  return { contexts, flowLogs };
}
