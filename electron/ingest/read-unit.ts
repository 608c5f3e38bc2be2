// One unit of work, start to end: reads its members, hashes the bytes it parses (no second look at the file), packs segments
// and evidence, and hands over parts. What a unit gives depends on its bytes alone.

import { AppError } from "../../shared/failure.ts";
import { type MemberBytes, openMember } from "../archive/open-member.ts";
import { type PackedSegment, SEGMENT_TUPLES } from "../segment/columns.ts";
import { pack } from "../segment/frame.ts";
import {
  EVIDENCE_CHUNK,
  type EvidenceChunk,
  type MemberEntry,
  type MemberRead,
  type UnitPart,
} from "../segment/part.ts";
import { type Batch, hasOtherEncryptions, isLarge, newBatch } from "./batch.ts";
import { recordColumns } from "./batch-records.ts";
import { growWindow, takeRowsHome } from "./batch-rows.ts";
import { newSum } from "./digest.ts";
import { type Elements, FOREIGN_ENOUGH, newElements, walkElements } from "./elements.ts";
import { foreignFormat, HEAD_BYTES, isBinary } from "./foreign-format.ts";
import { contentOf } from "./member-content.ts";
import { packRows } from "./pack-rows.ts";

export type Unit = { readonly unit: number; readonly members: readonly MemberEntry[]; readonly embed: boolean };

type Reading = {
  readonly unit: Unit;
  readonly batch: Batch;
  readonly members: MemberRead[];
  segments: PackedSegment[];
  evidence: EvidenceChunk[];
  readonly chunk: Uint8Array;
  chunkAt: number;
  chunkLength: number;
  bytesRead: number;
  readonly deliver: (part: UnitPart) => Promise<void>;
  readonly open: (entry: MemberEntry) => Promise<MemberBytes>;
};

/** Bytes asked of a plain file at a time. */
const READ = 1 << 20;

// One of each for the life of the thread: large, and the same for every unit.
const evidenceChunk = new Uint8Array(EVIDENCE_CHUNK);
let batch: Batch | null = null;

/** Texts of earlier units are kept for speed, within reason. */
const TEXTS_KEPT = 100_000;

/** `deliver` may make the reading wait; `open` gives a member's bytes. */
export async function readUnit(
  unit: Unit,
  deliver: (part: UnitPart) => Promise<void>,
  open: (entry: MemberEntry) => Promise<MemberBytes> = openMember,
): Promise<void> {
  if (batch === null || isFull(batch)) batch = newBatch();
  batch.raw.length = 0;
  batch.records.length = 0;
  batch.rejects = [];
  batch.otherStates.length = 0;
  const r: Reading = {
    unit,
    batch,
    members: [],
    segments: [],
    evidence: [],
    chunk: evidenceChunk,
    chunkAt: 0,
    chunkLength: 0,
    bytesRead: 0,
    deliver,
    open,
  };
  for (const [index, entry] of unit.members.entries()) r.members.push(await readMember(r, entry, index));
  packFront(r, batch.raw.length);
  closeChunk(r);
  await deliver(takePart(r, true));
}

function isFull(used: Batch): boolean {
  const texts = used.texts.length + used.contexts.length + used.headers.length + used.v6Index.size;
  return texts > TEXTS_KEPT || hasOtherEncryptions(used) || isLarge(used);
}

