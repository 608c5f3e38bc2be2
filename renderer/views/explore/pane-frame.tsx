// A pane of Explore in its place: as it is, folded to a strip, or said to stand in a window of its own; and the menu for all that.

import { ChevronRight, Ellipsis } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import type { ReactElement } from "react";
import { arrange, fold, toggleAlone, unfold, usePanes } from "../../model/arrange.ts";
import { bringBack, detach, ownPane } from "../../model/pane-windows.ts";
import { FIRST_PANES, type PaneName } from "../../model/panes.ts";
import "../../widgets/menu.css";

export const paneTitles: Readonly<Record<PaneName, string>> = {
  timeline: "Timeline",
  graph: "Graph",
  tables: "Tables",
  inspector: "Inspector",
};

export function PaneFrame({
  name,
  children,
}: {
  readonly name: PaneName;
  readonly children: ReactElement;
}): ReactElement {
  const isFolded = usePanes((panes) => panes.folded.includes(name));
  const isAway = usePanes((panes) => panes.away.includes(name));
  if (isAway)
    return <Strip name={name} says="in a window of its own" action="Bring it back" run={() => bringBack(name)} />;
  if (isFolded) return <Strip name={name} says="" action="Show" run={() => unfold(name)} />;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the pane's menu does the same
    <div
      className={`explore-pane of-${name}`}
      data-pane={name}
      onDoubleClick={({ target }) => {
        if (ownPane !== null || !(target instanceof HTMLElement)) return;
        if (target.matches(".pane-head, .pane-head > h2, .pane-head > .grow")) toggleAlone(name);
      }}
    >
      {children}
      {ownPane === null ? <PaneMenu name={name} /> : null}
    </div>
  );
}

function Strip(props: {
  readonly name: PaneName;
  readonly says: string;
  readonly action: string;
  readonly run: () => void;
}): ReactElement {
  const { name, says, action, run } = props;
  return (
    <section className={`explore-pane strip of-${name}`} data-pane={name} aria-label={paneTitles[name]}>
      <button type="button" onClick={run} title={`${action}: ${paneTitles[name]}`}>
        <ChevronRight size={12} />
        <b>{paneTitles[name]}</b>
        {says === "" ? null : <span className="dim">{says}</span>}
        <span className="link">{action}</span>
      </button>
    </section>
  );
}

function PaneMenu({ name }: { readonly name: PaneName }): ReactElement {
  const alone = usePanes((panes) => panes.alone);
  const title = paneTitles[name];
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger
        className="icon-button pane-menu"
        aria-label={`Pane ${title}`}
        title={`${title}: fold, alone, own window`}
      >
        <Ellipsis size={14} />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align="end" sideOffset={4} collisionPadding={8}>
          <DropdownMenu.Item className="menu-item" onSelect={() => fold(name)}>
            Fold
          </DropdownMenu.Item>
          <DropdownMenu.Item className="menu-item" onSelect={() => toggleAlone(name)}>
            {alone === name ? "With the other panes" : "Alone"}
          </DropdownMenu.Item>
          <DropdownMenu.Item className="menu-item" onSelect={() => detach(name)}>
            In a window of its own
          </DropdownMenu.Item>
          <DropdownMenu.Separator className="menu-line" />
          <DropdownMenu.Item className="menu-item" onSelect={() => arrange(FIRST_PANES)}>
            All panes as usual
          </DropdownMenu.Item>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
