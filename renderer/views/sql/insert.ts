// Text put where the cursor stands in the statement, by whatever stands beside it. The editor that is shown takes it.

import { EditorSelection } from "@codemirror/state";
import type { EditorView } from "@codemirror/view";
import { setDraft, useConsole } from "../../model/sql-console.ts";

let editor: EditorView | null = null;

/** The editor that is shown; null when it goes. */
export function editIn(view: EditorView | null): void {
  editor = view;
}

/** Undo takes it back as if it had been typed. */
export function insertText(text: string): void {
  if (editor === null) return setDraft(useConsole.getState().draft + text);
  editor.focus();
  editor.dispatch(editor.state.replaceSelection(text), { userEvent: "input.paste", scrollIntoView: true });
}

/** In the place of all that stands there. */
export function replaceText(text: string): void {
  if (editor === null) return setDraft(text);
  editor.focus();
  editor.dispatch({
    changes: { from: 0, to: editor.state.doc.length, insert: text },
    selection: EditorSelection.cursor(text.length),
    userEvent: "input.paste",
  });
}

export function selectText({ from, to }: { readonly from: number; readonly to: number }): void {
  if (editor === null || to > editor.state.doc.length) return;
  editor.focus();
  editor.dispatch({ selection: EditorSelection.single(from, to), scrollIntoView: true });
}
