// Explore: filter bar over timeline, graph and table; inspector at the right over their full height. All show one scope.

import type { ReactElement } from "react";
import { FilterBar } from "../filter-bar/filter-bar.tsx";
import { GraphPane } from "../graph/graph-pane.tsx";
import { Inspector } from "../inspector/inspector.tsx";
import { TablesPane } from "../tables/tables-pane.tsx";
import { TimelinePane } from "../timeline/timeline-pane.tsx";

export function ExplorePage(): ReactElement {
  return (
    <div className="explore">
      <FilterBar />
      <TimelinePane />
      <GraphPane />
      <TablesPane />
      <Inspector />
    </div>
  );
}
