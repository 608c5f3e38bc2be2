// Memory that settling takes again day after day: fresh memory must be zeroed, mapped and collected, which costs more than filling it.

type Column = Uint8Array | Uint16Array | Uint32Array | Int32Array | Float64Array;

const forgetAll: (() => void)[] = [];

/** Gives a column of at least `length`, the same each time: with what was in it, and only until it is asked for again. */
export function keptColumn<C extends Column>(make: new (length: number) => C): (length: number) => C {
  let column = new make(0);
  forgetAll.push(() => {
    column = new make(0);
  });
  return (length) => {
    if (column.length < length) column = new make(Math.ceil(length * 1.25));
    return column;
  };
}

/** Gives it all back: nothing is settled for a while. */
export function forgetColumns(): void {
  for (const forget of forgetAll) forget();
}
