// Generators as work that can rest: each `yield` is a place to rest at, what they return is what they make. Pure, but for the clock.

export type Begun<T> =
  | { readonly done: true; readonly value: T }
  | { readonly done: false; readonly steps: Generator<void, T> };

/** Goes on for so many ms, or to the end. */
export function begun<T>(steps: Generator<void, T>, ms: number): Begun<T> {
  const until = performance.now() + ms;
  for (;;) {
    const next = steps.next();
    if (next.done) return { done: true, value: next.value };
    if (performance.now() >= until) return { done: false, steps };
  }
}

export function goOn<T>(work: Begun<T>, ms: number): Begun<T> {
  return work.done ? work : begun(work.steps, ms);
}

/** All of it at once. */
export function finish<T>(steps: Generator<void, T>): T {
  for (;;) {
    const next = steps.next();
    if (next.done) return next.value;
  }
}
