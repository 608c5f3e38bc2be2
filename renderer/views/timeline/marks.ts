// What people said of an instant, as marks on the axis: notes are sheets, findings pennants. Where marks would cover one another the
// graver stands in front and the others are counted. Pure.

import type { HostStatus } from "../../../shared/notebook.ts";

/** `severity` (0 to 4) and `label` ("F2") are those of a finding; null for a note. `status` is that of its host. */
export type Mark = {
  readonly id: string;
  readonly time: number;
  readonly title: string;
  readonly host: string | null;
  readonly status: HostStatus | null;
  readonly severity: number | null;
  readonly label: string | null;
};

/** Marks that stand in one place, in order of time. `front` is one of them. */
export type Cluster = { readonly x: number; readonly front: Mark; readonly marks: readonly Mark[] };

/** `marks` in order of time. Marks nearer than `leastPx` to the first of a cluster belong to it. */
export function clustersOf(
  marks: readonly Mark[],
  xOfTime: (time: number) => number,
  leastPx: number,
): readonly Cluster[] {
  const found: { first: number; marks: Mark[] }[] = [];
  for (const mark of marks) {
    const x = xOfTime(mark.time);
    const last = found.at(-1);
    if (last && x - last.first < leastPx) last.marks.push(mark);
    else found.push({ first: x, marks: [mark] });
  }
  return found.map(({ marks: together }) => {
    const front = together.reduce((graver, mark) => (gravityOf(mark) > gravityOf(graver) ? mark : graver));
    return { x: Math.round(xOfTime(front.time)), front, marks: together };
  });
}

const STATUS: Readonly<Record<HostStatus, number>> = { compromised: 0.6, suspected: 0.4, cleared: 0.2 };

/** A finding is graver than any note; among notes, those on hosts with a status. */
function gravityOf({ severity, status }: Mark): number {
  if (severity !== null) return 1 + severity;
  return status === null ? 0 : (STATUS[status] ?? 0);
}
