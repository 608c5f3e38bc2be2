// Every address and every conversation of a case, numbered: pure arithmetic over the dictionaries of segments.
// Sources are indexed one after another; what a source brings that was not there before is one run, in ascending order, after all
// earlier runs. So numbers never change when evidence is added, and building anew gives the same numbers.
// Over 300 lines: look-up, growth and sorting of one open table know its layout in memory; to be split by table when it is next touched.

import { keptColumn } from "./kept-columns.ts";
import { sortedBy } from "./sorted-by.ts";

/** Columns of conversations. `service` is destination port | protocol << 16 | flags << 24 (flags as in a segment's keys). */
export type ConversationColumns = {
  readonly length: number;
  readonly context: Uint32Array;
  readonly src: Uint32Array;
  readonly dst: Uint32Array;
  readonly service: Uint32Array;
};

/** The dictionary of one segment, contexts as their ids in the case. Address `i` is v4[i], from v4.length on 16 bytes of v6. */
export type SegmentKeys = {
  readonly v4: Uint32Array;
  readonly v6: Uint8Array;
  readonly length: number;
  readonly src: Uint32Array;
  readonly dst: Uint32Array;
  readonly dstPort: Uint16Array;
  readonly protocol: Uint8Array;
  readonly flags: Uint8Array;
  readonly context: Uint32Array;
};

/** What indexing a source added: its own endpoints and conversations, and each segment's local key → conversation. */
export type Run = {
  readonly firstEndpoint: number;
  readonly v4: Uint32Array;
  readonly v6: Uint8Array;
  readonly firstConversation: number;
  readonly conversations: ConversationColumns;
  readonly maps: readonly Uint32Array[];
};

/**
 * `words`: context, src, dst, service of conversation i at 4i … 4i+3, together because a look-up then costs one cache miss and not
 * four; `v4`: IPv4 address and its number at 2i, 2i+1. `slots`: open addressing, −1 free; stale once a run has been put in order, until
 * something is looked up again.
 */
export type ConversationIndex = {
  endpoints: number;
  conversations: number;
  v4Slots: Int32Array;
  v4: Uint32Array;
  v4Count: number;
  readonly v6: Map<string, number>;
  slots: Int32Array;
  areSlotsStale: boolean;
  words: Uint32Array;
};

/** `most`: about how many conversations are expected; it grows past that. */
export function newIndex(most = 0): ConversationIndex {
  let capacity = 512;
  while (capacity < most) capacity *= 2;
  return {
    endpoints: 0,
    conversations: 0,
    v4Slots: new Int32Array(1024).fill(-1),
    v4: new Uint32Array(1024),
    v4Count: 0,
    v6: new Map(),
    slots: new Int32Array(capacity * 2).fill(-1),
    areSlotsStale: false,
    words: new Uint32Array(capacity * 4),
  };
}

/** The conversations from `first` on as columns. */
export function columnsOf(index: ConversationIndex, first = 0): ConversationColumns {
  const length = index.conversations - first;
  const column = (word: number): Uint32Array => {
    const out = new Uint32Array(length);
    for (let i = 0, at = first * 4 + word; i < length; i++, at += 4) out[i] = index.words[at] as number;
    return out;
  };
  return { length, context: column(0), src: column(1), dst: column(2), service: column(3) };
}

/** A run being gathered. Until it ends, what is new is numbered in the order met, after all earlier runs. */
type OpenRun = {
  readonly firstEndpoint: number;
  readonly firstConversation: number;
  readonly v6: Uint8Array[];
  readonly maps: Uint32Array[];
};

/** Indexes the segments of one source, in their order. */
export function indexSource(index: ConversationIndex, segments: Iterable<SegmentKeys>): Run {
  refreshSlots(index);
  const run: OpenRun = { firstEndpoint: index.endpoints, firstConversation: index.conversations, v6: [], maps: [] };
  for (const keys of segments) run.maps.push(addKeys(index, keys, run));
  return endRun(index, run);
}

