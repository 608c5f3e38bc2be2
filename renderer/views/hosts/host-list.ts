// The hosts that somebody has said something of, and what was last said.

import type { HostStatus, Notebook } from "../../../shared/notebook.ts";

export type Listed = {
  readonly host: string;
  readonly status: HostStatus | null;
  readonly notes: number;
  readonly changedTime: number;
};

const ranks: Readonly<Record<HostStatus, number>> = { compromised: 0, suspected: 1, cleared: 2 };

/** By status, gravest first; then the latest change. `text` is looked for in addresses, names and notes. */
export function listHosts(notebook: Notebook, text: string, nameOf: (host: string) => string): readonly Listed[] {
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
    wanted === "" ||
    `${host} ${nameOf(host)} ${status ?? ""}`.toLowerCase().includes(wanted) ||
    notebook.notes.some((note) => note.host === host && note.text.toLowerCase().includes(wanted));
  const rank = ({ status }: Listed): number => (status === null ? 3 : ranks[status]);
  return [...byHost.values()]
    .filter(found)
    .sort((a, b) => rank(a) - rank(b) || b.changedTime - a.changedTime || (a.host < b.host ? -1 : 1));
}
