// Steps of editing that can be taken back, as they are kept across a reload. A step's operations say what is, not what changes, so each
// can be written at any time; steps of an earlier state of the journal are let go all the same, since others wrote since. Pure.

import { Operation } from "../../shared/notebook.ts";
import { z } from "../../shared/schema.ts";

const Step = z.object({ title: z.string(), undo: z.array(Operation), redo: z.array(Operation) });
export type Step = { readonly title: string; readonly undo: readonly Operation[]; readonly redo: readonly Operation[] };

/** `entries`: how many the journal had when they were kept. */
export type Steps = { readonly undoable: readonly Step[]; readonly redoable: readonly Step[] };

const Kept = z.object({
  path: z.string(),
  entries: z.int(),
  undoable: z.array(Step),
  redoable: z.array(Step),
});

const MOST = 200;
/** Characters; texts of notes are in them. */
const MOST_CHARACTERS = 900_000;

/** The newest, as many as have room. */
export function printSteps(path: string, entries: number, { undoable, redoable }: Steps): string {
  let kept = undoable.slice(-MOST);
  for (;;) {
    const text = JSON.stringify({ path, entries, undoable: kept, redoable: redoable.slice(-MOST) });
    if (text.length <= MOST_CHARACTERS) return text;
    if (kept.length === 0) return JSON.stringify({ path, entries, undoable: [], redoable: [] });
    kept = kept.slice(Math.ceil(kept.length / 2));
  }
}

/** None where they are of another case or of a journal that went on. */
export function parseSteps(text: string | null, path: string, entries: number): Steps {
  const { data } = Kept.safeParse(json(text));
  return data?.path === path && data.entries === entries ? data : { undoable: [], redoable: [] };
}

function json(text: string | null): unknown {
  try {
    return JSON.parse(text ?? "null");
  } catch {
    return null;
  }
}