async function readMember(r: Reading, entry: MemberEntry, index: number): Promise<MemberRead> {
  if (entry.refused !== null) return refused(entry.refused, entry.bytes);
  let source: MemberBytes;
  try {
    source = await r.open(entry);
  } catch (thrown) {
    if (thrown instanceof AppError) throw thrown;
    return refused(thrown instanceof Error ? thrown.message : String(thrown), entry.bytes);
  }
  r.batch.unknown.clear();
  const sha256 = newSum(source.size ?? null);
  const elements = newElements(index);
  const evidenceAt = r.chunkAt + r.chunkLength;
  const start = { chunkAt: r.chunkAt, chunkLength: r.chunkLength, evidence: r.evidence.length };
  let filled = 0; // bytes in the window
  let offset = 0; // where the window begins in the member
  let bytes = 0;
  let head = Buffer.alloc(0);

  /** The window's next `count` bytes have come; false when nothing more of the member matters. */
  const take = async (count: number): Promise<boolean> => {
    const { window } = r.batch.kernel;
    const chunk = window.subarray(filled, filled + count);
    bytes += count;
    if (head.length < HEAD_BYTES) head = Buffer.concat([head, chunk.subarray(0, HEAD_BYTES - head.length)]);
    r.bytesRead += count;
    sha256.update(chunk);
    if (r.unit.embed) addEvidence(r, chunk);
    if (elements.over) return false;
    filled += count;
    const done = walkAll(r, elements, filled, offset, false);
    window.copyWithin(0, done, filled);
    filled -= done;
    offset += done;
    await deliverSome(r);
    return true;
  };
  let unreadable: string | null = null;
  try {
    if (source.read) {
      for (let more = true; more; ) {
        const window = roomFor(r.batch, filled, READ);
        const count = source.read(window, filled, READ);
        more = count > 0 && (await take(count));
      }
    } else {
      for await (const chunk of source.chunks) {
        roomFor(r.batch, filled, chunk.length).set(chunk, filled);
        if (!(await take(chunk.length))) break;
      }
    }
  } catch (thrown) {
    unreadable = whyUnreadable(thrown, bytes); // what was read until then is kept
  }
  if (!elements.over) walkAll(r, elements, filled, offset, true);

  const damage = unreadable ?? source.damage() ?? elements.damage;
  if (
    !elements.flowLog &&
    !(elements.foreign.count === 0 && damage === null && elements.next === 0 && isEmptyLog(elements, bytes))
  ) {
    if (r.evidence.length === start.evidence) {
      r.chunkAt = start.chunkAt;
      r.chunkLength = start.chunkLength;
    }
    return refused(unreadable ?? whyRefused(elements, bytes, head, damage), bytes);
  }
  return {
    bytes,
    sha256: sha256.digest(),
    fileSha256: source.fileSha256(),
    evidenceAt: r.unit.embed ? evidenceAt : null,
    status: damage === null ? "complete" : "partial",
    reason: [damage, remarkOn(r.batch)].filter((part) => part !== null).join("; ") || null,
    content: contentOf(elements.gathered, r.batch),
  };
}

/** A disk or a share that gives up in the middle of a file; anything else is thrown on. */
function whyUnreadable(thrown: unknown, bytes: number): string {
  const code = thrown instanceof Error && "code" in thrown ? String(thrown.code) : "";
  if (!/^E[A-Z]+$/.test(code)) throw thrown;
  return `it cannot be read beyond byte ${bytes} (${code})`;
}

/** What this program does not know and kept all the same, as a sentence part. */
function remarkOn(batch: Batch): string | null {
  if (batch.unknown.size === 0) return null;
  return `it holds ${[...batch.unknown].join(", ")}, which this version does not know; kept as logged, read by the number of fields`;
}

/** Room for the longest record and a read: not doubled beyond. */
const LARGE_WINDOW = 66 << 20;

/** The window, with room for `more` bytes after the first `filled`. */
function roomFor(batch: Batch, filled: number, more: number): Buffer {
  const { length } = batch.kernel.window;
  if (filled + more > length) growWindow(batch, Math.max(Math.min(length * 2, LARGE_WINDOW), filled + more));
  return batch.kernel.window;
}

/** `{"records":[]}`: a flow log that holds nothing yet, as a blob is in its first seconds. */
function isEmptyLog(elements: Elements, bytes: number): boolean {
  return bytes > 0 && elements.frames.length === 0 && elements.opened;
}