/** Brings what the run added into ascending order and gives it its final numbers. */
function endRun(index: ConversationIndex, run: OpenRun): Run {
  const { firstEndpoint, firstConversation, maps } = run;
  const { v4, v6, endpointRank } = orderEndpoints(index, run);
  const met = columnsOf(index, firstConversation);
  for (const column of [met.src, met.dst]) {
    for (let i = 0; i < column.length; i++) {
      const id = column[i] as number;
      if (id >= firstEndpoint) column[i] = endpointRank[id - firstEndpoint] as number;
    }
  }
  const order = sortedBy([met.service, met.dst, met.src, met.context]);
  const pick = (column: Uint32Array): Uint32Array => {
    const out = new Uint32Array(order.length);
    for (let i = 0; i < out.length; i++) out[i] = column[order[i] as number] as number;
    return out;
  };
  const conversations = {
    length: met.length,
    context: pick(met.context),
    src: pick(met.src),
    dst: pick(met.dst),
    service: pick(met.service),
  };
  const rank = new Uint32Array(met.length);
  for (let i = 0; i < order.length; i++) rank[order[i] as number] = firstConversation + i;
  for (const map of maps) {
    for (let i = 0; i < map.length; i++) {
      const id = map[i] as number;
      if (id >= firstConversation) map[i] = rank[id - firstConversation] as number;
    }
  }
  setWords(index, firstConversation, conversations);
  index.areSlotsStale = true;
  return { firstEndpoint, v4, v6, firstConversation, conversations, maps };
}

/** Takes over a run that was indexed before. */
export function addRun(index: ConversationIndex, run: Pick<Run, "v4" | "v6" | "conversations">): void {
  refreshSlots(index);
  addEndpoints(index, run.v4, run.v6);
  addConversations(index, run.conversations);
}

function mix(value: number): number {
  const h = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  return h ^ (h >>> 13);
}

/** Its place in `v4`, −1 if it is not there. */
function findV4(index: ConversationIndex, value: number): number {
  const mask = index.v4Slots.length - 1;
  let slot = mix(value) & mask;
  for (;;) {
    const at = index.v4Slots[slot] as number;
    if (at === -1) return -1;
    if (index.v4[at * 2] === value) return at;
    slot = (slot + 1) & mask;
  }
}

/** Final numbers of the run's endpoints: IPv4 ascending, then IPv6. `endpointRank` by number until now, less the run's first. */
function orderEndpoints(
  index: ConversationIndex,
  run: OpenRun,
): { v4: Uint32Array; v6: Uint8Array; endpointRank: Uint32Array } {
  const { firstEndpoint } = run;
  const endpointRank = new Uint32Array(index.endpoints - firstEndpoint);
  const firstV4 = index.v4Count - (endpointRank.length - run.v6.length);
  const met = new Uint32Array(index.v4Count - firstV4);
  for (let i = 0; i < met.length; i++) met[i] = index.v4[(firstV4 + i) * 2] as number;
  const v4 = new Uint32Array(met.length);
  sortedBy([met]).forEach((place, i) => {
    v4[i] = met[place] as number;
    const at = (firstV4 + place) * 2 + 1;
    endpointRank[(index.v4[at] as number) - firstEndpoint] = firstEndpoint + i;
    index.v4[at] = firstEndpoint + i;
  });

  const names = run.v6.map(nameOf).sort((a, b) => (a < b ? -1 : 1)); // one character a byte, so texts sort like their bytes
  const v6 = new Uint8Array(names.length * 16);
  names.forEach((name, i) => {
    const id = firstEndpoint + v4.length + i;
    endpointRank[(index.v6.get(name) as number) - firstEndpoint] = id;
    index.v6.set(name, id);
    for (let at = 0; at < 16; at++) v6[i * 16 + at] = name.charCodeAt(at);
  });
  return { v4, v6, endpointRank };
}

function nameOf(bytes: Uint8Array): string {
  let name = "";
  for (const byte of bytes) name += String.fromCharCode(byte);
  return name;
}

