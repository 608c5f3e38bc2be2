// One field for everything: commands, hosts, notes, an address typed.

import { Search } from "lucide-react";
import { type KeyboardEvent, type ReactElement, useId, useMemo, useState } from "react";
import { printKeys, useCommands } from "../../model/commands.ts";
import { closeDialog } from "../../model/dialogs.ts";
import { useNics } from "../../model/facts.ts";
import { only } from "../../model/filter-edit.ts";
import { narrow, navigate } from "../../model/navigate.ts";
import { useNotebook } from "../../model/notebook.ts";
import { useSession } from "../../model/session.ts";
import { Glyph, type GlyphName } from "../../widgets/glyph.tsx";
import { Modal } from "../../widgets/modal.tsx";

type Entry = {
  readonly id: string;
  readonly section: string;
  readonly title: string;
  readonly words: string;
  readonly glyph: GlyphName | null;
  readonly keys: string;
  readonly blocked: string | null;
  readonly run: () => void;
};

const MOST = 40;
const ADDRESS = /^[0-9a-f.:]{3,45}$/i;

export function Palette(): ReactElement {
  const [text, setText] = useState("");
  const [at, setAt] = useState(0);
  const id = useId();
  const entries = useEntries(text);
  const active = Math.min(at, entries.length - 1);

  function run(entry: Entry | undefined): void {
    if (!entry || entry.blocked !== null) return;
    closeDialog();
    entry.run();
  }

  function onKeyDown(event: KeyboardEvent): void {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      const next = (active + step + entries.length) % Math.max(1, entries.length);
      setAt(next);
      document.getElementById(`${id}-${next}`)?.scrollIntoView({ block: "nearest" });
    } else if (event.key === "Enter") {
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
          aria-label="Search or run a command"
          placeholder="A command, a host, an address, a note"
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
        {entries.map((entry, i) => (
          <div key={entry.id}>
            {entries[i - 1]?.section === entry.section ? null : <div className="label">{entry.section}</div>}
            {/* biome-ignore lint/a11y/useKeyWithClickEvents: keys are heard by the field */}
            {/* biome-ignore lint/a11y/useFocusableInteractive: the field keeps the focus */}
            <div
              id={`${id}-${i}`}
              role="option"
              className="palette-item"
              aria-selected={i === active}
              aria-disabled={entry.blocked !== null}
              onClick={() => run(entry)}
            >
              {entry.glyph ? <Glyph name={entry.glyph} /> : null}
              {entry.title}
              <span className="dim">{entry.blocked ?? entry.words}</span>
              {entry.keys === "" ? null : <kbd>{printKeys(entry.keys)}</kbd>}
            </div>
          </div>
        ))}
        {entries.length === 0 ? <p className="palette-item dim">Nothing is called that.</p> : null}
      </div>
    </Modal>
  );
}

function useEntries(text: string): readonly Entry[] {
  const byId = useCommands((commands) => commands.byId);
  const open = useSession((session) => session.open !== null);
  const { notebook, statusOf } = useNotebook();
  const nics = useNics();
  return useMemo(() => {
    const plain = { words: "", glyph: null, keys: "", blocked: null } as const;
    const commands = [...byId.values()]
      .filter(({ id }) => id !== "palette")
      .map(
        (command): Entry => ({
          ...plain,
          id: command.id,
          section: command.section,
          title: command.title,
          keys: command.keys[0] ?? "",
          blocked: command.blocked(),
          run: command.run,
        }),
      );
    const select =
      (ip: string): (() => void) =>
      () =>
        navigate({ page: "explore", selection: { kind: "endpoint", ip } });
    const hosts = new Map<string, Entry>();
    const host = (ip: string, words: string): void => {
      const glyph = statusOf.get(ip) ?? (nics.byAddress.has(ip) ? "nic" : "address");
      hosts.set(ip, { ...plain, id: `host ${ip}`, section: "Hosts", title: ip, words, glyph, run: select(ip) });
    };
    for (const { host: ip, status } of notebook.hosts) host(ip, status);
    for (const nic of nics.list) {
      const [ip] = nic.addresses;
      if (ip && !hosts.has(ip)) host(ip, [nic.name, nic.subnet, nic.network, nic.nic].filter(Boolean).join(" · "));
    }
    const notes = notebook.notes.map(
      (note): Entry => ({
        ...plain,
        id: `note ${note.id}`,
        section: "Notes",
        title: note.text.split("\n")[0]?.slice(0, 80) || "(empty)",
        words: note.host ?? "the case",
        glyph: "note",
        run: () => navigate({ page: "hosts", selection: note.host ? { kind: "endpoint", ip: note.host } : null }),
      }),
    );
    const typed = text.trim();
    const address: Entry[] =
      open && ADDRESS.test(typed) && /[.:]/.test(typed)
        ? [
            { ...plain, id: "select", section: "Address", title: `Select ${typed}`, run: select(typed) },
            {
              ...plain,
              id: "only",
              section: "Address",
              title: `Only ${typed}`,
              words: `ip == ${typed}`,
              run: () => narrow({ filter: only(`ip == ${typed}`) }),
            },
          ]
        : [];
    const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
    const matches = ({ title, words: more, section }: Entry): boolean =>
      words.every((word) => `${title} ${more} ${section}`.toLowerCase().includes(word));
    return [...address, ...[...hosts.values(), ...commands, ...notes].filter(matches)].slice(0, MOST);
  }, [byId, notebook, statusOf, nics, text, open]);
}
