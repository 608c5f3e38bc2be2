// The views saved in the case, behind the bookmark of the filter bar: save what is looked at, open, update, rename, remove.

import { Bookmark, Check, Pencil, RefreshCw, Trash2 } from "lucide-react";
import { Popover } from "radix-ui";
import { type ReactElement, useEffect, useState } from "react";
import type { SavedView } from "../../../shared/notebook.ts";
import { offer } from "../../model/commands.ts";
import { useShown } from "../../model/navigate.ts";
import { useNotebook } from "../../model/notebook.ts";
import { openView, refusalOfName, removeView, renameView, saveView, updateView } from "../../model/saved-views.ts";
import { useSession } from "../../model/session.ts";
import { scopeWords } from "../../model/trail.ts";
import { parseView, printView } from "../../model/view.ts";

export function SavedViews(): ReactElement {
  const [open, setOpen] = useState(false);
  const views = useNotebook(({ notebook }) => notebook.views);
  useEffect(
    () =>
      offer([
        {
          id: "views",
          title: "Saved views: save, open, update",
          section: "Scope",
          keys: ["B"],
          blocked: () => (useSession.getState().open === null ? "No case is open." : null),
          run: () => setOpen(true),
        },
      ]),
    [],
  );
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger className="icon-button" aria-label="Saved views" title="Saved views (B)">
        <Bookmark size={14} fill={views.length > 0 ? "currentColor" : "none"} fillOpacity={0.25} />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className="saved-views"
          align="end"
          sideOffset={6}
          collisionPadding={8}
          aria-label="Saved views"
        >
          <List views={views} close={() => setOpen(false)} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

function List({ views, close }: { readonly views: readonly SavedView[]; readonly close: () => void }): ReactElement {
  const blocked = useSession(({ open }) => open?.readOnly ?? null);
  const [name, setName] = useState("");
  const [fault, setFault] = useState<string | null>(null);
  const save = async (): Promise<void> => {
    const refused = blocked ?? refusalOfName(name.trim(), views, null);
    setFault(refused);
    if (refused !== null) return;
    setName("");
    if (!(await saveView(name.trim()))) setName(name);
  };
  return (
    <>
      <h2>Saved views</h2>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <input
          aria-label="Name for what is looked at"
          placeholder="Name for what is looked at"
          maxLength={200}
          disabled={blocked !== null}
          title={blocked ?? undefined}
          aria-invalid={fault !== null}
          value={name}
          onChange={({ target }) => {
            setName(target.value);
            setFault(null);
          }}
        />
        <button type="submit" className="button" disabled={blocked !== null} title={blocked ?? undefined}>
          Save
        </button>
      </form>
      {fault === null ? null : (
        <p className="fault" role="alert">
          {fault}
        </p>
      )}
      {views.length === 0 ? (
        <p className="none">
          None yet. A saved view keeps range, filter, table, graph and comparison in the case, for whoever opens it.
        </p>
      ) : (
        <ul aria-label="Saved views">
          {views.map((view) => (
            <One key={view.id} view={view} views={views} blocked={blocked} close={close} />
          ))}
        </ul>
      )}
    </>
  );
}

type OneProps = {
  readonly view: SavedView;
  readonly views: readonly SavedView[];
  readonly blocked: string | null;
  readonly close: () => void;
};

function One({ view, views, blocked, close }: OneProps): ReactElement {
  const [renaming, setRenaming] = useState<string | null>(null);
  const isShown = useShown(({ view: now }) => asked(printView({ ...now, case: null })) === asked(view.address));
  const refused = renaming === null ? null : refusalOfName(renaming.trim(), views, view);
  const rename = async (): Promise<void> => {
    if (renaming === null || refused !== null) return;
    if (renaming.trim() === view.name || (await renameView(view, renaming.trim()))) setRenaming(null);
  };
  if (renaming !== null)
    return (
      <li>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void rename();
          }}
        >
          <input
            aria-label={`New name of ${view.name}`}
            // biome-ignore lint/a11y/noAutofocus: it was opened to be typed in
            autoFocus
            maxLength={200}
            aria-invalid={refused !== null}
            title={refused ?? undefined}
            value={renaming}
            onChange={({ target }) => setRenaming(target.value)}
            onKeyDown={(event) => {
              if (event.key !== "Escape") return;
              event.stopPropagation();
              setRenaming(null);
            }}
          />
          <button type="submit" className="icon-button" aria-label="Rename" title={refused ?? "Rename"}>
            <Check size={13} />
          </button>
        </form>
      </li>
    );
  return (
    <li className={isShown ? "shown" : ""}>
      <button
        type="button"
        className="open-view"
        aria-current={isShown ? "true" : undefined}
        title={`${view.name}\n${scopeWords(view.scope)}\nby ${view.author}`}
        onClick={() => {
          close();
          openView(view);
        }}
      >
        <b>{view.name}</b>
        <span>{scopeWords(view.scope)}</span>
      </button>
      <Act title={`Update ${view.name} to what is looked at`} blocked={blocked} run={() => void updateView(view)}>
        <RefreshCw size={13} />
      </Act>
      <Act title={`Rename ${view.name}`} blocked={blocked} run={() => setRenaming(view.name)}>
        <Pencil size={13} />
      </Act>
      <Act title={`Remove ${view.name}`} blocked={blocked} run={() => void removeView(view)}>
        <Trash2 size={13} />
      </Act>
    </li>
  );
}

/** What of an address a saved view keeps. */
function asked(address: string): string {
  return printView({ ...parseView(address), case: null, selection: null, exhibit: null });
}

function Act(props: {
  readonly title: string;
  readonly blocked: string | null;
  readonly run: () => void;
  readonly children: ReactElement;
}): ReactElement {
  return (
    <button
      type="button"
      className="icon-button"
      aria-label={props.title}
      title={props.blocked ?? props.title}
      disabled={props.blocked !== null}
      onClick={props.run}
    >
      {props.children}
    </button>
  );
}
