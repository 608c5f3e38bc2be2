// Every address and every conversation of a case, numbered: pure arithmetic over the dictionaries of segments.
// Sources are indexed one after another; what a source brings that was not there before is one run, in ascending order, after all
// earlier runs. So numbers never change when evidence is added, and building anew gives the same numbers.

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

export type ConversationIndex = {
  endpoints: number;
  conversations: number;
  v4Slots: Int32Array;
  v4Values: Uint32Array;
  v4Ids: Uint32Array;
  v4Count: number;
  readonly v6: Map<string, number>;
  slots: Int32Array;
  columns: { length: number; context: Uint32Array; src: Uint32Array; dst: Uint32Array; service: Uint32Array };
};

export function newIndex(): ConversationIndex {
  return {
    endpoints: 0,
    conversations: 0,
    v4Slots: new Int32Array(1024).fill(-1),
    v4Values: new Uint32Array(512),
    v4Ids: new Uint32Array(512),
    v4Count: 0,
    v6: new Map(),
    slots: new Int32Array(1024).fill(-1),
    columns: emptyColumns(512),
  };
}

function emptyColumns(capacity: number): ConversationIndex["columns"] {
  return {
    length: 0,
    context: new Uint32Array(capacity),
    src: new Uint32Array(capacity),
    dst: new Uint32Array(capacity),
    service: new Uint32Array(capacity),
  };
}

/** `segments` is walked twice, in the same order. */
export function indexSource(index: ConversationIndex, segments: () => Iterable<SegmentKeys>): Run {
  const firstEndpoint = index.endpoints;
  const { v4, v6 } = newEndpoints(index, segments());
  addEndpoints(index, v4, v6);

  const firstConversation = index.columns.length;
  const maps: Uint32Array[] = [];
  for (const keys of segments()) maps.push(addKeys(index, keys));
  const added = index.columns.length - firstConversation;
  const order = sortConversations(index.columns, firstConversation);
  const pick = (column: Uint32Array): Uint32Array => {
    const out = new Uint32Array(order.length);
    for (let i = 0; i < out.length; i++) out[i] = column[order[i] as number] as number;
    return out;
  };
  const { context, src, dst, service } = index.columns;
  const conversations = { length: added, context: pick(context), src: pick(src), dst: pick(dst), service: pick(service) };
  const rank = new Uint32Array(added);
  for (let i = 0; i < added; i++) rank[(order[i] as number) - firstConversation] = firstConversation + i;
  for (const map of maps) {
    for (let i = 0; i < map.length; i++) {
      const id = map[i] as number;
      if (id >= firstConversation) map[i] = rank[id - firstConversation] as number;
    }
  }
  index.columns.length = firstConversation;
  index.conversations = firstConversation;
  addConversations(index, conversations, true);
  return { firstEndpoint, v4, v6, firstConversation, conversations, maps };
}

/** Takes over a run that was indexed before. */
export function addRun(index: ConversationIndex, run: Pick<Run, "v4" | "v6" | "conversations">): void {
  addEndpoints(index, run.v4, run.v6);
  addConversations(index, run.conversations, false);
}

function mix(value: number): number {
  const h = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  return h ^ (h >>> 13);
}

function findV4(index: ConversationIndex, value: number): number {
  const mask = index.v4Slots.length - 1;
  let slot = mix(value) & mask;
  for (;;) {
    const at = index.v4Slots[slot] as number;
    if (at === -1) return -1;
    if (index.v4Values[at] === value) return index.v4Ids[at] as number;
    slot = (slot + 1) & mask;
  }
}

