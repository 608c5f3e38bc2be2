// Hosts that somebody has said something of, and their notes.

import { type ReactElement, useMemo, useState } from "react";
import { type HostStatus, hostStatuses } from "../../../shared/notebook.ts";
import { useFacts, useNics } from "../../model/facts.ts";
import { exactInstant, instant } from "../../model/format.ts";
import { navigate, useShown } from "../../model/navigate.ts";
import { useNotebook } from "../../model/notebook.ts";
import { Glyph } from "../../widgets/glyph.tsx";
import { Segmented } from "../../widgets/segmented.tsx";
import { caseNotes, type Listed, listHosts } from "./host-list.ts";
import { HostPage } from "./host-page.tsx";
import "./hosts.css";

export function HostsPage(): ReactElement {
  const selection = useShown(({ view }) => view.selection);
  const notebook = useNotebook((book) => book.notebook);
  const nics = useNics();
  const [text, setText] = useState("");
  const [status, setStatus] = useState<HostStatus | null>(null);
  const said = useMemo(() => listHosts(notebook, { text: "", status: null }, () => ""), [notebook]);
  const ips = useMemo(() => said.map(({ host }) => host), [said]);
  const facts = useFacts(ips);
  const nameOf = (host: string): string => {
    const nic = nics.byAddress.get(host);
    if (nic) return [nic.name, nic.subnet, nic.network].filter(Boolean).join(" ");
    return facts.get(host)?.countryName ?? "";
  };
  const hosts = listHosts(notebook, { text, status }, nameOf);
  const onCase = caseNotes(notebook, text);
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
        {notebook.hosts.length > 0 ? <Statuses shown={status} onShow={setStatus} /> : null}
        <ul>
          {chosen !== null && !hosts.some(({ host }) => host === chosen) ? (
            <Line
              listed={
                said.find(({ host }) => host === chosen) ?? { host: chosen, status: null, notes: 0, changedTime: 0 }
              }
              name={nameOf(chosen)}
              nic={nics.byAddress.has(chosen)}
              chosen
            />
          ) : null}
          {hosts.map((listed) => (
            <Line
              key={listed.host}
              listed={listed}
              name={nameOf(listed.host)}
              nic={nics.byAddress.has(listed.host)}
              chosen={listed.host === chosen}
            />
          ))}
        </ul>
        {hosts.length === 0 ? (
          <p className="hint dim">
            {said.length === 0
              ? "Hosts with a status or a note stand here. Select one in the graph or a table and mark it."
              : "No host with a status or a note is like that."}
          </p>
        ) : null}
        <ul aria-label="The case">
          <li>
            <button
              type="button"
              aria-current={chosen === null ? "true" : undefined}
              onClick={() => navigate({ selection: null })}
            >
              <Glyph name="note" />
              <span>
                Notes on the case
                <small>
                  {onCase.length === 0
                    ? text === ""
                      ? "none yet"
                      : "none with this text"
                    : `${notes(onCase.length)}, last ${instant(onCase[0]?.changedTime ?? 0, "min")} UTC`}
                </small>
              </span>
            </button>
          </li>
        </ul>
      </section>
      <HostPage key={chosen ?? ""} host={chosen} />
    </div>
  );
}

function notes(count: number): string {
  return count === 1 ? "1 note" : `${count} notes`;
}

function Statuses(props: {
  readonly shown: HostStatus | null;
  readonly onShow: (status: HostStatus | null) => void;
}): ReactElement {
  return (
    <Segmented<HostStatus | null>
      className="statuses"
      label="Show hosts that are"
      options={[
        { value: null, title: "all" },
        ...hostStatuses.map((name) => ({
          value: name,
          title: (
            <>
              <Glyph name={name} size={11} /> {name}
            </>
          ),
        })),
      ]}
      shown={props.shown}
      choose={props.onShow}
    />
  );
}

function Line(props: {
  readonly listed: Listed;
  readonly name: string;
  readonly nic: boolean;
  readonly chosen: boolean;
}): ReactElement {
  const { host, status, notes: many, changedTime } = props.listed;
  const said = [status, many > 0 ? notes(many) : ""].filter(Boolean).join(", ");
  return (
    <li>
      <button
        type="button"
        aria-current={props.chosen ? "true" : undefined}
        onClick={() => navigate({ selection: { kind: "endpoint", ip: host } })}
      >
        {status ? (
          <Glyph name={status} label={status} />
        ) : many > 0 ? (
          <Glyph name="note" label="has notes" />
        ) : (
          <Glyph name={props.nic ? "nic" : "address"} />
        )}
        <span>
          <span className="ip">{host}</span> <span className="dim">{props.name}</span>
          <small title={said === "" ? undefined : exactInstant(changedTime)}>
            {said === "" ? "nothing said of it yet" : `${said} · ${instant(changedTime, "min")} UTC`}
          </small>
        </span>
      </button>
    </li>
  );
}
