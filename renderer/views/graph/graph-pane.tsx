// To be written.

import type { ReactElement } from "react";

export function GraphPane(): ReactElement {
  return <section className="pane graph" aria-label="GraphPane" />;
}
