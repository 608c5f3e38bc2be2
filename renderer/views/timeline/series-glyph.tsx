// The sign of a series: what its look means everywhere, or a shape in a colour of groups. Always beside its name.

import type { ReactElement } from "react";
import type { Look } from "../../model/series.ts";
import { Glyph } from "../../widgets/glyph.tsx";

const shapes: Readonly<Record<string, string>> = {
  "1": "M2 2h8v8H2z",
  "2": "M6 1.5 11 10.5H1z",
  "3": "M6 10.5 1 1.5h10z",
  "4": "M4.2 1h3.6v3.2H11v3.6H7.8V11H4.2V7.8H1V4.2h3.2z",
  "5": "M1 4.5h10v3H1z",
  "6": "M4.5 1h3v10h-3z",
  "7": "M6 .8 11 4.6 9.1 10.8H2.9L1 4.6z",
  "8": "M1.5 1.5 6 4l4.5-2.5L8 6l2.5 4.5L6 8l-4.5 2.5L4 6z",
};

export function SeriesGlyph({ look }: { readonly look: Look }): ReactElement {
  if (look === "allowed" || look === "denied" || look === "unencrypted") return <Glyph name={look} />;
  return (
    <svg className="glyph" width={12} height={12} viewBox="0 0 12 12" aria-hidden="true">
      <path d={shapes[look]} fill={`var(--cat-${look})`} />
    </svg>
  );
}
