// What the palette finds: by words anywhere in an entry, the best first, each section together. Pure.

import { parseIp, printIp } from "../../../shared/ip.ts";

export type Findable = {
  readonly id: string;
  readonly section: string;
  readonly title: string;
  /** Searched too, and shown beside the title. */
  readonly words: string;
};

export type Found<T> = {
  readonly sections: readonly { readonly name: string; readonly entries: readonly T[] }[];
  readonly more: number;
};

/** Without text: those used last under "Recent", then all in the order given. `more`: how many are not shown. */
export function find<T extends Findable>(
  entries: readonly T[],
  text: string,
  recent: readonly string[],
  most: number,
): Found<T> {
  const words = text.trim().toLowerCase().split(/\s+/).filter(Boolean);
  const byId = new Map(entries.map((entry) => [entry.id, entry]));
  const last = words.length > 0 ? [] : recent.flatMap((id) => byId.get(id) ?? []);
  const scored = entries
    .filter((entry) => !last.includes(entry))
    .map((entry) => ({ entry, score: scoreOf(entry, words) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score);
  const shown = scored.slice(0, Math.max(0, most - last.length)).map(({ entry }) => entry);
  const sections = new Map<string, T[]>();
  if (last.length > 0) sections.set("Recent", [...last]);
  for (const entry of shown) sections.set(entry.section, [...(sections.get(entry.section) ?? []), entry]);
  return {
    sections: [...sections].map(([name, held]) => ({ name, entries: held })),
    more: scored.length - shown.length,
  };
}

/** 0: not found. The title counts more than the rest, its beginning most. */
function scoreOf({ title, words: beside, section }: Findable, words: readonly string[]): number {
  let sum = 1;
  const [head, rest] = [title.toLowerCase(), `${beside} ${section}`.toLowerCase()];
  for (const word of words) {
    if (head.startsWith(word)) sum += 8;
    else if (head.split(/[\s(/.,:-]+/).some((each) => each.startsWith(word))) sum += 4;
    else if (head.includes(word)) sum += 2;
    else if (rest.includes(word)) sum += 1;
    else return 0;
  }
  return sum;
}

/** An address as the engine prints it; null where the text is none. */
export function typedAddress(text: string): string | null {
  const bytes = parseIp(text.trim().replace(/^\[(.*)\]$/, "$1"));
  return bytes === null ? null : printIp(bytes);
}

const KEPT = 6;

export function usedNow(recent: readonly string[], id: string): readonly string[] {
  return [id, ...recent.filter((each) => each !== id)].slice(0, KEPT);
}
