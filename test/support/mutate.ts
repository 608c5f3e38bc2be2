// Damage to a file, the same for the same seed: one to eight bytes, scattered or side by side, anywhere or where it hurts.

import { randomFrom } from "./logs.ts";

const PAGE = 8192;
const ZSTD = Buffer.from("28b52ffd", "hex");

/** Where compressed frames begin. */
export function framesIn(bytes: Buffer): number[] {
  const frames: number[] = [];
  for (let at = bytes.indexOf(ZSTD); at !== -1; at = bytes.indexOf(ZSTD, at + 1)) frames.push(at);
  return frames;
}

/** Changes the bytes and says which. */
export function mutate(bytes: Buffer, frames: readonly number[], seed: number): number[] {
  const random = randomFrom(seed);
  const pick = (most: number): number => Math.floor(random() * most);
  const place = [
    () => pick(bytes.length),
    () => pick(bytes.length / PAGE) * PAGE + pick(64), // heads and cell pointers of pages
    () => (frames[pick(frames.length)] ?? 0) + pick(24), // heads of frames
    () => pick(100), // the file's header
    () => pick(bytes.length),
  ][pick(5)]!;
  const count = 1 + pick(8);
  const first = place();
  const besides = random() < 0.5;
  const places = Array.from({ length: count }, (_, i) =>
    Math.min(bytes.length - 1, besides ? first + i : i === 0 ? first : place()),
  );
  for (const at of places) bytes[at] = random() < 0.5 ? bytes[at]! ^ (1 << pick(8)) : pick(256);
  return places;
}
