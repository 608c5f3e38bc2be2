// Repeatable chance: every kind of traffic draws from its own named stream, so changing one kind leaves the others as they
// were. Only additions, products and floors: the results are the same on every machine.

/** A number in [0, 1). */
export type Random = () => number;

/** sfc32 (small fast counter, 128 bits of state), seeded by the stream's name. */
export function random(name: string): Random {
  let [a, b, c, counter] = [0x9e3779b9, 0x243f6a88, 0xb7e15162, 1];
  for (let i = 0; i < name.length; i++) a = Math.imul(a ^ name.charCodeAt(i), 0x01000193) >>> 0;
  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 4294967296;
  };
  for (let i = 0; i < 12; i++) next();
  return next;
}

/** An integer, both ends included. */
export function between(draw: Random, low: number, high: number): number {
  return low + Math.floor(draw() * (high - low + 1));
}

/** An integer, small ones far more often: sizes and durations have long tails. */
export function skewed(draw: Random, low: number, high: number): number {
  const u = draw();
  return low + Math.floor(u * u * u * (high - low + 1));
}

export function pick<T>(draw: Random, values: readonly T[]): T {
  const value = values[Math.floor(draw() * values.length)];
  if (value === undefined) throw new Error("nothing to pick from");
  return value;
}
