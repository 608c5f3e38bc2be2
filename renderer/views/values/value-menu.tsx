// The menu of any value outside the tables: what says `data-term` (its filter), and `data-host` where it is an address.

import { ContextMenu } from "radix-ui";
import { type MouseEvent, type ReactElement, useState } from "react";
import { copy, HostItems, Item, TermItems } from "./value-items.tsx";

type Value = { readonly term: string; readonly host: string | null };

/** `children`: one element, over which the menu opens. */
export function ValueMenu({ children }: { readonly children: ReactElement }): ReactElement {
  const [value, setValue] = useState<Value | null>(null);

  function aim(event: MouseEvent): void {
    const at = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-term]") : null;
    const { term, host } = at?.dataset ?? {};
    setValue(term ? { term, host: host || null } : null);
    if (!term) event.stopPropagation(); // the browser's own menu
  }

  return (
    <ContextMenu.Root modal={false}>
      <ContextMenu.Trigger asChild onContextMenuCapture={aim}>
        {children}
      </ContextMenu.Trigger>
      {value ? (
        <ContextMenu.Portal>
          <ContextMenu.Content className="menu" collisionPadding={8}>
            <TermItems term={value.term} />
            {value.host ? <HostItems ip={value.host} /> : null}
            <Item
              title="Copy"
              run={() => void copy(value.host ?? value.term, value.host ? "Address copied" : "Filter copied")}
            />
          </ContextMenu.Content>
        </ContextMenu.Portal>
      ) : null}
    </ContextMenu.Root>
  );
}
