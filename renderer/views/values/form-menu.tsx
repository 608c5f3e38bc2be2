// A menu of the forms in which rows are copied or saved.

import { DropdownMenu } from "radix-ui";
import type { ReactElement } from "react";
import { type RowFormName, rowFormNames, rowForms } from "../../model/row-forms.ts";
import "../../widgets/menu.css";

export function FormMenu(props: {
  readonly title: string;
  readonly label: string;
  readonly icon: ReactElement;
  readonly run: (name: RowFormName) => void;
}): ReactElement {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger className="button small" title={props.label}>
        {props.icon} {props.title}
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align="end" sideOffset={4}>
          <DropdownMenu.Label className="menu-label">{props.label}</DropdownMenu.Label>
          {rowFormNames.map((name) => (
            <DropdownMenu.Item key={name} className="menu-item" onSelect={() => props.run(name)}>
              {rowForms[name].title}
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
