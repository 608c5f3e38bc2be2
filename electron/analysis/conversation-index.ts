// Every address and every conversation of a case, numbered: pure arithmetic over the dictionaries of segments.
// Sources are numbered one after another; what a source brings that was not there before is one run, in ascending order, after all
// earlier runs. So numbers never change when evidence is added, and building anew gives the same numbers.

import {
  distinctAddresses,
  distinctKeys,
  type MetKeys,
  newConversationKernel,
  type SegmentKeys,
} from "./conversation-kernel.ts";
import { nameOf, numberSixes, type SixEndpoints } from "./six-endpoints.ts";
import { addNumbered, findIds, merged, type NumberedRows, type Rows, release } from "./sorted-rows.ts";

export type { SegmentKeys };

/** Columns of conversations. `service` is destination port | protocol << 16 | flags << 24 (flags as in a segment's keys). */
export type ConversationColumns = {
  readonly length: number;
  readonly context: Uint32Array;
  readonly src: Uint32Array;
  readonly dst: Uint32Array;
  readonly service: Uint32Array;
};

/** What numbering a source added: its own endpoints and conversations, and each segment's local key → conversation. */
export type Run = {
  readonly firstEndpoint: number;
  readonly v4: Uint32Array;
  readonly v6: Uint8Array;
  readonly firstConversation: number;
  readonly conversations: ConversationColumns;
  readonly maps: readonly Uint32Array[];
};

type RunRows = Pick<Run, "v4" | "v6" | "conversations">;

/** What has a number. `last`: the run that was numbered last, which is looked up in only once another comes. */
export type ConversationIndex = {
  endpoints: number;
  conversations: number;
  readonly v4: NumberedRows[];
  readonly v6: SixEndpoints;
  readonly known: NumberedRows[];
  last: Run | null;
};

export function newIndex(): ConversationIndex {
  return { endpoints: 0, conversations: 0, v4: [], v6: new Map(), known: [], last: null };
}

/** Words of a conversation: context, source, destination, service. */
const WORDS = 4;

/** Takes over a run that was numbered before. */
export function addRun(index: ConversationIndex, run: RunRows): void {
  takeLast(index);
  for (let at = 0; at < run.v6.length; at += 16)
    index.v6.set(nameOf(run.v6, at), index.endpoints + run.v4.length + at / 16);
  addRows(index, run, index.endpoints, index.conversations);
  index.endpoints += run.v4.length + run.v6.length / 16;
  index.conversations += run.conversations.length;
}

function takeLast(index: ConversationIndex): void {
  const { last } = index;
  index.last = null;
  if (last !== null) addRows(index, last, last.firstEndpoint, last.firstConversation);
}

function addRows(
  index: ConversationIndex,
  { v4, conversations }: RunRows,
  endpoint: number,
  conversation: number,
): void {
  addNumbered(index.v4, { rows: v4, ids: numbersFrom(endpoint, v4.length) }, 1);
  const { length, context, src, dst, service } = conversations;
  const rows = new Uint32Array(length * WORDS);
  for (let i = 0, at = 0; i < length; i++) {
    rows[at++] = context[i] as number;
    rows[at++] = src[i] as number;
    rows[at++] = dst[i] as number;
    rows[at++] = service[i] as number;
  }
  addNumbered(index.known, { rows, ids: numbersFrom(conversation, length) }, WORDS);
}

function numbersFrom(first: number, length: number): Uint32Array {
  const numbers = new Uint32Array(length);
  for (let i = 0; i < length; i++) numbers[i] = first + i;
  return numbers;
}

/** Numbers what the segments of one source bring, which are in their order. `tuples`: theirs. Each segment's part is asked for twice. */
export function indexSource(index: ConversationIndex, segments: readonly SegmentKeys[], tuples: number): Run {
  takeLast(index);
  const { firstEndpoint, v4, v6, met } = metBy(index, segments, tuples);
  const firstConversation = index.conversations;
  let added = met.words; // numbered by their places, where they are the first
  if (index.known.length > 0) {
    const found = numbered(met.words, index.known, WORDS, firstConversation);
    added = found.added;
    renumber(met.maps, found.ids);
  }
  index.conversations += added.length / WORDS;
  const conversations = columnsOf(added);
  release(added, met.words);
  index.last = { firstEndpoint, v4, v6, firstConversation, conversations, maps: met.maps };
  return index.last;
}

/** Numbers their endpoints; conversations not yet. */
function metBy(
  index: ConversationIndex,
  segments: readonly SegmentKeys[],
  tuples: number,
): Pick<Run, "firstEndpoint" | "v4" | "v6"> & { readonly met: MetKeys } {
  const kernel = newConversationKernel();
  const sixes = new Set<string>();
  kernel.numberSix = (bytes) => {
    for (let at = 0; at < bytes.length; at += 16) sixes.add(nameOf(bytes, at));
  };
  const endpoints = distinctAddresses(kernel, segments, tuples);
  const firstEndpoint = index.endpoints;
  const { ids, added: v4 } = numbered(endpoints, index.v4, 1, firstEndpoint);
  const v6 = numberSixes(index.v6, sixes, firstEndpoint + v4.length);
  index.endpoints += v4.length + v6.length / 16;
  kernel.numberSix = (bytes, into) => {
    for (let i = 0; i < into.length; i++) into[i] = index.v6.get(nameOf(bytes, i * 16)) as number;
  };
  return { firstEndpoint, v4, v6, met: asOne(distinctKeys(kernel, segments, tuples, endpoints, ids)) };
}

/** What was met by some segments after another, as met by all of them. */
function asOne(each: Iterable<MetKeys>): MetKeys {
  let words: Rows | null = null;
  const maps: Uint32Array[] = [];
  for (const met of each) {
    if (words === null) words = met.words;
    else {
      const { rows, ofA, ofB } = merged(words, met.words, WORDS);
      renumber(maps, ofA);
      renumber(met.maps, ofB);
      release(words, met.words, ofA, ofB);
      words = rows;
    }
    maps.push(...met.maps);
  }
  return { words: words ?? new Uint32Array(0), maps };
}

function renumber(maps: readonly Uint32Array[], ids: Uint32Array): void {
  for (const map of maps) for (let i = 0; i < map.length; i++) map[i] = ids[map[i] as number] as number;
}

const NONE = 0xffffffff;

/** The number of each row, and the rows that had none, which get the next ones from `first` on in their order. */
function numbered(
  rows: Rows,
  known: readonly NumberedRows[],
  width: number,
  first: number,
): { readonly ids: Uint32Array; readonly added: Rows } {
  if (known.length === 0) return { ids: numbersFrom(first, rows.length / width), added: rows };
  const ids = new Uint32Array(rows.length / width).fill(NONE);
  for (const list of known) findIds(rows, list, width, ids);
  const added = new Uint32Array(rows.length);
  let n = 0;
  for (let i = 0; i < ids.length; i++) {
    if (ids[i] !== NONE) continue;
    for (let w = 0; w < width; w++) added[n * width + w] = rows[i * width + w] as number;
    ids[i] = first + n++;
  }
  return { ids, added: added.slice(0, n * width) };
}

/** `words`: context, source, destination, service of one conversation after another. */
export function columnsOf(words: Uint32Array): ConversationColumns {
  const length = words.length / WORDS;
  const column = (word: number): Uint32Array => {
    const out = new Uint32Array(length);
    for (let i = 0, at = word; i < length; i++, at += WORDS) out[i] = words[at] as number;
    return out;
  };
  return { length, context: column(0), src: column(1), dst: column(2), service: column(3) };
}
