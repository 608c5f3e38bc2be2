// An address as a head: glyph, address, what it is, and its status, which can be set here.

import type { ReactElement } from "react";
import { hostStatuses } from "../../../shared/notebook.ts";
import { useFactsOf, useNics } from "../../model/facts.ts";
import { setStatus, useNotebook } from "../../model/notebook.ts";
import { useSession } from "../../model/session.ts";
import { Glyph } from "../../widgets/glyph.tsx";
import { Segmented } from "../../widgets/segmented.tsx";

export function HostHead(props: {
  readonly ip: string;
  readonly status: boolean;
  readonly after?: string;
}): ReactElement {
  const { ip } = props;
  const nics = useNics();
  const nic = nics.byAddress.get(ip);
  const facts = useFactsOf(ip);
  const status = useNotebook(({ statusOf }) => statusOf.get(ip) ?? null);
  const words = nic
    ? [nic.name, nic.subnet, nic.network, `NIC ${nic.nic}`]
    : [
        facts?.countryName ?? (facts?.class === "public" ? "country not known" : facts?.class),
        nics.known ? "seen only, not logged" : null,
      ];
  return (
    <div className="host-head" data-term={`ip == ${ip}`} data-host={ip}>
      <h2>
        <Glyph name={nic ? "nic" : "address"} size={13} /> <span className="ip">{ip}</span>
        {props.after ? <span className="dim"> {props.after}</span> : null}
        {status && !props.status ? (
          <>
            {" "}
            <Glyph name={status} label={status} />
          </>
        ) : null}
      </h2>
      <p className="dim">{words.filter(Boolean).join(" · ")}</p>
      {props.status ? <StatusPicker ip={ip} /> : null}
    </div>
  );
}

function StatusPicker({ ip }: { readonly ip: string }): ReactElement {
  const status = useNotebook(({ statusOf }) => statusOf.get(ip) ?? null);
  const blocked = useSession(({ open }) => open?.readOnly ?? null);
  return (
    <Segmented
      className="status-picker"
      label={`Status of ${ip}`}
      options={hostStatuses.map((name) => ({
        value: name,
        title: (
          <>
            <Glyph name={name} /> {name}
          </>
        ),
        words: blocked ?? (status === name ? "Take the status back" : `Mark ${name}`),
        blocked: blocked !== null,
      }))}
      shown={status}
      choose={(name) => void setStatus(ip, status === name ? null : name)}
    />
  );
}
