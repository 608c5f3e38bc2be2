// Work that would hold a frame up, done a little at a time: a generator says where it can rest. Little work is done at once, as if it
// were no generator; much of it goes on in the frames that follow, and what it made before stays until it is whole.

import { useEffect, useMemo, useRef, useState } from "react";
import { byFrame } from "./by-frame.ts";
import { type Begun, begun, goOn } from "./steps.ts";

/** ms of a frame. */
const SLICE = 3;

/** `begin`: stable as long as its result is. `isWhole` is false while `value` is of an earlier one. */
export function useInSlices<T>(begin: () => Generator<void, T>): { readonly value: T; readonly isWhole: boolean } {
  const made = useMemo((): { now: Begun<T> } => ({ now: begun(begin(), SLICE) }), [begin]);
  const [, arrived] = useState(0);
  const last = useRef<{ readonly value: T } | null>(null);
  useEffect(() => {
    let isWanted = true;
    const step = (): void => {
      if (!isWanted || made.now.done) return;
      made.now = goOn(made.now, SLICE);
      if (made.now.done) arrived((n) => n + 1);
      else byFrame(made, step);
    };
    if (!made.now.done) byFrame(made, step);
    return () => {
      isWanted = false;
    };
  }, [made]);
  // The first of all has nothing before it.
  if (last.current === null) made.now = goOn(made.now, Number.POSITIVE_INFINITY);
  if (made.now.done) last.current = { value: made.now.value };
  if (last.current === null) throw new Error("work without a bound of time ends");
  return { value: last.current.value, isWhole: made.now.done };
}
