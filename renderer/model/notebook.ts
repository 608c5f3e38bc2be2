// The investigator's notes and host statuses: read from the case, written to it at once, each step undoable by another operation.

import { create } from "zustand";
import type { HostStatus, Note, Notebook, Operation } from "../../shared/notebook.ts";
import { ask } from "../host/ask.ts";
import { fail, toast, useSession, writable } from "./session.ts";
import { readSetting, writeSetting } from "./settings.ts";
import { parseSteps, printSteps, type Step } from "./undo-steps.ts";

const EMPTY: Notebook = { entries: 0, hosts: [], notes: [], views: [] };

type Book = {
  /** Whose notebook it is, once it was read; null before. */
  readonly readOf: string | null;
  readonly notebook: Notebook;
  readonly statusOf: ReadonlyMap<string, HostStatus>;
  readonly undoable: readonly Step[];
  readonly redoable: readonly Step[];
};

export const useNotebook = create<Book>(() => ({
  readOf: null,
  notebook: EMPTY,
  statusOf: new Map(),
  undoable: [],
  redoable: [],
}));

/** Once, at start: reads the notebook again whenever the case says that it has changed. */
export function followNotebook(): void {
  let path: string | null = null;
  useSession.subscribe(({ open, notebookRevision, connected }, before) => {
    if (open?.path !== path) {
      path = open?.path ?? null;
      useNotebook.setState({ readOf: null, notebook: EMPTY, statusOf: new Map(), undoable: [], redoable: [] });
    }
    if (connected && open !== null && (notebookRevision !== before.notebookRevision || open !== before.open))
      void read();
  });
}

async function read(): Promise<void> {
  const path = useSession.getState().open?.path ?? null;
  try {
    const notebook = await ask("notebook.read", {});
    const first = path !== null && useNotebook.getState().readOf !== path;
    const steps = first ? parseSteps(await readSetting("undo").catch(() => null), path, notebook.entries) : {};
    if (path !== (useSession.getState().open?.path ?? null)) return; // of a case that is not open any more
    useNotebook.setState({
      readOf: path,
      notebook,
      statusOf: new Map(notebook.hosts.map(({ host, status }) => [host, status])),
      ...steps,
    });
  } catch (thrown) {
    fail("The notebook cannot be read.", thrown);
  }
}

async function write(operations: readonly Operation[]): Promise<boolean> {
  try {
    writable();
    await ask("notebook.write", { operations: [...operations] });
    await read();
    return true;
  } catch (thrown) {
    fail("The notebook could not be written; what you typed is still here.", thrown);
    return false;
  }
}

/** Writes to the case what can be taken back under `title`. */
export async function step(title: string, redo: readonly Operation[], undo: readonly Operation[]): Promise<boolean> {
  if (!(await write(redo))) return false;
  keep([...useNotebook.getState().undoable, { title, redo, undo }], []);
  return true;
}

function keep(undoable: readonly Step[], redoable: readonly Step[]): void {
  useNotebook.setState({ undoable, redoable });
  const { readOf, notebook } = useNotebook.getState();
  if (readOf !== null) writeSetting("undo", printSteps(readOf, notebook.entries, { undoable, redoable }));
}

export async function setStatus(host: string, status: HostStatus | null): Promise<void> {
  const before = useNotebook.getState().statusOf.get(host) ?? null;
  if (before === status) return;
  const title = status === null ? `${host} has no status now` : `${host} marked ${status}`;
  const done = await step(
    title,
    [{ what: "host.status", host, status }],
    [{ what: "host.status", host, status: before }],
  );
  if (done) toast(title, { title: "Undo", run: () => void undo() });
}

/** Saves a note's text. Autosaving the same note again extends the step, so that one undo takes the whole edit back. */
export async function saveNote(note: Pick<Note, "id" | "host" | "scope" | "time" | "text">): Promise<boolean> {
  const { notebook, undoable } = useNotebook.getState();
  const before = notebook.notes.find(({ id }) => id === note.id);
  if (before?.text === note.text && before.host === note.host && before.time === note.time) return true;
  const redo: Operation = { what: "note.text", ...note };
  const latest = undoable.at(-1);
  const [first] = latest?.undo ?? [];
  const continues = first !== undefined && first.what !== "host.status" && first.id === note.id;
  if (continues && latest) {
    if (!(await write([redo]))) return false;
    keep([...undoable.slice(0, -1), { ...latest, redo: [redo] }], []);
    return true;
  }
  const undo: Operation = before
    ? { what: "note.text", id: before.id, host: before.host, scope: before.scope, time: before.time, text: before.text }
    : { what: "note.removed", id: note.id, removed: true };
  const again: readonly Operation[] = before ? [redo] : [redo, { what: "note.removed", id: note.id, removed: false }];
  return await step("Note changed", again, [undo]);
}

export async function removeNote(id: string): Promise<void> {
  const done = await step(
    "Note removed",
    [{ what: "note.removed", id, removed: true }],
    [{ what: "note.removed", id, removed: false }],
  );
  if (done) toast("Note removed", { title: "Undo", run: () => void undo() });
}

export async function undo(): Promise<void> {
  const { undoable, redoable } = useNotebook.getState();
  const latest = undoable.at(-1);
  if (!latest || !(await write(latest.undo))) return;
  keep(undoable.slice(0, -1), [...redoable, latest]);
  toast(`Undone: ${latest.title}`, { title: "Redo", run: () => void redo() });
}

export async function redo(): Promise<void> {
  const { undoable, redoable } = useNotebook.getState();
  const latest = redoable.at(-1);
  if (!latest || !(await write(latest.redo))) return;
  keep([...undoable, latest], redoable.slice(0, -1));
}