function addEndpoints(index: ConversationIndex, v4: Uint32Array, v6: Uint8Array): void {
  for (const value of v4) addV4(index, value);
  for (let at = 0; at < v6.length; at += 16) index.v6.set(nameOf(v6.subarray(at, at + 16)), index.endpoints++);
}

function addV4(index: ConversationIndex, value: number): number {
  if (index.v4Count * 2 === index.v4.length) {
    index.v4 = grown(index.v4, index.v4.length * 2);
    index.v4Slots = new Int32Array(index.v4.length).fill(-1);
    for (let at = 0; at < index.v4Count; at++) slotV4(index, at);
  }
  const at = index.v4Count++;
  index.v4[at * 2] = value;
  index.v4[at * 2 + 1] = index.endpoints;
  slotV4(index, at);
  return index.endpoints++;
}

function slotV4(index: ConversationIndex, at: number): void {
  const mask = index.v4Slots.length - 1;
  let slot = mix(index.v4[at * 2] as number) & mask;
  while (index.v4Slots[slot] !== -1) slot = (slot + 1) & mask;
  index.v4Slots[slot] = at;
}

function grown(old: Uint32Array, capacity: number): Uint32Array {
  const column = new Uint32Array(capacity);
  column.set(old);
  return column;
}

function hashOf(context: number, src: number, dst: number, service: number): number {
  const h =
    Math.imul(src, 0x9e3779b1) ^
    Math.imul(dst, 0x85ebca6b) ^
    Math.imul(service, 0xc2b2ae35) ^
    Math.imul(context, 0x27d4eb2f);
  return mix(Math.imul(h ^ (h >>> 15), 0x2c1b3c6d));
}

const guesses = keptColumn(Int32Array);
const hashes = keptColumn(Int32Array);
const sources = keptColumn(Uint32Array);
const destinations = keptColumn(Uint32Array);
const services = keptColumn(Uint32Array);

/**
 * Conversation of each key of a segment; new ones are numbered in the order met, to be sorted later. All that is in its first slot is
 * found in loops without a branch, in which the processor waits for many cache misses at once; what is left is looked up one by one.
 */
function addKeys(index: ConversationIndex, keys: SegmentKeys, run: OpenRun): Uint32Array {
  const n = keys.length;
  const address = endpointsOf(index, keys, run);
  const guess = guesses(n);
  const hash = hashes(n);
  const src = sources(n);
  const dst = destinations(n);
  const service = services(n);
  const { slots, words } = index;
  const mask = slots.length - 1;
  for (let i = 0; i < n; i++) {
    const p = (keys.dstPort[i] as number) | ((keys.protocol[i] as number) << 16) | ((keys.flags[i] as number) << 24);
    const s = address[keys.src[i] as number] as number;
    const d = address[keys.dst[i] as number] as number;
    const h = hashOf(keys.context[i] as number, s, d, p);
    src[i] = s;
    dst[i] = d;
    service[i] = p;
    hash[i] = h;
    guess[i] = slots[h & mask] as number;
  }
  for (let i = 0; i < n; i++) {
    const at = Math.max(guess[i] as number, 0) * 4;
    const difference =
      ((words[at] as number) ^ (keys.context[i] as number)) |
      ((words[at + 1] as number) ^ (src[i] as number)) |
      ((words[at + 2] as number) ^ (dst[i] as number)) |
      ((words[at + 3] as number) ^ (service[i] as number));
    if (difference !== 0) guess[i] = -1;
  }
  const map = new Uint32Array(n);
  for (let i = 0; i < n; i++) {
    const found = guess[i] as number;
    map[i] =
      found !== -1
        ? found
        : numberOf(
            index,
            keys.context[i] as number,
            src[i] as number,
            dst[i] as number,
            service[i] as number,
            hash[i] as number,
          );
  }
  return map;
}

