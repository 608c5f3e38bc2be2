// To be written.

import type { ReactElement } from "react";

export function HostsPage(): ReactElement {
  return <section className="pane hosts" aria-label="HostsPage" />;
}
