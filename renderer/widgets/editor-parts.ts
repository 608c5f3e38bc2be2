// What editors of the page share: their styles allowed by the policy, text typed as it has to be, a stretch marked as wrong.

import { EditorSelection, type Extension, StateEffect, StateField } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView, WidgetType } from "@codemirror/view";

/** `why`: told at the end of its line; empty: told elsewhere. */
export type Wrong = { readonly from: number; readonly to: number; readonly why: string };

export const setWrong = StateEffect.define<Wrong | null>();

const squiggle = Decoration.mark({ class: "wrong-word" });

/** Moves with the text until something else is wrong, or nothing. */
const wrongField = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, { effects, changes, newDoc }) {
    let next = marks.map(changes);
    for (const effect of effects) {
      if (!effect.is(setWrong)) continue;
      const { from, to, why } = effect.value ?? { from: 0, to: 0, why: "" };
      const marked = from < to && to <= newDoc.length ? [squiggle.range(from, to)] : [];
      const told =
        why !== "" && from <= newDoc.length
          ? [Decoration.widget({ widget: new Why(why), side: 1 }).range(newDoc.lineAt(from).to)]
          : [];
      next = Decoration.set([...marked, ...told], true);
    }
    return next;
  },
  provide: (field) => EditorView.decorations.from(field),
});

class Why extends WidgetType {
  readonly text: string;
  constructor(text: string) {
    super();
    this.text = text;
  }
  override eq({ text }: Why): boolean {
    return text === this.text;
  }
  override toDOM(): HTMLElement {
    const element = document.createElement("span");
    element.className = "wrong-why";
    element.ariaHidden = "true"; // told beside the editor, as an alert
    element.textContent = this.text;
    return element;
  }
}

/**
 * Typed text is put in here: the browser would give what replaces coloured words a style of its own, which the policy refuses. It takes
 * the place of what the browser says it does: the editor may not have heard yet of what was selected a moment ago.
 */
const typing = EditorView.domEventHandlers({
  beforeinput(event, view) {
    if (event.inputType !== "insertText" || event.data === null || view.composing) return false;
    const [range] = event.getTargetRanges();
    const selection = range ? EditorSelection.range(placeOf(view, range, "start"), placeOf(view, range, "end")) : null;
    if (selection) view.dispatch({ selection });
    view.dispatch(view.state.replaceSelection(event.data), { userEvent: "input.type", scrollIntoView: true });
    return true;
  },
});

function placeOf(view: EditorView, range: StaticRange, end: "start" | "end"): number {
  return end === "start"
    ? view.posAtDOM(range.startContainer, range.startOffset)
    : view.posAtDOM(range.endContainer, range.endOffset);
}

export function editorParts(): Extension {
  return [EditorView.cspNonce.of(styleNonce()), typing, wrongField];
}

function styleNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[name="style-nonce"]')?.content ?? "";
}
