// The commands that hold everywhere. Views offer their own beside these.

import { setTheme, themes } from "./appearance.ts";
import { choosePath } from "./choose.ts";
import { type Command, offer } from "./commands.ts";
import { copyLink, openCaseLinked } from "./copy-link.ts";
import { copyCommands } from "./copy-scope.ts";
import { openDialog } from "./dialogs.ts";
import { back, forward, navigate, shownView, useShown } from "./navigate.ts";
import { beginNote } from "./new-notes.ts";
import { redo, undo, useNotebook } from "./notebook.ts";
import { caseNameFor, folderOf } from "./paths.ts";
import { addEvidence, closeCase, fail, isAdding, newCase, openCase, openSample, toast, useSession } from "./session.ts";
import { subjectOfSelection } from "./subject-lists.ts";
import { startTour } from "./tour.ts";

const themeTitles = {
  system: "as the system",
  light: "light",
  dark: "dark",
  "hc-light": "high contrast, light",
  "hc-dark": "high contrast, dark",
} as const;

const always = (): null => null;
const open = (): string | null => (useSession.getState().open === null ? "No case is open." : null);
const writable = (): string | null => open() ?? useSession.getState().open?.readOnly ?? null;
const busy = (): string | null =>
  isAdding(useSession.getState().adding) ? "Evidence is being added; wait for it or cancel it." : null;

async function guarded(title: string, run: () => Promise<void>): Promise<void> {
  try {
    await run();
  } catch (thrown) {
    fail(title, thrown);
  }
}

async function chooseCase(): Promise<void> {
  const [path] = (await choosePath("open-case", "")) ?? [];
  if (path) await openCase(path);
}

async function makeCase(): Promise<void> {
  const evidence = await choosePath("evidence", "");
  if (!evidence?.[0]) return;
  const [first] = evidence;
  const [path] = (await choosePath("new-case", caseNameFor(first), folderOf(first))) ?? [];
  if (!path || !(await newCase(path))) return;
  await addEvidence({ paths: evidence }, evidence.join(", "));
}

async function chooseEvidence(): Promise<void> {
  const paths = await choosePath("evidence", "");
  if (paths?.length) await addEvidence({ paths }, paths.join(", "));
}

const page = (name: "explore" | "hosts" | "growth" | "evidence" | "sql", title: string, key: string): Command => ({
  id: `page.${name}`,
  title,
  section: "View",
  keys: [key],
  blocked: open,
  run: () => navigate({ page: name }),
});

