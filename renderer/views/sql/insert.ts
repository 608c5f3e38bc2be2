// Text put where the cursor stands in the statement, by whatever stands beside it. The editor that is shown takes it.

import { setDraft, useConsole } from "../../model/sql-console.ts";

let editor: HTMLTextAreaElement | null = null;

/** The editor that is shown; null when it goes. */
export function editIn(element: HTMLTextAreaElement | null): void {
  editor = element;
}

/** Undo takes it back as if it had been typed. */
export function insertText(text: string): void {
  if (editor === null) return setDraft(useConsole.getState().draft + text);
  editor.focus();
  if (!document.execCommand("insertText", false, text)) editor.setRangeText(text);
}

/** In the place of all that stands there. */
export function replaceText(text: string): void {
  if (editor === null) return setDraft(text);
  editor.focus();
  editor.select();
  if (!document.execCommand("insertText", false, text)) setDraft(text);
}

export function selectText({ from, to }: { readonly from: number; readonly to: number }): void {
  editor?.focus();
  editor?.setSelectionRange(from, to);
}
