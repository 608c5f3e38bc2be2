// To be written.

import type { ReactElement } from "react";

export function StartPage(): ReactElement {
  return <section className="pane start" aria-label="StartPage" />;
}
