// A filter made ready for a case: what it says of every conversation, and of a tuple where its conversation does not tell (source
// port, state). Conversations are looked at column by column, once a filter.

import { never } from "../../shared/failure.ts";
import type { Filter, Match, NumberRange, Test } from "../../shared/filter/tree.ts";
import { states } from "../../shared/flow.ts";
import type { ContextText } from "../store/texts.ts";
import type { Catalog } from "./catalog.ts";
import { endpointsIn } from "./endpoints.ts";
import type { Facts } from "./facts.ts";
import { mergeTests } from "./merge-tests.ts";
import { pattern, refuseManyPatterns } from "./pattern.ts";
import type { SegmentView } from "./segment-view.ts";

/** Of a conversation: some of its tuples may match, all do; 0: none does. */
export const DEPENDS = 1;
export const YES = 2;

export type Compiled = {
  /** 0, DEPENDS or YES by conversation. */
  readonly verdicts: Uint8Array;
  /** For some conversations it takes the tuple. */
  readonly depends: boolean;
  /** For rows of a segment, where their conversations say DEPENDS. */
  rowsOf(view: SegmentView): (row: number, conversation: number) => boolean;
};

type Row = (row: number, conversation: number) => boolean;
type Node = { readonly verdicts: Uint8Array; readonly rowsOf: (view: SegmentView) => Row };

/** `filter`: its conditions on tuples only. Throws AppError bad-request where a regular expression is none. */
export function compileFilter(catalog: Catalog, filter: Filter, facts: Facts): Compiled {
  refuseManyPatterns(patternsIn(filter));
  const node = nodeOf(catalog, mergeTests(filter), facts);
  return { ...node, depends: node.verdicts.includes(DEPENDS) };
}

function patternsIn(filter: Filter): readonly string[] {
  if (filter.kind === "and") return filter.all.flatMap(patternsIn);
  if (filter.kind === "or") return filter.any.flatMap(patternsIn);
  if (filter.kind === "not") return patternsIn(filter.one);
  return "match" in filter && filter.match === "matches" ? filter.values : [];
}

function nodeOf(catalog: Catalog, filter: Filter, facts: Facts): Node {
  switch (filter.kind) {
    case "everything":
    case "measure": // on the row shown; nothing is said of tuples
      return decided(new Uint8Array(catalog.conversations.columns.length).fill(YES));
    case "not": {
      const { verdicts, rowsOf } = nodeOf(catalog, filter.one, facts);
      return {
        verdicts: verdicts.map((verdict) => YES - verdict),
        rowsOf(view) {
          const row = rowsOf(view);
          return (i, c) => !row(i, c);
        },
      };
    }
    case "and":
      return joined(catalog, filter.all, facts, "every");
    case "or":
      return joined(catalog, filter.any, facts, "some");
    default:
      return testNode(catalog, filter, facts);
  }
}

/**
 * The least of several verdicts where every part must hold, the greatest where some must. A part that conversations decide is not kept
 * beyond that, so that a chain of thousands needs no more memory than one.
 */
function joined(catalog: Catalog, parts: readonly Filter[], facts: Facts, which: "every" | "some"): Node {
  const verdicts = new Uint8Array(catalog.conversations.columns.length).fill(which === "every" ? YES : 0);
  const told = verdicts.slice();
  const dependent: Node[] = [];
  for (const part of parts) {
    const node = nodeOf(catalog, part, facts);
    join(verdicts, node.verdicts, which);
    if (node.verdicts.includes(DEPENDS)) dependent.push(node);
    else join(told, node.verdicts, which);
  }
  return {
    verdicts,
    rowsOf(view) {
      const rows = dependent.map((node) => node.rowsOf(view));
      if (which === "every") return (i, c) => told[c] === YES && rows.every((row) => row(i, c));
      return (i, c) => told[c] === YES || rows.some((row) => row(i, c));
    },
  };
}

function join(verdicts: Uint8Array, other: Uint8Array, which: "every" | "some"): void {
  if (which === "every") {
    for (let c = 0; c < verdicts.length; c++)
      if ((other[c] as number) < (verdicts[c] as number)) verdicts[c] = other[c] as number;
  } else {
    for (let c = 0; c < verdicts.length; c++)
      if ((other[c] as number) > (verdicts[c] as number)) verdicts[c] = other[c] as number;
  }
}

/** What is told by the conversation alone. */
function decided(verdicts: Uint8Array): Node {
  return { verdicts, rowsOf: () => (_, c) => verdicts[c] === YES };
}

// Columns of conversations looked up in small tables, a loop for each kind: a function called for each costs five times as much.

/** YES where the table has 1 at the column's value, shifted and masked. */
function byColumn(column: Uint32Array, shift: number, mask: number, table: Uint8Array): Node {
  const verdicts = new Uint8Array(column.length);
  for (let c = 0; c < verdicts.length; c++)
    verdicts[c] = (table[((column[c] as number) >>> shift) & mask] as number) * YES;
  return decided(verdicts);
}

