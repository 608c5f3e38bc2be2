// The shortcuts there are, and others in their place: from the registry of commands, so that what is shown is what works.

import { RotateCcw, Search } from "lucide-react";
import { type KeyboardEvent, type ReactElement, useMemo, useState } from "react";
import { type Command, pressedKeys, printKeys, useCommands } from "../../model/commands.ts";
import { closeDialog } from "../../model/dialogs.ts";
import { holderOf, keysOf, rebound, refusalOfKeys } from "../../model/key-bindings.ts";
import { bind, useBindings } from "../../model/own-keys.ts";
import { Modal } from "../../widgets/modal.tsx";

/** Keys of tables, graph and timeline, which belong to no command. */
const WITHIN: readonly (readonly [string, readonly string[]])[] = [
  ["Move", ["arrows", "Home", "End", "Page"]],
  ["Select", ["Space"]],
  ["Show the evidence", ["Enter"]],
  ["Sort by the column", ["S"]],
  ["Copy the row", [printKeys("Mod+C")]],
  ["Menu of a value: include, exclude, only this", ["Menu", "Shift F10"]],
];

export function KeysDialog(): ReactElement {
  const byId = useCommands((commands) => commands.byId);
  const own = useBindings((bindings) => bindings.own);
  const [text, setText] = useState("");
  const [asked, setAsked] = useState<{ readonly id: string; readonly keys: string | null } | null>(null);
  const commands = useMemo(() => [...byId.values()], [byId]);
  const wanted = text.trim().toLowerCase();
  const shown = commands.filter(
    (command) =>
      (wanted === "" && keysOf(command, own).length > 0) ||
      (wanted !== "" &&
        `${command.title} ${keysOf(command, own).map(printKeys).join(" ")}`.toLowerCase().includes(wanted)),
  );
  const sections = Map.groupBy(shown, ({ section }) => section);

  const give = (id: string, keys: readonly string[] | null): void => {
    bind(rebound(commands, own, id, keys));
    setAsked(null);
  };
  const press = (event: KeyboardEvent, command: Command): void => {
    event.preventDefault();
    event.stopPropagation();
    if (["Control", "Alt", "Shift", "Meta"].includes(event.key)) return;
    if (event.key === "Escape") return setAsked(null);
    if (event.key === "Backspace") return give(command.id, []);
    const keys = pressedKeys(event.nativeEvent);
    if (refusalOfKeys(keys) !== null || holderOf(commands, own, command.id, keys) !== null)
      return setAsked({ id: command.id, keys });
    give(command.id, [keys]);
  };
  const line = (command: Command): ReactElement => {
    const keys = keysOf(command, own);
    const isAsked = asked?.id === command.id;
    const isOwn = Object.hasOwn(own, command.id);
    return (
      <div key={command.id} className={isAsked ? "asked" : ""}>
        <span className="title">
          {command.title}
          {isOwn ? <i className="dim"> changed</i> : null}
        </span>
        <span>
          {isOwn ? (
            <button
              type="button"
              className="icon-button"
              aria-label={`Reset the keys of ${command.title}`}
              title={`Reset to ${command.keys.map(printKeys).join(", ") || "none"}`}
              onClick={() => give(command.id, null)}
            >
              <RotateCcw size={11} />
            </button>
          ) : null}
          {isAsked && asked.keys === null ? (
            <button
              type="button"
              className="press"
              // biome-ignore lint/a11y/noAutofocus: it was opened to be pressed
              autoFocus
              onKeyDown={(event) => press(event, command)}
              onBlur={() => setAsked((now) => (now?.id === command.id && now.keys === null ? null : now))}
            >
              Press keys; Backspace takes them away, Esc leaves them
            </button>
          ) : (
            <button
              type="button"
              className="keys-of"
              aria-label={`Change the keys of ${command.title}: ${keys.map(printKeys).join(", ") || "none"}`}
              title="Change"
              onClick={() => setAsked({ id: command.id, keys: null })}
            >
              {keys.length === 0 ? <span className="dim">none</span> : null}
              {keys.map((key) => (
                <kbd key={key}>{printKeys(key)}</kbd>
              ))}
            </button>
          )}
        </span>
        {isAsked && asked.keys !== null ? (
          <Conflict
            keys={asked.keys}
            holder={holderOf(commands, own, command.id, asked.keys)}
            onTake={() => give(command.id, [asked.keys ?? ""])}
            onLeave={() => setAsked(null)}
          />
        ) : null}
      </div>
    );
  };
  return (
    <Modal title="Keyboard shortcuts" wide onClose={closeDialog}>
      <div className="keys-head">
        <Search size={13} />
        <input
          aria-label="Find a command"
          placeholder="Find any command, also those without keys"
          value={text}
          onChange={({ target }) => setText(target.value)}
        />
        <button
          type="button"
          className="button small"
          disabled={Object.keys(own).length === 0}
          title={Object.keys(own).length === 0 ? "All keys are those that commands come with" : undefined}
          onClick={() => bind({})}
        >
          Reset all
        </button>
      </div>
      <div className="body keys">
        {[...sections].map(([section, listed]) => (
          <section key={section}>
            <h3>{section}</h3>
            {listed.map(line)}
          </section>
        ))}
        {shown.length === 0 ? <p className="dim">No command is called that.</p> : null}
        {wanted === "" ? (
          <section>
            <h3>In tables and in the graph</h3>
            {WITHIN.map(([title, keys]) => (
              <div key={title}>
                {title}
                <span>
                  {keys.map((key) => (
                    <kbd key={key}>{key}</kbd>
                  ))}
                </span>
              </div>
            ))}
          </section>
        ) : null}
      </div>
    </Modal>
  );
}

function Conflict(props: {
  readonly keys: string;
  readonly holder: Command | null;
  readonly onTake: () => void;
  readonly onLeave: () => void;
}): ReactElement {
  const refused = refusalOfKeys(props.keys);
  return (
    <p className="conflict" role="alert">
      <kbd>{printKeys(props.keys)}</kbd> {refused ?? `runs “${props.holder?.title ?? ""}”.`}
      {refused === null ? (
        <button type="button" className="link" onClick={props.onTake}>
          Take it from there
        </button>
      ) : null}
      <button type="button" className="link" onClick={props.onLeave}>
        Leave it
      </button>
    </p>
  );
}
