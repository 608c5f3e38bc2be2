// One field for everything: commands, hosts, notes, an address typed.

import { Search } from "lucide-react";
import { type KeyboardEvent, type ReactElement, useId, useMemo, useState } from "react";
import { printKeys, useCommands } from "../../model/commands.ts";
import { closeDialog } from "../../model/dialogs.ts";
import { useFacts, useNics } from "../../model/facts.ts";
import { only } from "../../model/filter-edit.ts";
import { count } from "../../model/format.ts";
import { keysOf } from "../../model/key-bindings.ts";
import { navigate, shownView } from "../../model/navigate.ts";
import { useNotebook } from "../../model/notebook.ts";
import { useBindings } from "../../model/own-keys.ts";
import { openView } from "../../model/saved-views.ts";
import { useSession } from "../../model/session.ts";
import { scopeWords } from "../../model/trail.ts";
import { Glyph, type GlyphName } from "../../widgets/glyph.tsx";
import { Modal } from "../../widgets/modal.tsx";
import { type Findable, type Found, find, typedAddress, usedNow } from "./palette-search.ts";

type Entry = Findable & {
  readonly glyph: GlyphName | null;
  readonly keys: string;
  readonly blocked: string | null;
  readonly run: () => void;
};

const MOST = 60;
const RECENT = "tidemark.recent-commands";

export function Palette(): ReactElement {
  const [text, setText] = useState("");
  const [at, setAt] = useState(0);
  const [recent] = useState(readRecent);
  const id = useId();
  const found = useFound(text, recent);
  const entries = found.sections.flatMap((section) => section.entries);
  const active = Math.max(0, Math.min(at, entries.length - 1));

  function run(entry: Entry | undefined): void {
    if (!entry || entry.blocked !== null) return;
    closeDialog();
    localStorage.setItem(RECENT, JSON.stringify(usedNow(recent, entry.id)));
    entry.run();
  }

  function moveTo(next: number): void {
    setAt(next);
    document.getElementById(`${id}-${next}`)?.scrollIntoView({ block: "nearest" });
  }

  function onKeyDown(event: KeyboardEvent): void {
    const last = entries.length - 1;
    const next = {
      ArrowDown: active === last ? 0 : active + 1,
      ArrowUp: active === 0 ? last : active - 1,
      PageDown: Math.min(last, active + 10),
      PageUp: Math.max(0, active - 10),
    }[event.key];
    if (next !== undefined && last >= 0) {
      event.preventDefault();
      moveTo(next);
    } else if (event.key === "Enter" && !event.nativeEvent.isComposing) {
      event.preventDefault();
      run(entries[active]);
    }
  }

  return (
    <Modal title="Search or run a command" bare onClose={closeDialog}>
      <div className="palette-input">
        <Search size={15} />
        <input
          role="combobox"
          aria-expanded="true"
          aria-controls={`${id}-list`}
          aria-activedescendant={entries.length > 0 ? `${id}-${active}` : undefined}
          aria-autocomplete="list"
          aria-label="Search or run a command"
          placeholder="A command, a host, an address, a saved view, a note"
          // biome-ignore lint/a11y/noAutofocus: it was opened to be typed in
          autoFocus
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setAt(0);
          }}
          onKeyDown={onKeyDown}
        />
        <kbd>Esc</kbd>
      </div>
      <div className="palette-list" id={`${id}-list`} role="listbox" aria-label="Found" tabIndex={-1}>
        {found.sections.map((section) => (
          // biome-ignore lint/a11y/useSemanticElements: a group of options, not of fields
          <div key={section.name} role="group" aria-label={section.name}>
            <div className="label" aria-hidden="true">
              {section.name}
            </div>
            {section.entries.map((entry) => {
              const i = entries.indexOf(entry);
              return (
                // biome-ignore lint/a11y/useKeyWithClickEvents: keys are heard by the field
                // biome-ignore lint/a11y/useFocusableInteractive: the field keeps the focus
                <div
                  key={entry.id}
                  id={`${id}-${i}`}
                  role="option"
                  className="palette-item"
                  aria-selected={i === active}
                  aria-disabled={entry.blocked !== null}
                  onClick={() => run(entry)}
                >
                  {entry.glyph ? <Glyph name={entry.glyph} /> : null}
                  <span className={entry.glyph && entry.glyph !== "note" ? "ip" : ""}>{entry.title}</span>
                  <span className="dim beside">{entry.blocked ?? entry.words}</span>
                  {entry.keys === "" ? null : <kbd>{printKeys(entry.keys)}</kbd>}
                </div>
              );
            })}
          </div>
        ))}
      </div>
      <p className="palette-foot dim" role="status">
        {entries.length === 0
          ? "Nothing is called that."
          : found.more > 0
            ? `+${count(found.more)} more; type to narrow`
            : ""}
      </p>
    </Modal>
  );
}

