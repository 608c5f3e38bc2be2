// IPv6 endpoints: few, so a map of texts, one character a byte, which sort like their bytes.

export type SixEndpoints = Map<string, number>;

export function nameOf(bytes: Uint8Array, from: number): string {
  let name = "";
  for (let at = from; at < from + 16; at++) name += String.fromCharCode(bytes[at] as number);
  return name;
}

/** Those of `met` that have no number yet get the next ones from `first` on, in ascending order; their bytes, 16 each. */
export function numberSixes(known: SixEndpoints, met: ReadonlySet<string>, first: number): Uint8Array {
  const added = [...met].filter((name) => !known.has(name)).sort((a, b) => (a < b ? -1 : 1));
  const bytes = new Uint8Array(added.length * 16);
  added.forEach((name, i) => {
    known.set(name, first + i);
    for (let at = 0; at < 16; at++) bytes[i * 16 + at] = name.charCodeAt(at);
  });
  return bytes;
}
