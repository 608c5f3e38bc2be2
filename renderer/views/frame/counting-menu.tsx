// What is counted how, in the status bar: the words that stand behind every sum, and a menu that changes them.

import { ArrowLeftRight, Check } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import type { ReactElement } from "react";
import { countedAs, withCounters, withSides } from "../../model/counting.ts";
import { navigate, useShown } from "../../model/navigate.ts";
import "../../widgets/menu.css";

export function CountingMenu({ isSettled }: { readonly isSettled: boolean }): ReactElement {
  const scope = useShown((shown) => shown.view.scope);
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger
        className="link"
        title={
          isSettled
            ? "Whether a flow counts at every NIC that logged it or once, and whether roll-overs are undone"
            : "Every NIC's own log is counted; the flows of this case are not settled, so it cannot be counted otherwise"
        }
      >
        <ArrowLeftRight size={12} /> {countedAs(scope)}
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align="end" sideOffset={4}>
          <DropdownMenu.RadioGroup
            value={scope.sides ?? "each"}
            onValueChange={(sides) => navigate({ scope: withSides(scope, sides === "once" ? "once" : "each") })}
          >
            <Choice value="each" title="Each side" note="every NIC's log" isBlocked={false} />
            <Choice value="once" title="Once" note="a flow once, by its best log" isBlocked={!isSettled} />
          </DropdownMenu.RadioGroup>
          <DropdownMenu.Separator className="menu-line" />
          <DropdownMenu.RadioGroup
            value={scope.counters ?? "logged"}
            onValueChange={(counters) =>
              navigate({ scope: withCounters(scope, counters === "adjusted" ? "adjusted" : "logged") })
            }
          >
            <Choice value="logged" title="Counters as logged" note="" isBlocked={false} />
            <Choice value="adjusted" title="Roll-overs undone" note="what flows really moved" isBlocked={!isSettled} />
          </DropdownMenu.RadioGroup>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

function Choice(props: {
  readonly value: string;
  readonly title: string;
  readonly note: string;
  readonly isBlocked: boolean;
}): ReactElement {
  return (
    <DropdownMenu.RadioItem className="menu-item" value={props.value} disabled={props.isBlocked}>
      <span className="menu-mark">
        <DropdownMenu.ItemIndicator>
          <Check size={12} />
        </DropdownMenu.ItemIndicator>
      </span>
      {props.title}
      <span className="menu-note">{props.isBlocked ? "needs settled flows" : props.note}</span>
    </DropdownMenu.RadioItem>
  );
}
