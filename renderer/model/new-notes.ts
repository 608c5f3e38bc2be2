// Notes that are begun and not in the notebook yet, and the note that is being written. Begun anywhere, written on the page "hosts".

import { create } from "zustand";
import { type Draft, draftsOf, forgetDraft } from "./drafts.ts";
import { navigate, shownView } from "./navigate.ts";
import { saveNote, useNotebook } from "./notebook.ts";
import { toast, useSession } from "./session.ts";
import { narrowed } from "./view.ts";

/** `opened`: the note that was asked for by its mark; it is brought into view. */
type NewNotes = { readonly begun: readonly Draft[]; readonly writing: string | null; readonly opened: string | null };

export const useNewNotes = create<NewNotes>(() => ({ begun: [], writing: null, opened: null }));

export function openNote(id: string | null): void {
  useNewNotes.setState({ opened: id });
}

/** On the host that is selected, else on the case; under the scope that is looked at, narrowed by what else is selected. */
export function beginNote(): void {
  const { scope, selection, page } = shownView();
  const host = selection?.kind === "endpoint" ? selection.ip : null;
  const id = crypto.randomUUID();
  const draft: Draft = {
    id,
    host,
    scope: host === null ? narrowed(scope, selection) : scope,
    time: selection?.kind === "bar" ? selection.from : null,
    text: "",
  };
  const { begun } = useNewNotes.getState();
  useNewNotes.setState({ begun: [draft, ...begun.filter(({ text }) => text !== "")], writing: id });
  if (page !== "hosts") navigate({ page: "hosts" });
}

export function writeNote(id: string | null): void {
  useNewNotes.setState({ writing: id });
}

/** Once, at start. What was typed and not saved when the case was open last is written to the notebook as soon as that was read. */
export function followNewNotes(): void {
  let shown: string | null = null;
  useSession.subscribe(({ open }) => {
    if (open === null || open.path === shown) return; // the wire may end and come again; what is being written stays
    shown = open.path;
    useNewNotes.setState({ begun: [], writing: null });
  });
  let read: string | null = null;
  useNotebook.subscribe(({ readOf }) => {
    if (readOf === read) return;
    read = readOf;
    if (read !== null && useSession.getState().open?.readOnly === null) void restore(read);
  });
}

async function restore(casePath: string): Promise<void> {
  const { begun, writing } = useNewNotes.getState();
  const live = new Set([writing, ...begun.map(({ id }) => id)]);
  const drafts = draftsOf(localStorage, casePath).filter(({ id, text }) => text.trim() !== "" && !live.has(id));
  if (drafts.length === 0) return;
  for (const draft of drafts) {
    if (useSession.getState().open?.path !== casePath) return;
    if (await saveNote(draft)) forgetDraft(localStorage, casePath, draft.id);
  }
  const host = drafts[0]?.host ?? null;
  const what = drafts.length === 1 ? "A note that was not saved is" : `${drafts.length} notes that were not saved are`;
  toast(`${what} restored.`, {
    title: "Show",
    run: () => navigate({ page: "hosts", selection: host === null ? null : { kind: "endpoint", ip: host } }),
  });
}
