// To be written.

import type { ReactElement } from "react";

export function EvidencePage(): ReactElement {
  return <section className="pane evidence" aria-label="EvidencePage" />;
}
