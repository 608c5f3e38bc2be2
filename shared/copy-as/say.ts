// A filter in another language. What that cannot say is left out in such a way that what is said holds for every tuple in scope, and is
// listed: nobody mistakes the copy for the scope.

import { printFilter } from "../filter/print.ts";
import type { Filter, Measured, Test } from "../filter/tree.ts";

export type Said = {
  readonly text: string;
  /** Parts of the filter (as it prints them) or of the scope, each with why it is not in the text. */
  readonly left: readonly string[];
};

export type Language = {
  /** Null where the language has no words for it. What is said may select more, unless it must be said `exactly`. */
  test(test: Test | Measured, exactly: boolean): string | null;
  readonly and: string;
  readonly or: string;
  not(text: string): string;
};

/** Empty text where nothing, or everything, is said. */
export function say(filter: Filter, language: Language): Said {
  const left: string[] = [];
  return { text: filter.kind === "everything" ? "" : (sayOne(filter, language, left, "any", false) ?? ""), left };
}

/** `joined`: what stands around it, for brackets. Null where it cannot be said. */
function sayOne(
  filter: Filter,
  language: Language,
  left: string[],
  joined: "any" | "and" | "not",
  exactly: boolean,
): string | null {
  switch (filter.kind) {
    case "everything":
      return null;
    case "and": {
      // Without one of several conditions more is selected, never less.
      const parts = filter.all.flatMap((one) => sayOne(one, language, left, "and", exactly) ?? []);
      if (parts.length < 2) return parts[0] ?? null;
      return bracketed(parts.join(` ${language.and} `), joined === "not");
    }
    case "or": {
      const inner: string[] = [];
      const parts = filter.any.map((one) => sayOne(one, language, inner, "not", exactly));
      if (parts.includes(null)) {
        left.push(printFilter(filter));
        return null;
      }
      left.push(...inner);
      return bracketed(parts.join(` ${language.or} `), joined !== "any");
    }
    case "not": {
      const inner: string[] = [];
      const part = sayOne(filter.one, language, inner, "any", true);
      if (part !== null && inner.length === 0) return language.not(part);
      left.push(printFilter(filter)); // what would be left out inside selects more there, and so less here
      return null;
    }
    default: {
      const text = language.test(filter, exactly);
      if (text === null) left.push(printFilter(filter));
      return text;
    }
  }
}

function bracketed(text: string, needed: boolean): string {
  return needed ? `(${text})` : text;
}

/**
 * Source and destination of a flow are who opened it and who answered; of a packet, or a flow record of one way, they are exchanged in
 * what comes back. Said where a filter tells the ends apart.
 */
export function answersLeft(filter: Filter, text: string): readonly string[] {
  return text !== "" && tellsEnds(filter) ? ["what comes back: there, source and destination are exchanged"] : [];
}

function tellsEnds(filter: Filter): boolean {
  if (filter.kind === "and") return filter.all.some(tellsEnds);
  if (filter.kind === "or") return filter.any.some(tellsEnds);
  if (filter.kind === "not") return tellsEnds(filter.one);
  return filter.kind !== "everything" && ["src", "dst", "sport", "dport", "service"].includes(filter.field);
}

/** One text of several; each value's text stands by itself. */
export function anyOf(texts: readonly string[], or: string): string {
  return texts.length === 1 ? (texts[0] as string) : `(${texts.join(` ${or} `)})`;
}
