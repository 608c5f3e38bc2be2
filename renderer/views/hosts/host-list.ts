// The hosts that somebody has said something of, and what was last said.

import type { HostStatus, Note, Notebook } from "../../../shared/notebook.ts";
import type { Draft } from "../../model/drafts.ts";

export type Listed = {
  readonly host: string;
  readonly status: HostStatus | null;
  readonly notes: number;
  readonly changedTime: number;
};

const ranks: Readonly<Record<HostStatus, number>> = { compromised: 0, suspected: 1, cleared: 2 };

export type Wanted = { readonly text: string; readonly status: HostStatus | null };

/** By status, gravest first; then the latest change. `text` is looked for in addresses, names and notes. */
export function listHosts(
  notebook: Notebook,
  { text, status: only }: Wanted,
  nameOf: (host: string) => string,
): readonly Listed[] {
  const byHost = new Map<string, Listed>();
  for (const { host, status, time } of notebook.hosts) byHost.set(host, { host, status, notes: 0, changedTime: time });
  for (const { host, changedTime } of notebook.notes) {
    if (host === null) continue;
    const before = byHost.get(host) ?? { host, status: null, notes: 0, changedTime: 0 };
    byHost.set(host, {
      ...before,
      notes: before.notes + 1,
      changedTime: Math.max(before.changedTime, changedTime),
    });
  }
  const wanted = text.trim().toLowerCase();
  const found = ({ host, status }: Listed): boolean =>
    (only === null || status === only) &&
    (wanted === "" ||
      `${host} ${nameOf(host)} ${status ?? ""}`.toLowerCase().includes(wanted) ||
      notebook.notes.some((note) => note.host === host && note.text.toLowerCase().includes(wanted)));
  const rank = ({ status }: Listed): number => (status === null ? 3 : ranks[status]);
  return [...byHost.values()]
    .filter(found)
    .sort((a, b) => rank(a) - rank(b) || b.changedTime - a.changedTime || (a.host < b.host ? -1 : 1));
}

/** Notes on the case that hold `text`. */
export function caseNotes(notebook: Notebook, text: string): readonly Note[] {
  const wanted = text.trim().toLowerCase();
  return notebook.notes.filter((note) => note.host === null && note.text.toLowerCase().includes(wanted));
}

export type Shown = { readonly draft: Draft; readonly note: Note | null };

/** The newest first, by when they were begun: a note that is being written stays where it is when it is saved. */
export function notesOf(all: readonly Note[], begun: readonly Draft[], host: string | null): readonly Shown[] {
  const known = new Set(all.map(({ id }) => id));
  const fresh = begun.filter((draft) => draft.host === host && !known.has(draft.id));
  const saved = all
    .filter((note) => note.host === host)
    .sort((a, b) => b.createdTime - a.createdTime || (a.id < b.id ? -1 : 1));
  return [...fresh.map((draft) => ({ draft, note: null })), ...saved.map((note) => ({ draft: note, note }))];
}
