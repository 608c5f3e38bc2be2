// Hosts that somebody has said something of, and their notes.

import { type ReactElement, useState } from "react";
import { useNics } from "../../model/facts.ts";
import { instant } from "../../model/format.ts";
import { navigate, useShown } from "../../model/navigate.ts";
import { useNotebook } from "../../model/notebook.ts";
import { Glyph } from "../../widgets/glyph.tsx";
import { listHosts } from "./host-list.ts";
import { HostPage } from "./host-page.tsx";
import "./hosts.css";

export function HostsPage(): ReactElement {
  const selection = useShown(({ view }) => view.selection);
  const notebook = useNotebook((book) => book.notebook);
  const nics = useNics();
  const [text, setText] = useState("");
  const nameOf = (host: string): string => {
    const nic = nics.byAddress.get(host);
    return [nic?.name, nic?.subnet, nic?.network].filter(Boolean).join(" ");
  };
  const hosts = listHosts(notebook, text, nameOf);
  const onCase = notebook.notes.filter((note) => note.host === null).length;
  const chosen = selection?.kind === "endpoint" ? selection.ip : null;
  return (
    <div className="hosts">
      <section className="pane host-list" aria-label="Hosts">
        <div className="pane-head">
          <h2>Hosts</h2>
          <input
            type="search"
            aria-label="Search hosts and notes"
            placeholder="Search hosts and notes"
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        </div>
        <ul>
          {chosen !== null && !hosts.some(({ host }) => host === chosen) ? (
            <Line host={chosen} chosen name={nameOf(chosen)} below="nothing said of it yet" />
          ) : null}
          {hosts.map(({ host, status, notes, changedTime }) => (
            <li key={host}>
              <button
                type="button"
                aria-current={host === chosen ? "true" : undefined}
                onClick={() => navigate({ selection: { kind: "endpoint", ip: host } })}
              >
                {status ? <Glyph name={status} label={status} /> : <Glyph name="note" label="has notes" />}
                <span>
                  <span className="ip">{host}</span> <span className="dim">{nameOf(host)}</span>
                  <small>
                    {[status, notes > 0 ? `${notes} ${notes === 1 ? "note" : "notes"}` : ""].filter(Boolean).join(", ")}{" "}
                    · {instant(changedTime, "min")} UTC
                  </small>
                </span>
              </button>
            </li>
          ))}
          <li>
            <button
              type="button"
              aria-current={chosen === null ? "true" : undefined}
              onClick={() => navigate({ selection: null })}
            >
              <Glyph name="note" />
              <span>
                Notes on the case
                <small>{onCase === 0 ? "none yet" : onCase}</small>
              </span>
            </button>
          </li>
        </ul>
        {hosts.length === 0 && text === "" ? (
          <p className="hint dim">
            Hosts with a status or a note stand here. Select one in the graph or a table and mark it.
          </p>
        ) : null}
        {hosts.length === 0 && text !== "" ? <p className="hint dim">Nothing holds “{text}”.</p> : null}
      </section>
      <HostPage key={chosen ?? ""} host={chosen} />
    </div>
  );
}

function Line(props: {
  readonly host: string;
  readonly chosen: boolean;
  readonly name: string;
  readonly below: string;
}): ReactElement {
  return (
    <li>
      <button type="button" aria-current={props.chosen ? "true" : undefined}>
        <Glyph name="address" />
        <span>
          <span className="ip">{props.host}</span> <span className="dim">{props.name}</span>
          <small>{props.below}</small>
        </span>
      </button>
    </li>
  );
}
