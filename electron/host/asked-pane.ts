// Windows by their names, and what a page may ask for in a window of its own: a pane of its window, at a view. Checked like anything
// from outside.

/** Which pane, of which window, and the fragment that the page parses. */
const PANE = /^\?pane=(timeline|graph|tables|inspector)&with=([\w-]{1,64})#\/\S*$/;
const LONGEST = 1 << 22;

/** `name`: the same for the same pane of the same window. `address` goes behind the page's own. */
export type AskedPane = { readonly name: string; readonly address: string };

export function paneAsked(address: unknown): AskedPane | null {
  if (typeof address !== "string" || address.length > LONGEST) return null;
  const [, pane, of] = PANE.exec(address) ?? [];
  return pane === undefined || of === undefined ? null : { name: `pane-${pane}-${of}`, address };
}

/** Names come back, and with them place and size. */
export function freeName(taken: readonly string[]): string {
  for (let n = 1; ; n++) if (!taken.includes(`window-${n}`)) return `window-${n}`;
}

export function isPaneName(name: string): boolean {
  return name.startsWith("pane-");
}
