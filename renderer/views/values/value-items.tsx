// What can be done with a value, wherever it stands: narrow the scope by it, mark its host, copy it.

import { ContextMenu } from "radix-ui";
import type { ReactElement } from "react";
import { hostStatuses } from "../../../shared/notebook.ts";
import { exclude, include, only } from "../../model/filter-edit.ts";
import { narrow, navigate, shownView } from "../../model/navigate.ts";
import { setStatus } from "../../model/notebook.ts";
import { prepare } from "../../model/prepare.ts";
import { toast, useSession } from "../../model/session.ts";
import { subjectOfTerm } from "../../model/subject-lists.ts";
import { Glyph } from "../../widgets/glyph.tsx";
import "../../widgets/menu.css";

/** `term`: the value as a filter has it. */
export function TermItems({ term }: { readonly term: string }): ReactElement {
  const { filter } = shownView().scope;
  const subject = subjectOfTerm(term);
  return (
    <>
      <ContextMenu.Label className="menu-label">{term}</ContextMenu.Label>
      <Item title="Include" run={() => narrow({ filter: include(filter, term) })} />
      <Item title="Exclude" run={() => narrow({ filter: exclude(filter, term) })} />
      <Item title="Only this" run={() => narrow({ filter: only(term) })} />
      {subject === null ? null : <Item title="Its page" run={() => navigate({ page: "subject", subject })} />}
      <Item title="Prepare in the filter" run={() => prepare(term)} />
      <Line />
    </>
  );
}

export function HostItems({ ip }: { readonly ip: string }): ReactElement {
  const blocked = useSession(({ open }) => open?.readOnly ?? null);
  return (
    <>
      <Item title="Show in inspector" run={() => navigate({ selection: { kind: "endpoint", ip } })} />
      {hostStatuses.map((status) => (
        <Item
          key={status}
          title={`Mark ${status}`}
          icon={<Glyph name={status} />}
          blocked={blocked}
          run={() => void setStatus(ip, status)}
        />
      ))}
      <Item title="Notes of this host" run={() => navigate({ page: "hosts", selection: { kind: "endpoint", ip } })} />
      <Line />
    </>
  );
}

export function Item(props: {
  readonly title: string;
  readonly icon?: ReactElement;
  readonly keys?: string;
  /** Why it cannot be done now. */
  readonly blocked?: string | null;
  readonly run: () => void;
}): ReactElement {
  const blocked = props.blocked ?? null;
  return (
    <ContextMenu.Item
      className="menu-item"
      disabled={blocked !== null}
      title={blocked ?? undefined}
      onSelect={props.run}
    >
      {props.icon}
      {props.title}
      {props.keys ? <kbd>{props.keys}</kbd> : null}
    </ContextMenu.Item>
  );
}

function Line(): ReactElement {
  return <ContextMenu.Separator className="menu-line" />;
}

export async function copy(value: string, done: string): Promise<void> {
  await navigator.clipboard.writeText(value);
  toast(done);
}
