// To be written.

import type { ReactElement } from "react";

export function Inspector(): ReactElement {
  return <section className="pane inspector" aria-label="Inspector" />;
}