/** YES where the source's mark is 1, the destination's, or one of both. */
function byEnd({ conversations }: Catalog, end: "src" | "dst" | "either", mask: Uint8Array): Node {
  const { src, dst, length } = conversations.columns;
  const verdicts = new Uint8Array(length);
  if (end === "either")
    for (let c = 0; c < length; c++)
      verdicts[c] = ((mask[src[c] as number] as number) | (mask[dst[c] as number] as number)) * YES;
  else {
    const own = end === "src" ? src : dst;
    for (let c = 0; c < length; c++) verdicts[c] = (mask[own[c] as number] as number) * YES;
  }
  return decided(verdicts);
}

function testNode(catalog: Catalog, test: Test, facts: Facts): Node {
  switch (test.kind) {
    case "address": {
      const mask = endpointsIn(catalog.conversations, test.values);
      return byEnd(catalog, test.field === "ip" ? "either" : test.field, mask);
    }
    case "fact": {
      const holds = textTest(test.match, test.values);
      const known = test.field === "srccountry" || test.field === "dstcountry" ? facts.country : facts[test.field];
      const mask = new Uint8Array(catalog.conversations.endpoints);
      for (let endpoint = 0; endpoint < mask.length; endpoint++)
        if (holds(known(catalog.ip(endpoint)))) mask[endpoint] = 1;
      const end = test.field === "srccountry" ? "src" : test.field === "dstcountry" ? "dst" : "either";
      return byEnd(catalog, end, mask);
    }
    case "service": {
      const wanted = new Uint8Array(1 << 24); // by port and protocol
      for (const { port, protocol } of test.values)
        if (port === null) wanted.fill(1, protocol << 16, (protocol + 1) << 16);
        else wanted[(protocol << 16) | port] = 1;
      return byColumn(catalog.conversations.columns.service, 0, 0xffffff, wanted);
    }
    case "number":
      return numberNode(catalog, test.field, test.values);
    case "text":
      return textNode(catalog, test);
    default:
      return never(test);
  }
}

function numberNode(
  catalog: Catalog,
  field: Extract<Test, { kind: "number" }>["field"],
  ranges: readonly NumberRange[],
): Node {
  const { length, service } = catalog.conversations.columns;
  const wanted = new Uint8Array(1 << 16);
  for (const { from, to } of ranges) wanted.fill(1, from, to + 1);
  if (field === "proto") return byColumn(service, 16, 0xff, wanted);
  if (field === "dport") return byColumn(service, 0, 0xffff, wanted);
  const verdicts = new Uint8Array(length).fill(DEPENDS);
  if (field === "port")
    for (let c = 0; c < length; c++) if (wanted[(service[c] as number) & 0xffff] === 1) verdicts[c] = YES;
  return {
    verdicts,
    rowsOf(view) {
      const srcPort = view.srcPort();
      return (i, c) => verdicts[c] === YES || wanted[srcPort[i] as number] === 1;
    },
  };
}

function textNode(catalog: Catalog, { field, match, values }: Extract<Test, { kind: "text" }>): Node {
  const { length, context, service } = catalog.conversations.columns;
  const holds = textTest(match, values);
  switch (field) {
    case "dir": {
      return byColumn(service, 24, 1, Uint8Array.of(holds("i") ? 1 : 0, holds("o") ? 1 : 0));
    }
    case "decision": {
      return byColumn(service, 25, 1, Uint8Array.of(holds("allow") ? 1 : 0, holds("deny") ? 1 : 0));
    }
    case "state": {
      const verdicts = new Uint8Array(length).fill(DEPENDS);
      return {
        verdicts,
        rowsOf(view) {
          const { state } = view.when;
          const wanted = Uint8Array.from({ length: states.length + view.segment.otherStates.length }, (_, code) =>
            holds(stateText(view, code)) ? 1 : 0,
          );
          return (i) => wanted[state[i] as number] === 1;
        },
      };
    }
    default: {
      const wanted = new Map([...catalog.contexts].map(([id, texts]) => [id, holds(textOf(texts, field))]));
      const byId = new Uint8Array(Math.max(0, ...wanted.keys()) + 1);
      for (const [id, one] of wanted) byId[id] = one ? 1 : 0;
      return byColumn(context, 0, 0xffffffff, byId);
    }
  }
}

function textOf(texts: ContextText, field: "enc" | "nic" | "acl" | "rule" | "flowlog"): string | null {
  if (field === "enc") return texts.encryption;
  return field === "flowlog" ? texts.flowLog : texts[field];
}

/** The state as logged. */
export function stateText(view: SegmentView, state: number): string | null {
  return state < states.length
    ? (states[state] as string | null)
    : (view.segment.otherStates[state - states.length] ?? null);
}

/** Without case; of a text that is not there only `null` holds. */
function textTest(match: Match, values: readonly string[]): (text: string | null) => boolean {
  if (match === "matches") {
    const patterns = values.map(pattern);
    return (text) => text !== null && patterns.some((holds) => holds(text));
  }
  if (match === "contains") {
    return (text) => {
      const lower = text?.toLowerCase();
      return lower !== undefined && values.some((value) => lower.includes(value));
    };
  }
  const wanted = new Set(values);
  return (text) => wanted.has(text === null ? "null" : text.toLowerCase());
}
