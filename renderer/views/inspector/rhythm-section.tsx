// Seconds between begins as a scatter: a beacon is a level line.

import { type ReactElement, useMemo } from "react";
import type { Scope } from "../../../shared/scope.ts";
import { useAnswer } from "../../model/answer.ts";
import { count } from "../../model/format.ts";
import { bothOf } from "../../model/view.ts";
import { number } from "../tables/cells.tsx";
import { rhythmOf } from "./rhythm.ts";

const MOST = 2000;
const [WIDTH, HEIGHT] = [320, 64];

export function RhythmSection({ scope }: { readonly scope: Scope }): ReactElement | null {
  const begins = { ...scope, filter: bothOf(scope.filter, "state == B and dir == O") };
  const { value } = useAnswer("query.rows", {
    by: "tuples",
    scope: begins,
    sort: null,
    limit: MOST,
    after: 0,
    bin: null,
  });
  const rhythm = useMemo(() => rhythmOf((value?.rows ?? []).map((row) => number(row.time))), [value]);
  const more = value?.leftOut.count ?? 0;
  if (more > 0)
    return (
      <section className="section">
        <h3>Rhythm</h3>
        <p className="dim">
          {count(MOST + more)} begins: of at most {count(MOST)} it is drawn. A shorter range has fewer.
        </p>
      </section>
    );
  if (rhythm === null) return null;
  const { steps, median, mad } = rhythm;
  const [first, last] = [steps[0]?.time ?? 0, steps.at(-1)?.time ?? 1];
  const most = Math.max(median * 2, 1);
  const x = (time: number): number => 4 + ((time - first) / Math.max(1, last - first)) * (WIDTH - 8);
  const y = (after: number): number => HEIGHT - 4 - (Math.min(after, most) / most) * (HEIGHT - 8);
  const seconds = (ms: number): string => (ms / 1000).toFixed(1);
  return (
    <section className="section">
      <h3>
        Rhythm <span className="dim">seconds between begins, outbound</span>
        <span className="grow" />
        <span className="dim">
          median <b>{seconds(median)}</b> · MAD {seconds(mad)}
        </span>
      </h3>
      <svg
        className="rhythm"
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        role="img"
        aria-label={`${steps.length + 1} begins, median ${seconds(median)} s apart, median distance ${seconds(mad)} s`}
      >
        <line x1="0" x2={WIDTH} y1={y(median)} y2={y(median)} stroke="var(--line-strong)" strokeDasharray="2 2" />
        {steps.map(({ time, after }, i) => (
          <circle
            // biome-ignore lint/suspicious/noArrayIndexKey: dots of one answer, replaced together
            key={i}
            cx={x(time)}
            cy={y(after)}
            r={after > most ? 1 : 1.5}
            fill="var(--accent)"
            opacity={after > most ? 0.4 : 1}
          />
        ))}
      </svg>
    </section>
  );
}
