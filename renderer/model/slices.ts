// Work that would hold a frame up, done a little at a time: a generator says where it can rest. Little work is done at once, as if it
// were no generator; much of it goes on in the frames that follow, and what it made before stays until it is whole.

import { useEffect, useMemo, useRef, useState } from "react";
import { byFrame } from "./by-frame.ts";
import { type Begun, begun, goOn } from "./steps.ts";

/** ms of a frame. */
const SLICE = 3;

/** `begin`: stable as long as its result is. `isWhole` is false while `value` is of an earlier one. */
export function useInSlices<T>(begin: () => Generator<void, T>): { readonly value: T; readonly isWhole: boolean } {
  const made = useMemo(() => begun(begin(), SLICE), [begin]);
  const [later, setLater] = useState<{ readonly of: Begun<T>; readonly value: T } | null>(null);
  const last = useRef<{ readonly value: T } | null>(null);
  useEffect(() => {
    if (made.done) return;
    let isWanted = true;
    const step = (): void => {
      if (!isWanted) return;
      const next = goOn(made, SLICE);
      if (next.done) setLater({ of: made, value: next.value });
      else byFrame(made, step);
    };
    byFrame(made, step);
    return () => {
      isWanted = false;
    };
  }, [made]);
  if (made.done) last.current = { value: made.value };
  else if (later?.of === made) last.current = { value: later.value };
  // The first of all has nothing before it.
  last.current ??= { value: finished(made) };
  return { value: last.current.value, isWhole: made.done || later?.of === made };
}

function finished<T>(made: Begun<T>): T {
  const next = goOn(made, Number.POSITIVE_INFINITY);
  if (!next.done) throw new Error("work without a bound of time ends");
  return next.value;
}
