// Packed bytes in, unpacked bytes out, a piece at a time: gzip (several members in one), or a deflated entry of a zip archive.
// Stops where more comes out than an honest file could hold; what is wrong is told after the bytes that could still be had.

import { createGunzip, createInflateRaw, type Gunzip, gunzipSync, type InflateRaw, inflateRawSync } from "node:zlib";
import { RATIO, RATIO_FREE } from "./limits.ts";

export type Packing = "gzip" | "deflate";

export type Unpacked = {
  readonly chunks: AsyncIterable<Buffer>;
  /** Once the chunks have ended: what was wrong; null where nothing was. */
  damage(): string | null;
};

export type Unpacking = {
  readonly packing: Packing;
  /** How many times larger `chunks` already are than what lies on disk. */
  readonly unpackedBy: number;
  /** Bytes that should come out at most; more is damage. */
  readonly most: number;
};

/** Packed bytes fed at a time: at 1,032 to 1 they become 17 MB. */
export const PACKED_PIECE = 16 * 1024;
const OUT = 256 * 1024;

/** Packed bytes up to which all is unpacked at once, which saves small members most of their cost. */
export const AT_ONCE = 256 * 1024;
const AT_ONCE_OUT = 16 * 1024 * 1024;

/** All of it, where it is small and whole; null: go piece by piece, which also tells what is wrong. */
export function unpackedAtOnce(packed: Buffer, { packing, unpackedBy, most }: Unpacking): Buffer | null {
  if (packed.length > AT_ONCE) return null;
  const limit = Math.min(most, AT_ONCE_OUT, Math.max(RATIO_FREE, (packed.length * RATIO) / unpackedBy));
  try {
    const likely = Math.min(most, packed.length * 16) + 64; // one piece, mostly
    const chunkSize = Math.max(1024, Math.min(OUT, likely));
    const options = { info: true, chunkSize, maxOutputLength: Math.max(1, Math.floor(limit)) };
    // With `info` the engine comes along: it knows how many of the packed bytes it took.
    const { buffer, engine } = (packing === "gzip" ? gunzipSync : inflateRawSync)(packed, options) as unknown as {
      readonly buffer: Buffer;
      readonly engine: { readonly bytesWritten: number };
    };
    return engine.bytesWritten === packed.length ? buffer : null;
  } catch {
    return null; // told by going piece by piece
  }
}

/** `packed` begins anew at each call: what lies shortly before damage is had by going over it again in smaller steps. */
export function unpack(packed: () => AsyncIterable<Buffer> | Iterable<Buffer>, unpacking: Unpacking): Unpacked {
  let damage: string | null = null;
  async function* chunks(): AsyncGenerator<Buffer> {
    const run: Run = { out: 0, fineFrom: Infinity, step: PACKED_PIECE };
    for (const step of STEPS) {
      run.step = step;
      damage = yield* goThrough(packed(), unpacking, run);
      if (run.fineFrom === Infinity) return;
    }
  }
  return { chunks: chunks(), damage: () => damage };
}

/** Of packed bytes, around damage. The engine gives nothing of the step in which it meets it. */
const STEPS = [PACKED_PIECE, 512, 1];

/** `out`: bytes given so far; not given again. From `fineFrom` on packed bytes are fed `step` by step. */
type Run = { out: number; fineFrom: number; step: number };

