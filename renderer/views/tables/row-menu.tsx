// What can be done with a cell and its row: filter by it, open its evidence, mark its host, copy.

import { ContextMenu } from "radix-ui";
import { type MouseEvent, type ReactElement, type ReactNode, useState } from "react";
import type { Row } from "../../../shared/rows.ts";
import type { TableName } from "../../model/view.ts";
import { copy, HostItems, Item, TermItems } from "../values/value-items.tsx";
import { text } from "./cells.tsx";
import { openRow, termsOfCell } from "./row-selection.ts";

type Target = { readonly row: Row; readonly column: string };

export function RowMenu(props: {
  readonly table: TableName;
  readonly rowAt: (index: number) => Row | null;
  readonly children: ReactNode;
}): ReactElement {
  const [target, setTarget] = useState<Target | null>(null);

  function aim(event: MouseEvent<HTMLDivElement>): void {
    const at = event.target instanceof Element ? event.target : null;
    const active = event.currentTarget.querySelector<HTMLElement>("[data-active]"); // by the keyboard
    const line =
      at?.closest<HTMLElement>("[data-index]") ?? event.currentTarget.querySelector<HTMLElement>(".grid-row.active");
    const row = line ? props.rowAt(Number(line.dataset.index)) : null;
    setTarget(
      row === null
        ? null
        : { row, column: (at?.closest<HTMLElement>("[data-column]") ?? active)?.dataset.column ?? "srcIp" },
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
  return (
    <ContextMenu.Portal>
      <ContextMenu.Content className="menu" collisionPadding={8}>
        {term ? <TermItems term={term} /> : null}
        {host ? <HostItems ip={host} /> : null}
        <Item title="Copy value" run={() => void copy(text(row[column]), "Value copied")} />
        <Item title="Copy row as JSON" run={() => void copy(JSON.stringify(row), "Row copied")} />
        <Item title="Show the evidence" keys="Enter" run={() => openRow(table, row)} />
      </ContextMenu.Content>
    </ContextMenu.Portal>
  );
}
