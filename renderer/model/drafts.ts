// What is typed into notes and not saved yet, kept on this computer so that a crash loses none of it. Pure but for the storage given.

import { Note } from "../../shared/notebook.ts";

const Written = Note.pick({ id: true, host: true, scope: true, time: true, text: true });
export type Draft = Pick<Note, "id" | "host" | "scope" | "time" | "text">;

type Kept = Pick<Storage, "length" | "key" | "getItem" | "setItem" | "removeItem">;

const MARK = "tidemark.draft";

function keyOf(casePath: string, id: string): string {
  return JSON.stringify([MARK, casePath, id]);
}

/** False where this computer keeps nothing more; the note must be saved at once then. */
export function keepDraft(storage: Kept, casePath: string, draft: Draft): boolean {
  try {
    storage.setItem(keyOf(casePath, draft.id), JSON.stringify(draft));
    return true;
  } catch {
    return false; // full, or not allowed
  }
}

export function forgetDraft(storage: Kept, casePath: string, id: string): void {
  storage.removeItem(keyOf(casePath, id));
}

export function draftOf(storage: Kept, casePath: string, id: string): Draft | null {
  const { data } = Written.safeParse(json(storage.getItem(keyOf(casePath, id))));
  return data?.id === id ? data : null;
}

/** Those of a case, by id. What is no draft is passed over. */
export function draftsOf(storage: Kept, casePath: string): readonly Draft[] {
  const found: Draft[] = [];
  for (let i = 0; i < storage.length; i++) {
    const key = json(storage.key(i));
    if (!Array.isArray(key) || key[0] !== MARK || key[1] !== casePath) continue;
    const draft = draftOf(storage, casePath, String(key[2]));
    if (draft) found.push(draft);
  }
  return found.sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** Undefined where it is no JSON. */
function json(text: string | null): unknown {
  try {
    return text === null ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}