function newEndpoints(index: ConversationIndex, segments: Iterable<SegmentKeys>): { v4: Uint32Array; v6: Uint8Array } {
  // Addresses of a segment ascend, so the new ones are gathered sorted and merged by sorting once at the end.
  let gathered = new Uint32Array(4096);
  let count = 0;
  const six = new Map<string, Uint8Array>();
  for (const keys of segments) {
    for (let i = 0; i < keys.v4.length; i++) {
      const value = keys.v4[i] as number;
      if (findV4(index, value) !== -1) continue;
      if (count === gathered.length) {
        count = sortDistinct(gathered, count);
        if (count * 2 > gathered.length) {
          const grown = new Uint32Array(gathered.length * 2);
          grown.set(gathered.subarray(0, count));
          gathered = grown;
        }
      }
      gathered[count++] = value;
    }
    for (let at = 0; at < keys.v6.length; at += 16) {
      const bytes = keys.v6.subarray(at, at + 16);
      const name = nameOf(bytes);
      if (!index.v6.has(name) && !six.has(name)) six.set(name, bytes.slice());
    }
  }
  count = sortDistinct(gathered, count);
  const names = [...six.keys()].sort((a, b) => (a < b ? -1 : 1)); // latin1 text sorts like its bytes
  const v6 = new Uint8Array(names.length * 16);
  names.forEach((name, i) => {
    v6.set(six.get(name) as Uint8Array, i * 16);
  });
  return { v4: gathered.slice(0, count), v6 };
}

function nameOf(bytes: Uint8Array): string {
  let name = "";
  for (const byte of bytes) name += String.fromCharCode(byte);
  return name;
}

function sortDistinct(values: Uint32Array, count: number): number {
  values.subarray(0, count).sort();
  let kept = 0;
  for (let i = 0; i < count; i++) if (i === 0 || values[i] !== values[i - 1]) values[kept++] = values[i] as number;
  return kept;
}

function addEndpoints(index: ConversationIndex, v4: Uint32Array, v6: Uint8Array): void {
  const needed = index.v4Count + v4.length;
  if (needed > index.v4Values.length) {
    let capacity = index.v4Values.length;
    while (capacity < needed) capacity *= 2;
    index.v4Values = grown(index.v4Values, capacity);
    index.v4Ids = grown(index.v4Ids, capacity);
    index.v4Slots = new Int32Array(capacity * 2).fill(-1);
    for (let at = 0; at < index.v4Count; at++) slotV4(index, at);
  }
  for (let i = 0; i < v4.length; i++) {
    const at = index.v4Count++;
    index.v4Values[at] = v4[i] as number;
    index.v4Ids[at] = index.endpoints++;
    slotV4(index, at);
  }
  for (let at = 0; at < v6.length; at += 16) index.v6.set(nameOf(v6.subarray(at, at + 16)), index.endpoints++);
}

function slotV4(index: ConversationIndex, at: number): void {
  const mask = index.v4Slots.length - 1;
  let slot = mix(index.v4Values[at] as number) & mask;
  while (index.v4Slots[slot] !== -1) slot = (slot + 1) & mask;
  index.v4Slots[slot] = at;
}

function grown(old: Uint32Array, capacity: number): Uint32Array {
  const column = new Uint32Array(capacity);
  column.set(old);
  return column;
}

function hashOf(context: number, src: number, dst: number, service: number): number {
  const h = Math.imul(src, 0x9e3779b1) ^ Math.imul(dst, 0x85ebca6b) ^ Math.imul(service, 0xc2b2ae35) ^ Math.imul(context, 0x27d4eb2f);
  return mix(Math.imul(h ^ (h >>> 15), 0x2c1b3c6d));
}

/** Conversation of each key of a segment; new ones are numbered in the order met, to be sorted later. */
function addKeys(index: ConversationIndex, keys: SegmentKeys): Uint32Array {
  const address = new Uint32Array(keys.v4.length + keys.v6.length / 16);
  for (let i = 0; i < keys.v4.length; i++) address[i] = findV4(index, keys.v4[i] as number);
  for (let i = keys.v4.length; i < address.length; i++) {
    const at = (i - keys.v4.length) * 16;
    address[i] = index.v6.get(nameOf(keys.v6.subarray(at, at + 16))) as number;
  }
  const map = new Uint32Array(keys.length);
  for (let i = 0; i < keys.length; i++) {
    const service = ((keys.dstPort[i] as number) | ((keys.protocol[i] as number) << 16) | ((keys.flags[i] as number) << 24)) >>> 0;
    const [src, dst] = [address[keys.src[i] as number] as number, address[keys.dst[i] as number] as number];
    map[i] = findOrAdd(index, keys.context[i] as number, src, dst, service);
  }
  return map;
}