/** Endpoint of each address of a segment. */
function endpointsOf(index: ConversationIndex, { v4, v6 }: SegmentKeys, run: OpenRun): Uint32Array {
  const address = new Uint32Array(v4.length + v6.length / 16);
  const guess = guesses(v4.length);
  const mask = index.v4Slots.length - 1;
  for (let i = 0; i < v4.length; i++) guess[i] = index.v4Slots[mix(v4[i] as number) & mask] as number;
  for (let i = 0; i < v4.length; i++) {
    const at = guess[i] as number;
    const value = v4[i] as number;
    if (at !== -1 && index.v4[at * 2] === value) address[i] = index.v4[at * 2 + 1] as number;
    else {
      const known = findV4(index, value);
      address[i] = known === -1 ? addV4(index, value) : (index.v4[known * 2 + 1] as number);
    }
  }
  for (let i = v4.length; i < address.length; i++) {
    const at = (i - v4.length) * 16;
    const bytes = v6.slice(at, at + 16);
    const name = nameOf(bytes);
    let id = index.v6.get(name);
    if (id === undefined) {
      id = index.endpoints++;
      index.v6.set(name, id);
      run.v6.push(bytes);
    }
    address[i] = id;
  }
  return address;
}

/** The number of a conversation from now on. */
export function conversationId(
  index: ConversationIndex,
  context: number,
  src: number,
  dst: number,
  service: number,
): number {
  refreshSlots(index);
  return numberOf(index, context, src, dst, service, hashOf(context, src, dst, service));
}

function numberOf(
  index: ConversationIndex,
  context: number,
  src: number,
  dst: number,
  service: number,
  hash: number,
): number {
  const { slots, words } = index;
  const mask = slots.length - 1;
  let slot = hash & mask;
  for (;;) {
    const id = slots[slot] as number;
    if (id === -1) break;
    const at = id * 4;
    if (words[at + 1] === src && words[at + 2] === dst && words[at + 3] === service && words[at] === context) return id;
    slot = (slot + 1) & mask;
  }
  if ((index.conversations + 1) * 4 > words.length) {
    growConversations(index, words.length * 2);
    return numberOf(index, context, src, dst, service, hash);
  }
  const id = index.conversations++;
  slots[slot] = id;
  const at = id * 4;
  words[at] = context;
  words[at + 1] = src;
  words[at + 2] = dst;
  words[at + 3] = service;
  return id;
}

function growConversations(index: ConversationIndex, words: number): void {
  index.words = grown(index.words, words);
  index.slots = new Int32Array(words / 2).fill(-1);
  for (let id = 0; id < index.conversations; id++) slotConversation(index, id);
}

function slotConversation(index: ConversationIndex, id: number): void {
  const { slots, words } = index;
  const at = id * 4;
  const mask = slots.length - 1;
  let slot =
    hashOf(words[at] as number, words[at + 1] as number, words[at + 2] as number, words[at + 3] as number) & mask;
  while (slots[slot] !== -1) slot = (slot + 1) & mask;
  slots[slot] = id;
}

function setWords(index: ConversationIndex, first: number, columns: ConversationColumns): void {
  const { words } = index;
  for (let i = 0, at = first * 4; i < columns.length; i++) {
    words[at++] = columns.context[i] as number;
    words[at++] = columns.src[i] as number;
    words[at++] = columns.dst[i] as number;
    words[at++] = columns.service[i] as number;
  }
}

function addConversations(index: ConversationIndex, added: ConversationColumns): void {
  const first = index.conversations;
  let words = index.words.length;
  while (words < (first + added.length) * 4) words *= 2;
  if (words > index.words.length) growConversations(index, words);
  setWords(index, first, added);
  index.conversations += added.length;
  for (let id = first; id < index.conversations; id++) slotConversation(index, id);
}

function refreshSlots(index: ConversationIndex): void {
  if (!index.areSlotsStale) return;
  index.slots.fill(-1);
  for (let id = 0; id < index.conversations; id++) slotConversation(index, id);
  index.areSlotsStale = false;
}
