// To be written.

import type { ReactElement } from "react";

export function Floating(): ReactElement {
  return <section className="pane floating" aria-label="Floating" />;
}