/** Returns what was wrong. Where that came inside the data, `fineFrom` says in which step; else it is infinite. */
async function* goThrough(
  packed: AsyncIterable<Buffer> | Iterable<Buffer>,
  unpacking: Unpacking,
  run: Run,
): AsyncGenerator<Buffer, string | null> {
  const engine = startEngine(unpacking.packing);
  const input = inPieces(packed, run.fineFrom, run.step);
  run.fineFrom = Infinity;
  let fed = 0;
  let out = 0;
  try {
    let piece = await input.next();
    let coming = piece.done ? engine.finish() : engine.feed(piece.value);
    for (;;) {
      const now = piece;
      const step = await coming;
      if (!now.done) fed += now.value.length;
      if (!now.done && !step.ended) {
        piece = await input.next();
        coming = piece.done ? engine.finish() : engine.feed(piece.value); // works on while the consumer does
      }
      for (const chunk of step.chunks) {
        const seen = run.out - out; // in an earlier run
        out += chunk.length;
        if (seen >= chunk.length) continue;
        const much = tooMuch(out, fed, unpacking);
        const allowed = chunk.subarray(
          Math.max(0, seen),
          Math.max(0, chunk.length - Math.max(0, out - unpacking.most)),
        );
        run.out = out;
        if (allowed.length > 0 && (much === null || out > unpacking.most)) yield allowed;
        if (much !== null) return much;
      }
      if (step.failure !== null) {
        if (!now.done && run.step > 1) run.fineFrom = fed - now.value.length;
        return `its ${unpacking.packing === "gzip" ? "gzip" : "compressed"} data is damaged (${step.failure}) after ${out} unpacked bytes`;
      }
      if (now.done) return null;
      if (step.ended) return await whatFollows(engine.taken(), fed, now.value, input);
    }
  } finally {
    engine.stop();
    await input.return(undefined);
  }
}

function tooMuch(out: number, fed: number, { unpackedBy, most }: Unpacking): string | null {
  if (out > most) return `more than the ${most} bytes that its archive says came out of it: stopped there`;
  if (out > RATIO_FREE && out * unpackedBy > fed * RATIO)
    return `it unpacks to more than ${RATIO} times its size, as a file made to exhaust memory: stopped after ${out} bytes`;
  return null;
}

/** Zeros may pad the end of compressed data; anything else is told. */
async function whatFollows(
  taken: number,
  fed: number,
  last: Buffer,
  input: AsyncIterator<Buffer>,
): Promise<string | null> {
  let rest: Buffer = last.subarray(last.length - (fed - taken));
  for (let at = taken; ; ) {
    const other = rest.findIndex((byte) => byte !== 0);
    if (other !== -1)
      return `after its compressed data, at byte ${at + other}, comes something else, which is not read`;
    at += rest.length;
    const piece = await input.next();
    if (piece.done) return null;
    rest = piece.value;
  }
}

async function* inPieces(
  packed: AsyncIterable<Buffer> | Iterable<Buffer>,
  fineFrom: number,
  step: number,
): AsyncGenerator<Buffer, undefined> {
  let at = 0;
  for await (const chunk of packed) {
    for (let from = 0; from < chunk.length; ) {
      const length = at < fineFrom ? Math.min(PACKED_PIECE, fineFrom - at) : step;
      const piece = chunk.subarray(from, from + length);
      from += piece.length;
      at += piece.length;
      yield piece;
    }
  }
}

/** `ended`: the data has come to its end, whether or not more bytes were fed. */
type Step = { readonly chunks: readonly Buffer[]; readonly ended: boolean; readonly failure: string | null };

type Engine = {
  feed(piece: Buffer): Promise<Step>;
  finish(): Promise<Step>;
  /** Packed bytes used. */
  taken(): number;
  stop(): void;
};

function startEngine(packing: Packing): Engine {
  const options = { chunkSize: OUT };
  const zlib: Gunzip | InflateRaw = packing === "gzip" ? createGunzip(options) : createInflateRaw(options);
  let chunks: Buffer[] = [];
  let done: ((outcome: { ended: boolean; failure: string | null }) => void) | null = null;
  const settle = (ended: boolean, failure: string | null): void => {
    done?.({ ended, failure });
    done = null;
  };
  zlib.on("data", (chunk: Buffer) => chunks.push(chunk));
  zlib.on("end", () => settle(true, null));
  zlib.on("error", (error) => settle(true, error.message));

  async function step(begin: () => void): Promise<Step> {
    const { ended, failure } = await new Promise<{ ended: boolean; failure: string | null }>((resolve) => {
      done = resolve;
      begin();
    });
    const taken = chunks;
    chunks = [];
    return { chunks: taken, ended, failure };
  }
  return {
    feed: (piece) => step(() => zlib.write(piece, () => setImmediate(settle, false, null))),
    finish: () => step(() => zlib.end()),
    taken: () => zlib.bytesWritten,
    stop: () => zlib.destroy(),
  };
}
