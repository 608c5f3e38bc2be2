// What is looked at, put on the clipboard in the words of another tool; what that cannot say is told.

import { copyAs, type LanguageName, languages } from "../../shared/copy-as/languages.ts";
import type { Command } from "./commands.ts";
import { shownView } from "./navigate.ts";
import { fail, toast, useSession } from "./session.ts";

/** The most parts named in one notice. */
const NAMED = 3;

/** A sentence for the notice. */
function toldOf(name: LanguageName, left: readonly string[]): string {
  if (left.length === 0) return `Copied as ${languages[name]}.`;
  const more = left.length > NAMED ? ` and ${left.length - NAMED} more` : "";
  return `Copied as ${languages[name]}, which cannot say: ${left.slice(0, NAMED).join("; ")}${more}. It selects more than the scope.`;
}

async function copy(name: LanguageName): Promise<void> {
  try {
    const { text, left } = copyAs(name, shownView().scope);
    await navigator.clipboard.writeText(text);
    toast(toldOf(name, left));
  } catch (thrown) {
    fail("The scope could not be copied.", thrown);
  }
}

export const copyCommands: readonly Command[] = (Object.keys(languages) as LanguageName[]).map((name) => ({
  id: `scope.copy.${name}`,
  title: `Copy scope as ${languages[name]}`,
  section: "Scope",
  keys: [],
  blocked: () => (useSession.getState().open === null ? "No case is open." : null),
  run: () => void copy(name),
}));