function whyRefused(elements: Elements, bytes: number, head: Uint8Array, damage: string | null): string {
  const { foreign } = elements;
  if (bytes === 0) return "the file is empty";
  const format = foreignFormat(head);
  if (format !== null) return `not a flow log: ${format}`;
  if (isBinary(head)) return "not a flow log, or too short to tell: it begins with bytes that are not text";
  if (foreign.count > 0) {
    const seen = foreign.waiting.length;
    const more = seen >= FOREIGN_ENOUGH ? ` (so are its first ${seen} elements; the rest was not read)` : "";
    return foreign.category === ""
      ? "not a flow log: its JSON has neither a category nor flow records"
      : `not a flow log: category ${foreign.category.slice(0, 100)}${more}`;
  }
  return damage === null ? "not a flow log: it holds no records" : `not a flow log, or too short to tell: ${damage}`;
}

function refused(reason: string, bytes: number): MemberRead {
  return { bytes, sha256: null, fileSha256: null, evidenceAt: null, status: "refused", reason, content: null };
}

/** Walks the window as far as it goes, packing whenever a segment is full. Returns the bytes done with. */
function walkAll(r: Reading, elements: Elements, filled: number, offset: number, last: boolean): number {
  const { window } = r.batch.kernel;
  let done = 0;
  for (;;) {
    const view = done === 0 ? window : window.subarray(done);
    done += walkElements(elements, r.batch, view, filled - done, offset + done, last);
    if (r.batch.raw.length < SEGMENT_TUPLES) return done;
    packFront(r, Math.floor(r.batch.raw.length / SEGMENT_TUPLES) * SEGMENT_TUPLES);
  }
}

/** Packs the first `rows` rows of the batch and moves the rest to its front. */
function packFront(r: Reading, rows: number): void {
  const { raw } = r.batch;
  for (let from = 0; from < rows; from += SEGMENT_TUPLES) {
    r.segments.push(packRows(r.batch, from, Math.min(rows, from + SEGMENT_TUPLES)));
  }
  for (const column of Object.values(raw)) if (typeof column !== "number") column.copyWithin(0, rows, raw.length);
  raw.length -= rows;
  takeRowsHome(r.batch);
}

/** Records without tuples, and rejects (each as heavy as eight), that wait for what they came with. */
const WAITING = 65536;

/** A large member goes in parts; small ones wait for the end of their unit. */
async function deliverSome(r: Reading): Promise<void> {
  if (r.unit.members.length > 1) return;
  const { records, rejects } = r.batch;
  const waiting = records.length + 8 * rejects.length;
  if (r.segments.length === 0 && r.evidence.length < 2 && waiting < WAITING) return;
  await r.deliver(takePart(r, false));
}

function takePart(r: Reading, last: boolean): UnitPart {
  const { records } = r.batch;
  const n = records.length;
  const taken = recordColumns(n);
  taken.length = n;
  for (const name of [
    "member",
    "record",
    "offset",
    "bytes",
    "time",
    "tuples",
    "flags",
    "firstTime",
    "lastTime",
  ] as const)
    taken[name].set(records[name].subarray(0, n));
  taken.digest.set(records.digest.subarray(0, n * 16));
  const part: UnitPart = {
    unit: r.unit.unit,
    last,
    members: last ? r.members : [],
    segments: r.segments,
    records: taken,
    rejects: r.batch.rejects,
    evidence: r.evidence,
    bytesRead: r.bytesRead,
  };
  records.length = 0;
  r.batch.rejects = [];
  r.segments = [];
  r.evidence = [];
  r.bytesRead = 0;
  return part;
}

function addEvidence(r: Reading, bytes: Uint8Array): void {
  for (let from = 0; from < bytes.length; ) {
    const n = Math.min(bytes.length - from, EVIDENCE_CHUNK - r.chunkLength);
    r.chunk.set(bytes.subarray(from, from + n), r.chunkLength);
    r.chunkLength += n;
    from += n;
    if (r.chunkLength === EVIDENCE_CHUNK) closeChunk(r);
  }
}

function closeChunk(r: Reading): void {
  if (r.chunkLength === 0) return;
  r.evidence.push({ at: r.chunkAt, length: r.chunkLength, bytes: pack(r.chunk.subarray(0, r.chunkLength)) });
  r.chunkAt += r.chunkLength;
  r.chunkLength = 0;
}
