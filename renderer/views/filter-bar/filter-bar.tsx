// To be written.

import type { ReactElement } from "react";

export function FilterBar(): ReactElement {
  return <section className="pane filter-bar" aria-label="FilterBar" />;
}
