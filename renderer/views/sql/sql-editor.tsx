// The statement's editor: CodeMirror over the draft. A change made elsewhere is put into it, one made here is told; what SQLite could not
// take is marked where it stands.

import { closeCompletion, startCompletion } from "@codemirror/autocomplete";
import { history, historyKeymap, redo, standardKeymap, toggleComment, undo } from "@codemirror/commands";
import { EditorState, type Extension, Prec } from "@codemirror/state";
import { EditorView, highlightActiveLine, keymap, lineNumbers, placeholder } from "@codemirror/view";
import { type ReactElement, useEffect, useRef } from "react";
import { cancelSql, setDraft, useConsole } from "../../model/sql-console.ts";
import type { Table } from "../../model/sql-words.ts";
import { editorParts, setWrong, type Wrong } from "../../widgets/editor-parts.ts";
import { editIn } from "./insert.ts";
import { sqlLanguage, takeProposal } from "./sql-language.ts";
import "../../widgets/editor.css";

const EXAMPLE = "SELECT * FROM conversations('dst == public') ORDER BY bytesSent DESC LIMIT 20;";

/** `wrong`: of the draft as it is. */
export function SqlEditor(props: { readonly wrong: Wrong | null; readonly own: readonly Table[] }): ReactElement {
  const { wrong } = props;
  const draft = useConsole((each) => each.draft);
  const place = useRef<HTMLDivElement>(null);
  const editor = useRef<EditorView | null>(null);
  const own = useRef(props.own);
  own.current = props.own;

  useEffect(() => {
    if (place.current === null) return;
    const state = EditorState.create({ doc: useConsole.getState().draft, extensions: parts(() => own.current) });
    const view = new EditorView({ parent: place.current, state });
    editor.current = view;
    editIn(view);
    return () => {
      editIn(null);
      view.destroy();
    };
  }, []);

  useEffect(() => {
    const view = editor.current;
    const now = useConsole.getState().draft; // typed on meanwhile: what is drawn is older
    if (view === null || now !== draft || view.state.doc.toString() === now) return;
    view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: now } });
  }, [draft]);

  useEffect(() => {
    const view = editor.current;
    if (view === null) return;
    view.contentDOM.setAttribute("aria-invalid", String(wrong !== null));
    view.dispatch({ effects: setWrong.of(wrong) });
  }, [wrong]);

  const isRunning = useConsole(({ running }) => running !== null);
  useEffect(() => {
    if (isRunning && editor.current !== null) closeCompletion(editor.current);
  }, [isRunning]);

  return <div className="sql-editor" ref={place} />;
}

function parts(own: () => readonly Table[]): Extension {
  const always = (run: (view: EditorView) => unknown) => (view: EditorView) => {
    run(view);
    return true;
  };
  return [
    editorParts(),
    lineNumbers(),
    highlightActiveLine(),
    history(),
    // Before completion's own: what runs is stopped, whatever is proposed.
    Prec.highest(keymap.of([{ key: "Escape", run: stopRunning }])),
    sqlLanguage(own),
    Prec.high(
      keymap.of([
        { key: "Tab", run: takeProposal },
        { key: "Ctrl-Space", run: startCompletion },
        { key: "Mod-/", run: toggleComment },
        { key: "Mod-z", run: always(undo) },
        { key: "Mod-Shift-z", run: always(redo) },
        { key: "Mod-y", run: always(redo) },
      ]),
    ),
    keymap.of([
      // Mod-Enter is the page's: it runs the statement.
      ...historyKeymap,
      ...standardKeymap.filter(({ key }) => key !== "Mod-Enter"),
    ]),
    placeholder(EXAMPLE),
    EditorView.contentAttributes.of({
      "aria-label": "SQL statement",
      autocapitalize: "off",
      autocorrect: "off",
      spellcheck: "false",
    }),
    EditorState.tabSize.of(2),
    EditorView.updateListener.of(({ docChanged, state }) => {
      const text = state.doc.toString();
      if (docChanged && text !== useConsole.getState().draft) setDraft(text);
    }),
  ];
}

function stopRunning(): boolean {
  if (useConsole.getState().running === null) return false;
  cancelSql();
  return true;
}
