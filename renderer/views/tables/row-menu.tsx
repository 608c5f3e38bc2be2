// What can be done with a cell and its row: filter by it, open its evidence, mark its host, copy.

import { ContextMenu } from "radix-ui";
import { type MouseEvent, type ReactElement, type ReactNode, useState } from "react";
import { hostStatuses } from "../../../shared/notebook.ts";
import type { Row } from "../../../shared/rows.ts";
import { exclude, include, only } from "../../model/filter-edit.ts";
import { narrow, navigate, shownView } from "../../model/navigate.ts";
import { setStatus } from "../../model/notebook.ts";
import { toast } from "../../model/session.ts";
import type { TableName } from "../../model/view.ts";
import { Glyph } from "../../widgets/glyph.tsx";
import { text } from "./cells.tsx";
import { openRow, termsOfCell } from "./row-selection.ts";
import "../../widgets/menu.css";

type Target = { readonly row: Row; readonly column: string };

export function RowMenu(props: {
  readonly table: TableName;
  readonly rowAt: (index: number) => Row | null;
  readonly children: ReactNode;
}): ReactElement {
  const [target, setTarget] = useState<Target | null>(null);

  function aim(event: MouseEvent<HTMLDivElement>): void {
    const at = event.target instanceof Element ? event.target : null;
    const line =
      at?.closest<HTMLElement>("[data-index]") ?? event.currentTarget.querySelector<HTMLElement>(".grid-row.active");
    const row = line ? props.rowAt(Number(line.dataset.index)) : null;
    setTarget(
      row === null ? null : { row, column: at?.closest<HTMLElement>("[data-column]")?.dataset.column ?? "srcIp" },
    );
  }

  return (
    <ContextMenu.Root modal={false}>
      <ContextMenu.Trigger asChild>
        <div className="menu-area" onContextMenuCapture={aim}>
          {props.children}
        </div>
      </ContextMenu.Trigger>
      {target ? <Content table={props.table} target={target} /> : null}
    </ContextMenu.Root>
  );
}

function Content({ table, target }: { readonly table: TableName; readonly target: Target }): ReactElement {
  const { row, column } = target;
  const [term] = termsOfCell(column, row);
  const host = ["srcIp", "dstIp", "ip"].includes(column) ? text(row[column]) : null;
  const { filter } = shownView().scope;
  return (
    <ContextMenu.Portal>
      <ContextMenu.Content className="menu" collisionPadding={8}>
        {term ? (
          <>
            <ContextMenu.Label className="menu-label">{term}</ContextMenu.Label>
            <Item title="Include" run={() => narrow({ filter: include(filter, term) })} />
            <Item title="Exclude" run={() => narrow({ filter: exclude(filter, term) })} />
            <Item title="Only this" run={() => narrow({ filter: only(term) })} />
            <ContextMenu.Separator className="menu-line" />
          </>
        ) : null}
        {host ? (
          <>
            <Item title="Show in inspector" run={() => navigate({ selection: { kind: "endpoint", ip: host } })} />
            {hostStatuses.map((status) => (
              <Item
                key={status}
                title={`Mark ${status}`}
                icon={<Glyph name={status} />}
                run={() => void setStatus(host, status)}
              />
            ))}
            <Item
              title="Notes of this host"
              run={() => navigate({ page: "hosts", selection: { kind: "endpoint", ip: host } })}
            />
            <ContextMenu.Separator className="menu-line" />
          </>
        ) : null}
        <Item title="Copy value" run={() => void copy(text(row[column]), "Value copied")} />
        <Item title="Copy row as JSON" run={() => void copy(JSON.stringify(row), "Row copied")} />
        <Item title="Show the evidence" keys="Enter" run={() => openRow(table, row)} />
      </ContextMenu.Content>
    </ContextMenu.Portal>
  );
}

function Item(props: {
  readonly title: string;
  readonly icon?: ReactElement;
  readonly keys?: string;
  readonly run: () => void;
}): ReactElement {
  return (
    <ContextMenu.Item className="menu-item" onSelect={props.run}>
      {props.icon}
      {props.title}
      {props.keys ? <kbd>{props.keys}</kbd> : null}
    </ContextMenu.Item>
  );
}

async function copy(value: string, done: string): Promise<void> {
  await navigator.clipboard.writeText(value);
  toast(done);
}
