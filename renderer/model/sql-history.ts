// Statements that were run, newest first, and how they and the draft are kept as text.

/** `rows`: shown; null where it failed or was stopped. Time in ms since 1970. */
export type Ran = {
  readonly sql: string;
  readonly time: number;
  readonly elapsedMs: number;
  readonly rows: number | null;
};

type Kept = { readonly draft: string; readonly history: readonly Ran[] };

const MOST = 100;
/** A statement longer than this is run and not kept. */
const LONGEST = 8000;

/** The same statement again takes the place of the one before. */
export function addRan(history: readonly Ran[], ran: Ran): readonly Ran[] {
  return [ran, ...history.filter(({ sql }) => sql.trim() !== ran.sql.trim())].slice(0, MOST);
}

export function printKept({ draft, history }: Kept): string {
  return JSON.stringify({
    draft: draft.length > LONGEST ? "" : draft,
    history: history.filter(({ sql }) => sql.length <= LONGEST),
  });
}

/** What is not right in it is left out. */
export function parseKept(text: string | null): Kept {
  const kept = objectIn(text);
  const history = Array.isArray(kept?.history) ? kept.history : [];
  return {
    draft: typeof kept?.draft === "string" ? kept.draft : "",
    history: history.flatMap((each: unknown) => ranIn(each) ?? []).slice(0, MOST),
  };
}

function objectIn(text: string | null): Readonly<Record<string, unknown>> | null {
  if (text === null) return null;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : null; // each field is checked by its reader
  } catch {
    return null; // a setting somebody else wrote
  }
}

function ranIn(value: unknown): Ran | null {
  if (typeof value !== "object" || value === null) return null;
  const { sql, time, elapsedMs, rows } = value as Partial<Record<keyof Ran, unknown>>;
  if (typeof sql !== "string" || !Number.isSafeInteger(time) || !Number.isSafeInteger(elapsedMs)) return null;
  return {
    sql,
    time: Number(time),
    elapsedMs: Number(elapsedMs),
    rows: Number.isSafeInteger(rows) ? Number(rows) : null,
  };
}

/** "(line 2, character 10)" in a failure, as an offset in the statement; null where it names none. */
export function placeIn(sql: string, message: string): number | null {
  const [, line, character] = /\(line (\d+), character (\d+)\)/.exec(message) ?? [];
  if (line === undefined) return null;
  const before = sql.split("\n").slice(0, Number(line) - 1);
  const at = before.reduce((sum, each) => sum + each.length + 1, 0) + Number(character) - 1;
  return at <= sql.length ? at : null;
}

/** The word that begins at an offset, or the one sign. */
export function wordAt(sql: string, at: number): { readonly from: number; readonly to: number } {
  const word = /^(?:[\w.]+|\S)/.exec(sql.slice(at))?.[0] ?? "";
  return { from: at, to: at + word.length };
}
