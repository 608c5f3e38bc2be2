// Completion in the filter's editor: what can stand at the caret, from the language and from the case. Nothing is chosen until an arrow
// or Tab chooses it, so Enter always applies what was typed.

import {
  acceptCompletion,
  autocompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
  completionStatus,
  currentCompletions,
  selectedCompletionIndex,
  setSelectedCompletion,
} from "@codemirror/autocomplete";
import type { EditorState, Extension } from "@codemirror/state";
import { Decoration, type EditorView, ViewPlugin, type ViewUpdate, WidgetType } from "@codemirror/view";
import { grouped } from "../../../shared/grouped.ts";
import { accepted, expectedAt, type Suggestion, suggestions } from "./suggest.ts";

/** A condition by its name, as `view NAME` offers it. */
export type Named = { readonly name: string; readonly filter: string };

function namedLike(named: readonly Named[], typed: string): readonly (Suggestion & { readonly label: string })[] {
  return named
    .map(({ name, filter }) => ({ label: `view ${name}`, text: filter, says: filter }))
    .filter(({ label }) => typed === "" || label.toLowerCase().includes(typed.toLowerCase()));
}

type Offered = Completion & { readonly tuples: number | null };

/** `values`: what the case holds of a field. `named`: whole conditions that have a name. */
export function completion(
  values: (field: string) => Promise<readonly Suggestion[]>,
  named: () => readonly Named[],
): Extension {
  const source = async ({ state, pos }: CompletionContext): Promise<CompletionResult | null> => {
    const expected = expectedAt(state.sliceDoc(0, pos));
    if (expected === null) return null;
    const known = expected.what === "value" ? await values(expected.field) : [];
    const conditions = expected.what === "field" ? namedLike(named(), expected.typed) : [];
    const options = [...suggestions(expected, () => known), ...conditions].map(
      ({ text, says, tuples, label = text }: Suggestion & { readonly label?: string }): Offered => ({
        label,
        detail: says,
        tuples: tuples ?? null,
        apply(view) {
          const { head } = view.state.selection.main;
          const next = accepted(view.state.doc.toString(), head, expected, text);
          view.dispatch({
            changes: { from: 0, to: view.state.doc.length, insert: next.text },
            selection: { anchor: next.caret },
            userEvent: "input.complete",
          });
        },
      }),
    );
    return options.length === 0 ? null : { from: expected.at, options, filter: false };
  };
  return [
    autocompletion({
      override: [source],
      selectOnOpen: false,
      interactionDelay: 0,
      activateOnTypingDelay: 0,
      activateOnCompletion: () => true,
      icons: false,
      tooltipClass: (state) => (currentCompletions(state).some(isCounted) ? "counted" : ""),
      addToOptions: [{ position: 90, render: (option) => (isCounted(option) ? countOf(option) : null) }],
    }),
    ghost,
  ];
}

function isCounted(option: Completion): option is Offered & { readonly tuples: number } {
  return "tuples" in option && typeof option.tuples === "number";
}

function countOf({ tuples }: { readonly tuples: number }): HTMLElement {
  const element = document.createElement("i");
  element.className = "tuples";
  element.textContent = grouped(tuples);
  return element;
}

/** Tab takes the one that is chosen, else the first. */
export function takeCompletion(view: EditorView): boolean {
  if (completionStatus(view.state) !== "active") return false;
  if (selectedCompletionIndex(view.state) === null) view.dispatch({ effects: setSelectedCompletion(0) });
  return acceptCompletion(view);
}

/** The rest of what Tab would take, in grey behind the caret. */
const ghost = ViewPlugin.fromClass(
  class {
    rest = Decoration.none;
    update({ state }: ViewUpdate): void {
      const text = restOf(state);
      const { head } = state.selection.main;
      this.rest =
        text === ""
          ? Decoration.none
          : Decoration.set(Decoration.widget({ widget: new Rest(text), side: 1 }).range(head));
    }
  },
  { decorations: (plugin) => plugin.rest },
);

function restOf(state: EditorState): string {
  if (completionStatus(state) !== "active") return "";
  const option = currentCompletions(state)[selectedCompletionIndex(state) ?? 0];
  const { head, empty } = state.selection.main;
  const expected = expectedAt(state.sliceDoc(0, head));
  if (!option || !empty || expected === null || expected.typed === "" || head < state.doc.length) return "";
  const isBegun = option.label.toLowerCase().startsWith(expected.typed.toLowerCase());
  return isBegun ? option.label.slice(expected.typed.length) : "";
}

class Rest extends WidgetType {
  readonly text: string;
  constructor(text: string) {
    super();
    this.text = text;
  }
  override eq({ text }: Rest): boolean {
    return text === this.text;
  }
  override toDOM(): HTMLElement {
    const element = document.createElement("span");
    element.className = "ghost";
    element.ariaHidden = "true";
    element.textContent = this.text;
    const key = element.appendChild(document.createElement("kbd"));
    key.textContent = "Tab";
    return element;
  }
}
