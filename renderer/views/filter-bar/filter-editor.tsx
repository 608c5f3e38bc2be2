// The text of the filter bar: one line of CodeMirror over the filter language. What it holds is the caller's; a change made elsewhere is
// put into it, one made here is told.

import { closeCompletion, currentCompletions, startCompletion } from "@codemirror/autocomplete";
import { history, redo, standardKeymap, undo } from "@codemirror/commands";
import { Compartment, EditorState, type Extension, Prec } from "@codemirror/state";
import { EditorView, keymap, placeholder } from "@codemirror/view";
import { type ReactElement, useEffect, useRef } from "react";
import { editorParts, setWrong } from "../../widgets/editor-parts.ts";
import { completion, type Named, takeCompletion } from "./complete.ts";
import { filterLanguage } from "./filter-language.ts";
import type { Suggestion } from "./suggest.ts";
import "../../widgets/editor.css";

export type Stretch = { readonly from: number; readonly to: number };

type Props = {
  readonly text: string;
  /** Where the caret is put when it is given the focus; a new object puts it there. */
  readonly focus: { readonly at: number } | null;
  readonly hint: string;
  /** What no filter can hold, to be underlined. */
  readonly wrong: Stretch | null;
  readonly isInvalid: boolean;
  readonly values: (field: string) => Promise<readonly Suggestion[]>;
  readonly named: readonly Named[];
  readonly onText: (text: string) => void;
  readonly onFocus: (isFocused: boolean) => void;
  /** Whether something is proposed at the caret. */
  readonly onOffered: (isOffered: boolean) => void;
  readonly onApply: () => void;
  readonly onRevert: () => void;
  /** Backspace or the left arrow at the begin; false where nothing is there. */
  readonly onBegin: (key: "Backspace" | "ArrowLeft") => boolean;
};

export function FilterEditor(props: Props): ReactElement {
  const place = useRef<HTMLSpanElement>(null);
  const editor = useRef<EditorView | null>(null);
  const latest = useRef(props);
  latest.current = props;
  const { text, focus, wrong, isInvalid, hint } = props;

  useEffect(() => {
    if (place.current === null) return;
    const view = new EditorView({ parent: place.current, state: EditorState.create({ extensions: parts(latest) }) });
    editor.current = view;
    return () => view.destroy();
  }, []);

  useEffect(() => {
    const view = editor.current;
    if (view === null || view.state.doc.toString() === text) return;
    view.dispatch({
      changes: { from: 0, to: view.state.doc.length, insert: text },
      selection: { anchor: text.length },
    });
    closeCompletion(view);
  }, [text]);

  useEffect(() => {
    const view = editor.current;
    if (view === null || focus === null) return;
    view.dispatch({ selection: { anchor: Math.min(focus.at, view.state.doc.length) } });
    view.focus();
  }, [focus]);

  useEffect(() => {
    editor.current?.dispatch({ effects: setWrong.of(wrong === null ? null : { ...wrong, why: "" }) });
  }, [wrong]);

  useEffect(() => {
    const view = editor.current;
    if (view === null) return;
    view.contentDOM.setAttribute("aria-invalid", String(isInvalid));
    view.dispatch({ effects: hints.reconfigure(placeholder(hint)) });
  }, [isInvalid, hint]);

  return <span className={`typed ${text !== "" ? "wide" : hint === "" ? "narrow" : ""}`} ref={place} />;
}

/** The placeholder changes with what is there already. */
const hints = new Compartment();

function parts(latest: { readonly current: Props }): Extension {
  const begin = (key: "Backspace" | "ArrowLeft") => (view: EditorView) => {
    const { head, empty } = view.state.selection.main;
    return head === 0 && empty && latest.current.onBegin(key);
  };
  const always = (run: () => void) => (): true => {
    run();
    return true;
  };
  return [
    editorParts(),
    filterLanguage,
    history(),
    completion(
      (field) => latest.current.values(field),
      () => latest.current.named,
    ),
    hints.of([]),
    Prec.high(
      keymap.of([
        { key: "Tab", run: takeCompletion },
        { key: "Enter", run: always(() => latest.current.onApply()) },
        { key: "Escape", run: always(() => latest.current.onRevert()) },
        { key: "ArrowDown", run: startCompletion },
        { key: "Backspace", run: begin("Backspace") },
        { key: "ArrowLeft", run: begin("ArrowLeft") },
        { key: "Mod-z", run: (view) => always(() => undo(view))() },
        { key: "Mod-Shift-z", run: (view) => always(() => redo(view))() },
        { key: "Mod-y", run: (view) => always(() => redo(view))() },
      ]),
    ),
    keymap.of(standardKeymap),
    oneLine,
    EditorView.contentAttributes.of({
      "aria-label": "Filter",
      "aria-multiline": "false",
      "aria-describedby": "filter-words",
      autocapitalize: "off",
      spellcheck: "false",
    }),
    EditorView.updateListener.of(({ docChanged, state, startState }) => {
      const text = state.doc.toString();
      if (docChanged && text !== latest.current.text) latest.current.onText(text);
      if (isOffered(state) !== isOffered(startState)) latest.current.onOffered(isOffered(state));
    }),
    EditorView.focusChangeEffect.of((_, isFocused) => {
      queueMicrotask(() => latest.current.onFocus(isFocused));
      return null;
    }),
  ];
}

function isOffered(state: EditorState): boolean {
  return currentCompletions(state).length > 0;
}

/** What is pasted with line breaks stands on one line. */
const oneLine = EditorState.transactionFilter.of((step) => {
  if (step.newDoc.lines === 1) return step;
  const changes = [];
  for (let n = 1; n < step.newDoc.lines; n++) {
    const { to } = step.newDoc.line(n);
    changes.push({ from: to, to: to + 1, insert: " " });
  }
  return [step, { changes, sequential: true }];
});