function findOrAdd(index: ConversationIndex, context: number, src: number, dst: number, service: number): number {
  const { columns } = index;
  const mask = index.slots.length - 1;
  let slot = hashOf(context, src, dst, service) & mask;
  for (;;) {
    const at = index.slots[slot] as number;
    if (at === -1) break;
    if (columns.src[at] === src && columns.dst[at] === dst && columns.service[at] === service && columns.context[at] === context) return at;
    slot = (slot + 1) & mask;
  }
  return append(index, context, src, dst, service);
}

function append(index: ConversationIndex, context: number, src: number, dst: number, service: number): number {
  if (index.columns.length === index.columns.src.length) growConversations(index, index.columns.src.length * 2);
  const { columns } = index;
  const at = columns.length++;
  columns.context[at] = context;
  columns.src[at] = src;
  columns.dst[at] = dst;
  columns.service[at] = service;
  index.conversations = columns.length;
  slotConversation(index, at);
  return at;
}

function slotConversation(index: ConversationIndex, at: number): void {
  const { context, src, dst, service } = index.columns;
  const mask = index.slots.length - 1;
  let slot = hashOf(context[at] as number, src[at] as number, dst[at] as number, service[at] as number) & mask;
  while (index.slots[slot] !== -1) slot = (slot + 1) & mask;
  index.slots[slot] = at;
}

function growConversations(index: ConversationIndex, capacity: number): void {
  const old = index.columns;
  index.columns = {
    length: old.length,
    context: grown(old.context, capacity),
    src: grown(old.src, capacity),
    dst: grown(old.dst, capacity),
    service: grown(old.service, capacity),
  };
  rehash(index);
}

function rehash(index: ConversationIndex): void {
  index.slots = new Int32Array(index.columns.src.length * 2).fill(-1);
  for (let at = 0; at < index.columns.length; at++) slotConversation(index, at);
}

/** Appends columns; `replaced` when rows from here on had other contents before. */
function addConversations(index: ConversationIndex, added: ConversationColumns, replaced: boolean): void {
  const start = index.columns.length;
  let capacity = index.columns.src.length;
  while (capacity < start + added.length) capacity *= 2;
  if (capacity > index.columns.src.length) growConversations(index, capacity);
  const { columns } = index;
  columns.context.set(added.context, start);
  columns.src.set(added.src, start);
  columns.dst.set(added.dst, start);
  columns.service.set(added.service, start);
  columns.length = start + added.length;
  index.conversations = columns.length;
  if (replaced) rehash(index);
  else for (let at = start; at < columns.length; at++) slotConversation(index, at);
}

/** Positions from `first` on in ascending order of context, source, destination, service: least significant digit first. */
function sortConversations(columns: ConversationIndex["columns"], first: number): Uint32Array {
  const n = columns.length - first;
  let order = new Uint32Array(n);
  for (let i = 0; i < n; i++) order[i] = first + i;
  let spare = new Uint32Array(n);
  const counts = new Uint32Array(65537);
  for (const column of [columns.service, columns.dst, columns.src, columns.context]) {
    for (const shift of [0, 16]) {
      counts.fill(0);
      for (let i = 0; i < n; i++) {
        const digit = (((column[first + i] as number) >>> shift) & 0xffff) + 1;
        counts[digit] = (counts[digit] as number) + 1;
      }
      if (n === 0 || counts[(((column[first] as number) >>> shift) & 0xffff) + 1] === n) continue; // one digit for all
      for (let digit = 1; digit <= 65536; digit++) counts[digit] = (counts[digit] as number) + (counts[digit - 1] as number);
      for (let i = 0; i < n; i++) {
        const at = order[i] as number;
        const digit = ((column[at] as number) >>> shift) & 0xffff;
        spare[counts[digit] as number] = at;
        counts[digit] = (counts[digit] as number) + 1;
      }
      [order, spare] = [spare, order];
    }
  }
  return order;
}