const commands: readonly Command[] = [
  {
    id: "palette",
    title: "Search or run a command",
    section: "Help",
    keys: ["Mod+K"],
    blocked: always,
    run: () => openDialog("palette"),
  },
  {
    id: "help.keys",
    title: "Keyboard shortcuts",
    section: "Help",
    keys: ["?"],
    blocked: always,
    run: () => openDialog("keys"),
  },
  {
    id: "help.tour",
    title: "Tour of the sample incident",
    section: "Help",
    keys: [],
    blocked: busy,
    run: () => void guarded("The sample could not be opened.", startTour),
  },
  {
    id: "help.about",
    title: "About Tidemark",
    section: "Help",
    keys: [],
    blocked: always,
    run: () => toast(`Tidemark ${useSession.getState().about?.version ?? ""}. Nothing leaves this computer.`),
  },
  {
    id: "case.new",
    title: "New case from evidence…",
    section: "Case",
    keys: ["Alt+N", "Mod+N"],
    blocked: busy,
    run: () => void guarded("The case could not be made.", makeCase),
  },
  {
    id: "case.open",
    title: "Open case…",
    section: "Case",
    keys: ["Mod+O"],
    blocked: busy,
    run: () => void guarded("The case could not be opened.", chooseCase),
  },
  {
    id: "sample.open",
    title: "Open the sample incident",
    section: "Case",
    keys: [],
    blocked: busy,
    run: () => void guarded("The sample could not be opened.", openSample),
  },
  {
    id: "source.add",
    title: "Add evidence…",
    section: "Case",
    keys: ["Mod+Shift+A"],
    blocked: () => writable() ?? busy(),
    run: () => void guarded("The evidence could not be added.", chooseEvidence),
  },
  {
    id: "sources",
    title: "Sources of evidence",
    section: "Case",
    keys: [],
    blocked: open,
    run: () => navigate({ page: "adding" }),
  },
  {
    id: "case.copy",
    title: "Save a copy…",
    section: "Case",
    keys: [],
    blocked: open,
    run: () => openDialog("copy"),
  },
  {
    id: "evidence.export",
    title: "Export evidence in scope…",
    section: "Case",
    keys: ["Mod+E"],
    blocked: open,
    run: () => openDialog("export"),
  },
  { id: "case.verify", title: "Verify", section: "Case", keys: [], blocked: open, run: () => openDialog("verify") },
  {
    id: "case.close",
    title: "Close case",
    section: "Case",
    keys: [],
    blocked: () => open() ?? busy(),
    run: closeCase,
  },
  {
    id: "save",
    title: "Save",
    section: "Case",
    keys: ["Mod+S"],
    blocked: always,
    run: () => toast("Everything is saved as you go."),
  },
  {
    id: "note.new",
    title: "New note",
    section: "Notes",
    keys: ["N"],
    blocked: writable,
    run: beginNote,
  },
  {
    id: "undo",
    title: "Undo",
    words: () => useNotebook.getState().undoable.at(-1)?.title ?? "",
    section: "Notes",
    keys: ["Mod+Z"],
    blocked: () => writable() ?? (useNotebook.getState().undoable.length === 0 ? "There is nothing to undo." : null),
    run: () => void undo(),
  },
  {
    id: "redo",
    title: "Redo",
    words: () => useNotebook.getState().redoable.at(-1)?.title ?? "",
    section: "Notes",
    keys: ["Mod+Shift+Z"],
    blocked: () => writable() ?? (useNotebook.getState().redoable.length === 0 ? "There is nothing to redo." : null),
    run: () => void redo(),
  },
  {
    id: "back",
    title: "Back",
    section: "View",
    keys: ["Alt+ArrowLeft"],
    blocked: () => (useShown.getState().canBack ? null : "There is no step before this."),
    run: back,
  },
  {
    id: "forward",
    title: "Forward",
    section: "View",
    keys: ["Alt+ArrowRight"],
    blocked: () => (useShown.getState().canForward ? null : "There is no step after this."),
    run: forward,
  },
  ...copyCommands,
  {
    id: "link.copy",
    title: "Copy link to this view",
    words: () => "with a citation",
    section: "View",
    keys: ["Mod+Shift+L"],
    blocked: () => open() ?? (openCaseLinked() === null ? "The case is still being read." : null),
    run: () => void copyLink(),
  },
  {
    id: "link.open",
    title: "Open link…",
    section: "View",
    keys: [],
    blocked: busy,
    run: () => openDialog("link"),
  },
  page("explore", "Explore", "Mod+1"),
  page("hosts", "Hosts and notes", "Mod+2"),
  page("evidence", "Evidence", "Mod+3"),
  page("sql", "SQL", "Mod+4"),
  page("growth", "Growth", "Mod+5"),
  {
    id: "subject.open",
    title: "Page of what is selected",
    section: "View",
    keys: ["O"],
    blocked: () =>
      open() ??
      (subjectOfSelection(shownView().selection) === null ? "No host, NIC, edge or conversation is selected." : null),
    run: () => navigate({ page: "subject", subject: subjectOfSelection(shownView().selection) }),
  },
  {
    id: "selection.clear",
    title: "Clear the selection",
    section: "View",
    keys: ["Escape"],
    blocked: () => (shownView().selection === null ? "Nothing is selected." : null),
    run: () => navigate({ selection: null }),
  },
  ...themes.map(
    (theme): Command => ({
      id: `theme.${theme}`,
      title: `Theme: ${themeTitles[theme]}`,
      section: "View",
      keys: [],
      blocked: always,
      run: () => setTheme(theme),
    }),
  ),
];

export function offerAppCommands(): void {
  offer(commands);
}
