// To be written.

import type { ReactElement } from "react";

export function AddingPage(): ReactElement {
  return <section className="pane adding" aria-label="AddingPage" />;
}
