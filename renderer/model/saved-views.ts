// Views saved in the case: a name for what is looked at, to be asked again. Every change is a step that can be taken back.

import type { Operation, SavedView } from "../../shared/notebook.ts";
import { arrange, usePanes } from "./arrange.ts";
import { navigate, shownView } from "./navigate.ts";
import { step, undo } from "./notebook.ts";
import { parsePanes } from "./panes.ts";
import { toast } from "./session.ts";
import { addressOf } from "./trails.ts";
import { parseView } from "./view.ts";

type Saved = Extract<Operation, { readonly what: "view.saved" }>;

/** What is looked at now. A selection is no part of it. */
function shown(): Pick<Saved, "scope" | "address" | "layout"> {
  const view = { ...shownView(), selection: null, exhibit: null };
  const { away: _, ...panes } = usePanes.getState();
  return { scope: view.scope, address: addressOf(view), layout: JSON.stringify(panes) };
}

function operationOf({ id, name, scope, address, layout }: Omit<Saved, "what">): Operation {
  return { what: "view.saved", id, name, scope, address, layout };
}

async function done(title: string, redo: readonly Operation[], back: readonly Operation[]): Promise<boolean> {
  const isDone = await step(title, redo, back);
  if (isDone) toast(title, { title: "Undo", run: () => void undo() });
  return isDone;
}

export async function saveView(name: string): Promise<boolean> {
  const id = crypto.randomUUID();
  return await done(
    `View "${name}" saved`,
    [operationOf({ id, name, ...shown() }), { what: "view.removed", id, removed: false }],
    [{ what: "view.removed", id, removed: true }],
  );
}

export async function renameView(view: SavedView, name: string): Promise<boolean> {
  return await done(`View renamed to "${name}"`, [operationOf({ ...view, name })], [operationOf(view)]);
}

/** It becomes what is looked at now, under its name. */
export async function updateView(view: SavedView): Promise<boolean> {
  return await done(`View "${view.name}" updated`, [operationOf({ ...view, ...shown() })], [operationOf(view)]);
}

export async function removeView({ id, name }: SavedView): Promise<boolean> {
  return await done(
    `View "${name}" removed`,
    [{ what: "view.removed", id, removed: true }],
    [{ what: "view.removed", id, removed: false }],
  );
}

export function openView(view: SavedView): void {
  if (view.layout !== "") arrange(parsePanes(view.layout));
  navigate({ ...parseView(view.address), case: shownView().case });
}

/** Why a name cannot be given; null where it can. */
export function refusalOfName(name: string, views: readonly SavedView[], own: SavedView | null): string | null {
  if (name === "") return "A view needs a name.";
  if (name.length > 200) return "A name has at most 200 characters.";
  const taken = views.some((view) => view.id !== own?.id && view.name.toLowerCase() === name.toLowerCase());
  return taken ? `There is a view called "${name}" already; update that one, or choose another name.` : null;
}
