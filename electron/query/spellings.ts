// An ACL and a flow log are resource ids, and Azure's differ in case from one record to the next: whatever its spelling, it is one.
// So contexts that say the same are one here, and so are the conversations in them; tuples stay as logged.

import { columnsOf } from "../analysis/conversation-index.ts";
import { newQuadTable, quadNumber } from "../analysis/quad-table.ts";
import type { Conversations } from "../store/derive.ts";
import type { ContextText } from "../store/texts.ts";

/**
 * Conversations that differ in nothing but spelling as one, numbered anew. It is shown as the spelling first in byte order, so that the
 * order in which evidence was added does not matter.
 */
export function withOneSpelling(
  conversations: Conversations,
  contexts: ReadonlyMap<number, ContextText>,
): Conversations {
  const shown = shownContexts([...contexts.values()]);
  if (shown === null) return conversations;
  const { columns, mapOf } = conversations;
  const table = newQuadTable(columns.length);
  const numbers = new Uint32Array(columns.length);
  for (let i = 0; i < numbers.length; i++) {
    const context = columns.context[i] as number;
    numbers[i] = quadNumber(
      table,
      shown.get(context) ?? context,
      columns.src[i] as number,
      columns.dst[i] as number,
      columns.service[i] as number,
    );
  }
  return {
    ...conversations,
    columns: columnsOf(table.words.subarray(0, table.length * 4)),
    mapOf: (segmentId) => mapOf(segmentId).map((conversation) => numbers[conversation] as number),
  };
}

/** The context that each is shown as, by id; null where none is shown as another. */
function shownContexts(contexts: readonly ContextText[]): ReadonlyMap<number, number> | null {
  const same = Map.groupBy(contexts, ({ nic, flowLog, acl, rule, encryption }) =>
    JSON.stringify([nic, flowLog?.toLowerCase(), acl?.toLowerCase(), rule, encryption]),
  );
  if (same.size === contexts.length) return null;
  const shown = new Map<number, number>();
  for (const group of same.values()) {
    const [first] = group.toSorted((a, b) => (spelling(a) < spelling(b) ? -1 : 1));
    for (const { id } of group) shown.set(id, first?.id ?? id);
  }
  return shown;
}

function spelling({ acl, flowLog }: ContextText): string {
  return JSON.stringify([acl, flowLog]);
}