function readRecent(): readonly string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(RECENT) ?? "[]");
    return Array.isArray(kept) ? kept.filter((each) => typeof each === "string") : [];
  } catch {
    return [];
  }
}

const plain = { words: "", glyph: null, keys: "", blocked: null } as const;

function select(ip: string): () => void {
  return () => navigate({ page: "explore", selection: { kind: "endpoint", ip } });
}

function useFound(text: string, recent: readonly string[]): Found<Entry> {
  const [commands, hosts, notes] = [useCommandEntries(), useHostEntries(), useNoteEntries()];
  const views = useViewEntries();
  const open = useSession((session) => session.open !== null);
  return useMemo(() => {
    const found = find([...commands, ...views, ...hosts, ...notes], text, recent, MOST);
    const ip = open ? typedAddress(text) : null;
    if (ip === null) return found;
    const term = `ip == ${ip}`;
    const address: readonly Entry[] = [
      { ...plain, id: "select", section: "Address", title: `Select ${ip}`, run: select(ip) },
      {
        ...plain,
        id: "only",
        section: "Address",
        title: `Only ${ip}`,
        words: term,
        run: () => navigate({ page: "explore", scope: { ...shownView().scope, filter: only(term) } }),
      },
    ];
    return { ...found, sections: [{ name: "Address", entries: address }, ...found.sections] };
  }, [commands, views, hosts, notes, text, recent, open]);
}

function useCommandEntries(): readonly Entry[] {
  const byId = useCommands((all) => all.byId);
  const own = useBindings((bindings) => bindings.own);
  return useMemo(
    () =>
      [...byId.values()]
        .filter(({ id }) => id !== "palette")
        .map(
          (command): Entry => ({
            ...plain,
            id: command.id,
            section: command.section,
            title: command.title,
            keys: keysOf(command, own)[0] ?? "",
            words: command.words?.() ?? "",
            blocked: command.blocked(),
            run: command.run,
          }),
        ),
    [byId, own],
  );
}

const NO_HOSTS: readonly Entry[] = [];

/** Those with a status or a note, then the addresses of NICs. */
function useHostEntries(): readonly Entry[] {
  const open = useSession((session) => session.open !== null);
  const { notebook, statusOf } = useNotebook();
  const nics = useNics();
  const said = useMemo(
    () => [
      ...new Set([...notebook.hosts.map(({ host }) => host), ...notebook.notes.flatMap(({ host }) => host ?? [])]),
    ],
    [notebook],
  );
  const facts = useFacts(said);
  return useMemo(() => {
    if (!open) return NO_HOSTS;
    const ips = new Set([...said, ...nics.list.flatMap(({ addresses }) => addresses.map(({ ip }) => ip))]);
    return [...ips].map((ip): Entry => {
      const [nic, status] = [nics.byAddress.get(ip), statusOf.get(ip)];
      const known = nic ? [nic.name, nic.subnet, nic.network, nic.nic] : [facts.get(ip)?.countryName];
      const words = [status, ...known].filter(Boolean).join(" · ");
      const glyph = status ?? (nic ? "nic" : "address");
      return { ...plain, id: `host ${ip}`, section: "Hosts", title: ip, words, glyph, run: select(ip) };
    });
  }, [open, said, statusOf, nics, facts]);
}

function useViewEntries(): readonly Entry[] {
  const views = useNotebook(({ notebook }) => notebook.views);
  return useMemo(
    () =>
      views.map(
        (view): Entry => ({
          ...plain,
          id: `view ${view.id}`,
          section: "Saved views",
          title: view.name,
          words: scopeWords(view.scope),
          run: () => openView(view),
        }),
      ),
    [views],
  );
}

function useNoteEntries(): readonly Entry[] {
  const notes = useNotebook(({ notebook }) => notebook.notes);
  return useMemo(
    () =>
      notes.map((note): Entry => {
        const [first = "", ...rest] = note.text.trim().split("\n");
        return {
          ...plain,
          id: `note ${note.id}`,
          section: "Notes",
          title: first.slice(0, 80) || "(empty)",
          words: [note.host ?? "the case", rest.join(" ").slice(0, 400)].filter(Boolean).join(" · "),
          glyph: "note",
          run: () => navigate({ page: "hosts", selection: note.host ? { kind: "endpoint", ip: note.host } : null }),
        };
      }),
    [notes],
  );
}
