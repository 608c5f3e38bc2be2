// To be written.

import type { ReactElement } from "react";

export function TimelinePane(): ReactElement {
  return <section className="pane timeline" aria-label="TimelinePane" />;
}
