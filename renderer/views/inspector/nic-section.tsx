// What the logs say of a NIC: its own addresses and when, what its flow logs are attached to, the logs and ACLs that name it.

import type { ReactElement } from "react";
import type { Nic } from "../../../shared/contract.ts";
import { useNics } from "../../model/facts.ts";
import { term } from "../../model/filter-edit.ts";
import { count, exactInstant, instant } from "../../model/format.ts";

const SHOWN = 8;

export function NicSection({ nic }: { readonly nic: string }): ReactElement | null {
  const known = useNics().byMac.get(nic);
  if (!known) return null;
  const { addresses, moreAddresses, targets, flowLogs, acls } = known;
  const more = Math.max(0, addresses.length - SHOWN) + moreAddresses;
  return (
    <section className="section" aria-label="What the logs say of this NIC">
      <h3>Its own addresses, whole case</h3>
      {addresses.length === 0 ? <p className="dim">Another NIC is likelier to own every address on its side.</p> : null}
      <ul className="by-rule own" aria-label="Own addresses">
        {addresses.slice(0, SHOWN).map((own) => (
          <OwnAddress key={own.ip} {...own} />
        ))}
      </ul>
      {more > 0 ? (
        <p className="dim">
          +{count(more)} other {more === 1 ? "address" : "addresses"}
        </p>
      ) : null}
      <dl className="resources">
        {targets.map(({ kind, id }) => (
          <Resource key={id} kind={kind} id={id} field={null} />
        ))}
        {flowLogs.map((id) => (
          <Resource key={id} kind="flow log" id={id} field="flowLog" />
        ))}
        {acls.map((id) => (
          <Resource key={id} kind="ACL" id={id} field="acl" />
        ))}
      </dl>
    </section>
  );
}

function OwnAddress({ ip, tuples, firstTime, lastTime }: Nic["addresses"][number]): ReactElement {
  return (
    <li data-term={term("srcIp", ip) ?? undefined}>
      <span className="ip">{ip}</span>
      <span className="dim rule" title={`${exactInstant(firstTime)} to ${exactInstant(lastTime)}`}>
        {instant(firstTime, "min").slice(5)} → {instant(lastTime, "min").slice(5)}
      </span>
      <span className="number" title="Tuples with it on this NIC's side">
        {count(tuples)}
      </span>
    </li>
  );
}

function Resource(props: {
  readonly kind: string;
  readonly id: string;
  readonly field: "flowLog" | "acl" | null;
}): ReactElement {
  const { kind, id, field } = props;
  return (
    <>
      <dt>{kind}</dt>
      <dd title={id} data-term={(field && term(field, id)) ?? undefined}>
        {id.split("/").at(-1) || id}
      </dd>
    </>
  );
}
