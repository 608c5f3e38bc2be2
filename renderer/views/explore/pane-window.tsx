// A window that shows one pane of another window, and looks at what that one looks at.

import { Link2 } from "lucide-react";
import type { ReactElement } from "react";
import type { PaneName } from "../../model/panes.ts";
import { useSession } from "../../model/session.ts";
import { FilterBar } from "../filter-bar/filter-bar.tsx";
import { panes } from "./explore-page.tsx";
import { PaneFrame, paneTitles } from "./pane-frame.tsx";

export function PaneWindow({ name }: { readonly name: PaneName }): ReactElement {
  const open = useSession((session) => session.open);
  const Pane = panes[name];
  if (open === null)
    return (
      <div className="empty" role="status">
        <h3>No case is open.</h3>
        <p>This window follows the one that it belongs to; open a case there.</p>
      </div>
    );
  return (
    <div className="pane-window">
      <FilterBar />
      <PaneFrame name={name}>
        <Pane />
      </PaneFrame>
    </div>
  );
}

export function PaneWindowTitle({ name }: { readonly name: PaneName }): ReactElement {
  const open = useSession((session) => session.open);
  return (
    <header className="title-bar">
      <b>{paneTitles[name]}</b>
      <span className="dim">{open?.name}</span>
      <span className="grow" />
      <span className="dim" title="Range, filter and selection are those of the window this was opened from">
        <Link2 size={12} /> follows its window
      </span>
    </header>
  );
}
