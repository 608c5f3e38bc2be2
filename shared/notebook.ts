// What people write about a case: operations in an append-only journal, and the fold of them that the app shows. Undo is an operation.

import { z } from "./schema.ts";
import { Scope } from "./scope.ts";

/** What the investigator says of a host. Null takes a status back. */
export const hostStatuses = ["suspected", "compromised", "cleared"] as const;
export const HostStatus = z.enum(hostStatuses);
export type HostStatus = z.infer<typeof HostStatus>;

/** A host is an address in canonical text. */
const host = z.string().min(1).max(64);
const noteId = z.string().min(1).max(64);
const viewId = noteId;

export const Operation = z.discriminatedUnion("what", [
  z.object({ what: z.literal("host.status"), host, status: HostStatus.nullable() }),
  /** Makes a note or replaces its text. `id` is made by whoever writes it first (UUID). `host` null: a note on the case. */
  z.object({
    what: z.literal("note.text"),
    id: noteId,
    host: host.nullable(),
    /** What it was written under. */
    scope: Scope,
    /** An instant the note speaks of, for its mark on the timeline; null where none. */
    time: z.int().nullable(),
    text: z.string().max(1 << 18),
  }),
  z.object({ what: z.literal("note.removed"), id: noteId, removed: z.boolean() }),
  /** Makes a saved view or says anew what it is. `id` is made by whoever saves it first (UUID). */
  z.object({
    what: z.literal("view.saved"),
    id: viewId,
    name: z.string().min(1).max(200),
    scope: Scope,
    /** The fragment of the page's address that shows it (renderer/model/view.ts), without the case. */
    address: z.string().max(1 << 21),
    /** How the window was divided, as it printed it. */
    layout: z.string().max(1 << 16),
  }),
  z.object({ what: z.literal("view.removed"), id: viewId, removed: z.boolean() }),
]);
export type Operation = z.infer<typeof Operation>;

/** An operation as it stands in the journal. */
export const Entry = z.object({
  /** UUIDv7. */
  id: z.string(),
  author: z.string(),
  /** ms since 1970 UTC, never less than that of the entry before. */
  time: z.int(),
  operation: Operation,
});
export type Entry = z.infer<typeof Entry>;

export const Note = z.object({
  id: noteId,
  host: host.nullable(),
  scope: Scope,
  time: z.int().nullable(),
  text: z.string(),
  author: z.string(),
  createdTime: z.int(),
  changedTime: z.int(),
});
export type Note = z.infer<typeof Note>;

/** A question worth asking again: what was looked at, and how. */
const SavedView = z.object({
  id: viewId,
  name: z.string(),
  scope: Scope,
  address: z.string(),
  layout: z.string(),
  author: z.string(),
  createdTime: z.int(),
  changedTime: z.int(),
});
export type SavedView = z.infer<typeof SavedView>;

const HostMark = z.object({ host, status: HostStatus, author: z.string(), time: z.int() });
type HostMark = z.infer<typeof HostMark>;

export const Notebook = z.object({
  /** Entries in the journal. */
  entries: z.int().nonnegative(),
  hosts: z.array(HostMark),
  /** Those not removed, newest change first. */
  notes: z.array(Note),
  /** Those not removed, in the order of their names. */
  views: z.array(SavedView),
});
export type Notebook = z.infer<typeof Notebook>;

/** The notebook after these entries, in the order of the journal: the last word on each host, note and view counts. */
export function fold(entries: Iterable<Entry>): Notebook {
  const hosts = new Map<string, HostMark>();
  const notes = new Map<string, Kept<Note>>();
  const views = new Map<string, Kept<SavedView>>();
  let count = 0;
  for (const { author, time, operation } of entries) {
    count++;
    switch (operation.what) {
      case "host.status":
        if (operation.status === null) hosts.delete(operation.host);
        else hosts.set(operation.host, { host: operation.host, status: operation.status, author, time });
        break;
      case "note.text": {
        const { what: _, ...written } = operation;
        notes.set(operation.id, kept(written, notes.get(operation.id), author, time));
        break;
      }
      case "view.saved": {
        const { what: _, ...written } = operation;
        views.set(operation.id, kept(written, views.get(operation.id), author, time));
        break;
      }
      case "note.removed":
        remove(notes, operation.id, operation.removed);
        break;
      case "view.removed":
        remove(views, operation.id, operation.removed);
        break;
    }
  }
  return {
    entries: count,
    hosts: [...hosts.values()],
    notes: standing(notes).sort((a, b) => b.changedTime - a.changedTime || (a.id < b.id ? -1 : 1)),
    views: standing(views).sort((a, b) => (a.name < b.name || (a.name === b.name && a.id < b.id) ? -1 : 1)),
  };
}

type Kept<T> = T & { readonly removed: boolean };
type Authored = { readonly author: string; readonly createdTime: number; readonly changedTime: number };

function kept<T>(written: T, before: Kept<Authored> | undefined, author: string, time: number): Kept<T & Authored> {
  const { createdTime = time, removed = false } = before ?? {};
  return { ...written, author, createdTime, changedTime: time, removed };
}

function remove<T>(all: Map<string, Kept<T>>, id: string, removed: boolean): void {
  const before = all.get(id);
  if (before) all.set(id, { ...before, removed });
}

function standing<T>(all: ReadonlyMap<string, Kept<T>>): T[] {
  return [...all.values()].filter(({ removed }) => !removed).map(({ removed: _, ...one }) => one as unknown as T); // all of T
}
