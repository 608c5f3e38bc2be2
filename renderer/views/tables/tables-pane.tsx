// To be written.

import type { ReactElement } from "react";

export function TablesPane(): ReactElement {
  return <section className="pane tables" aria-label="TablesPane" />;
}
