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

const HostMark = z.object({ host, status: HostStatus, author: z.string(), time: z.int() });
type HostMark = z.infer<typeof HostMark>;

export const Notebook = z.object({
  /** Entries in the journal. */
  entries: z.int().nonnegative(),
  hosts: z.array(HostMark),
  /** Those not removed, newest change first. */
  notes: z.array(Note),
});
export type Notebook = z.infer<typeof Notebook>;

/** The notebook after these entries, in the order of the journal: the last word on each host and note counts. */
export function fold(entries: Iterable<Entry>): Notebook {
  const hosts = new Map<string, HostMark>();
  const notes = new Map<string, Note & { removed: boolean }>();
  let count = 0;
  for (const { author, time, operation } of entries) {
    count++;
    if (operation.what === "host.status") {
      if (operation.status === null) hosts.delete(operation.host);
      else hosts.set(operation.host, { host: operation.host, status: operation.status, author, time });
    } else if (operation.what === "note.text") {
      const { what: _, ...written } = operation;
      const before = notes.get(operation.id);
      notes.set(operation.id, {
        ...written,
        author,
        createdTime: before?.createdTime ?? time,
        changedTime: time,
        removed: before?.removed ?? false,
      });
    } else {
      const before = notes.get(operation.id);
      if (before) notes.set(operation.id, { ...before, removed: operation.removed });
    }
  }
  return {
    entries: count,
    hosts: [...hosts.values()],
    notes: [...notes.values()]
      .filter((note) => !note.removed)
      .map(({ removed: _, ...note }) => note)
      .sort((a, b) => b.changedTime - a.changedTime || (a.id < b.id ? -1 : 1)),
  };
}
