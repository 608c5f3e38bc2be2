// Which keys run which command: those a command comes with, unless the investigator gave it others. Pure.

/** By the command's id; an empty list takes all keys away. "Mod+K": Mod is Ctrl, on macOS Cmd. */
export type Bindings = Readonly<Record<string, readonly string[]>>;

type Keyed = { readonly id: string; readonly keys: readonly string[] };

export function keysOf({ id, keys }: Keyed, own: Bindings): readonly string[] {
  return (Object.hasOwn(own, id) ? own[id] : undefined) ?? keys;
}

/** The command has these keys; any other that had one of them loses it. Null: those it comes with. */
export function rebound(
  commands: readonly Keyed[],
  own: Bindings,
  id: string,
  keys: readonly string[] | null,
): Bindings {
  const { [id]: _, ...rest } = own;
  const command = commands.find((each) => each.id === id);
  const wanted = keys ?? command?.keys ?? [];
  const next: Record<string, readonly string[]> = keys === null ? { ...rest } : { ...rest, [id]: keys };
  for (const other of commands) {
    if (other.id === id) continue;
    const had = keysOf(other, next);
    const left = had.filter((key) => !wanted.includes(key));
    if (left.length < had.length) next[other.id] = left;
  }
  return next;
}

/** The command that has these keys already. */
export function holderOf<C extends Keyed>(commands: readonly C[], own: Bindings, id: string, key: string): C | null {
  return commands.find((each) => each.id !== id && keysOf(each, own).includes(key)) ?? null;
}

const FIXED = ["Tab", "Shift+Tab", "Enter", "Space", "Mod+C", "Mod+V", "Mod+X", "Mod+A"];

/** Why keys cannot be given to a command; null where they can. Arrows and the like move within a view. */
export function refusalOfKeys(keys: string): string | null {
  if (FIXED.includes(keys)) return "These keys work inside every view and field.";
  if (/^(Shift\+)?(Arrow\w+|Home|End|PageUp|PageDown|Backspace|Delete|ContextMenu)$/.test(keys))
    return "These keys move within a view; with Ctrl or Alt they can be had.";
  return null;
}

const MOST_KEYS = 8;

/** What is no binding is left out. */
export function parseBindings(text: string | null): Bindings {
  let read: unknown;
  try {
    read = JSON.parse(text ?? "{}");
  } catch {
    return {};
  }
  if (typeof read !== "object" || read === null || Array.isArray(read)) return {};
  return Object.fromEntries(
    Object.entries(read).filter(
      (entry): entry is [string, string[]] =>
        Array.isArray(entry[1]) &&
        entry[1].length <= MOST_KEYS &&
        entry[1].every((key) => typeof key === "string" && key.length < 40),
    ),
  );
}
