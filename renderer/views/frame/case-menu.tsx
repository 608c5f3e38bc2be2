// What can be done with the case, under its name.

import { ChevronDown } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import { type ReactElement, useEffect, useState } from "react";
import type { OpenCase } from "../../../shared/contract.ts";
import { offer, useCommands, useKeysOf } from "../../model/commands.ts";
import "../../widgets/menu.css";

const groups: readonly (readonly string[])[] = [
  ["source.add", "sources", "evidence.export"],
  ["case.copy", "case.verify"],
  ["case.new", "case.open", "sample.open", "case.close"],
];

export function CaseMenu({ open }: { readonly open: OpenCase }): ReactElement {
  const byId = useCommands((commands) => commands.byId);
  const [shown, setShown] = useState(false);
  useEffect(
    () =>
      offer([
        {
          id: "case.menu",
          title: "Case menu",
          section: "Case",
          keys: [],
          blocked: () => null,
          run: () => setShown(true),
        },
      ]),
    [],
  );
  return (
    <DropdownMenu.Root modal={false} open={shown} onOpenChange={setShown}>
      <DropdownMenu.Trigger className="case" title={open.path}>
        {open.name} <ChevronDown size={12} />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align="start" sideOffset={4}>
          {groups.map((ids, i) => (
            <div key={ids[0]}>
              {i > 0 ? <DropdownMenu.Separator className="menu-line" /> : null}
              {ids.map((id) => {
                const command = byId.get(id);
                if (!command) return null;
                const blocked = command.blocked();
                return (
                  <DropdownMenu.Item
                    key={id}
                    className="menu-item"
                    disabled={blocked !== null}
                    title={blocked ?? undefined}
                    onSelect={() => command.run()}
                  >
                    {command.title}
                    <KeysOf id={id} />
                  </DropdownMenu.Item>
                );
              })}
            </div>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

function KeysOf({ id }: { readonly id: string }): ReactElement | null {
  const keys = useKeysOf(id);
  return keys === "" ? null : <kbd>{keys}</kbd>;
}
