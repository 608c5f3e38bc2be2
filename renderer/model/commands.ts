// Everything that can be done by name: palette, shortcuts, menus and buttons run the same commands. A command that cannot run says why.

import { create } from "zustand";
import { keysOf } from "./key-bindings.ts";
import { useBindings } from "./own-keys.ts";

export type Command = {
  /** Stable: menus of the shell send it. */
  readonly id: string;
  readonly title: string;
  /** What it would do now, where the title does not say. */
  readonly words?: () => string;
  readonly section: "Case" | "View" | "Scope" | "Graph" | "Tables" | "SQL" | "Host" | "Notes" | "Help";
  /** "Mod+K": Mod is Ctrl, on macOS Cmd. Single keys work only where no text is being typed. */
  readonly keys: readonly string[];
  /** Why it cannot run now; null when it can. */
  readonly blocked: () => string | null;
  readonly run: () => void;
};

export const useCommands = create<{ readonly byId: ReadonlyMap<string, Command> }>(() => ({ byId: new Map() }));

/** Adds commands; returns how to take them away. A later one with the same id stands in front. */
export function offer(commands: readonly Command[]): () => void {
  const { byId } = useCommands.getState();
  useCommands.setState({ byId: new Map([...byId, ...commands.map((command) => [command.id, command] as const)]) });
  return () => {
    const left = new Map(useCommands.getState().byId);
    for (const command of commands) if (left.get(command.id) === command) left.delete(command.id);
    useCommands.setState({ byId: left });
  };
}

export function runCommand(id: string): void {
  const command = useCommands.getState().byId.get(id);
  if (command && command.blocked() === null) command.run();
}

/** The first keys of a command as they are shown; empty where it has none. Follows changes. */
export function useKeysOf(id: string): string {
  const command = useCommands(({ byId }) => byId.get(id));
  const own = useBindings((bindings) => bindings.own);
  const [first] = command === undefined ? [] : keysOf(command, own);
  return first === undefined ? "" : printKeys(first);
}

const MAC = /mac/i.test(navigator.platform);

export function printKeys(keys: string): string {
  const arrows: Readonly<Record<string, string>> = { Left: "←", Right: "→", Up: "↑", Down: "↓" };
  return keys
    .replace("Mod", MAC ? "⌘" : "Ctrl")
    .replace(/Arrow(\w+)/, (_, side: string) => arrows[side] ?? side)
    .replace(/(?<=.)\+/g, " ");
}

/** What Space presses or chooses where it has the focus. */
const PRESSED_BY_SPACE = "button, a, summary, [role=grid], [role=listbox], [role=tree], [role^=menu], [role=tab]";

/** Once, at start. */
export function followKeys(): void {
  window.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing) return;
    const pressed = pressedKeys(event);
    const { own } = useBindings.getState();
    const typing =
      event.target instanceof HTMLElement &&
      event.target.closest("input, textarea, select, [contenteditable]") !== null;
    if (typing && (!/^(Mod|Alt)\+|^F\d/.test(pressed) || OF_FIELDS.test(pressed))) return;
    if (pressed === "Space" && event.target instanceof HTMLElement && event.target.closest(PRESSED_BY_SPACE)) return;
    const isModal = document.querySelector("dialog[open]") !== null;
    for (const command of useCommands.getState().byId.values()) {
      if (isModal && command.id !== "palette") continue;
      if (!keysOf(command, own).includes(pressed) || command.blocked() !== null) continue;
      event.preventDefault();
      command.run();
      return;
    }
  });
  window.tidemark?.onCommand(runCommand);
}

/** Taking back and moving while one types. */
const OF_FIELDS = /^Mod\+(Shift\+)?(Z|Y|C|X|V|A|Arrow\w+|Home|End|Backspace|Delete)$/;

/** As a command names them: "Mod+Shift+Z". */
export function pressedKeys(event: KeyboardEvent): string {
  const mod = MAC ? event.metaKey : event.ctrlKey;
  const key = event.key === " " ? "Space" : event.key.length === 1 ? event.key.toUpperCase() : event.key;
  const shifted = event.shiftKey && (event.key.length > 1 || /[A-Z]/i.test(event.key));
  return [mod && "Mod", event.altKey && "Alt", shifted && "Shift", key].filter(Boolean).join("+");
}
