// What a subject did over the whole case: tuples by time, allowed above, denied below, hatched where its own NIC logged nothing, and
// the range that is looked at.

import { type ReactElement, useMemo } from "react";
import { bins } from "../../../shared/rows.ts";
import { useAnswer } from "../../model/answer.ts";
import { countedAs } from "../../model/counting.ts";
import { useFactsKnown } from "../../model/facts.ts";
import { bytes, count, day, exactBytes, instant, noun } from "../../model/format.ts";
import { useShown } from "../../model/navigate.ts";
import { useSession } from "../../model/session.ts";
import { number } from "../tables/cells.tsx";
import { activityBars, type Span, stripBin } from "./activity-bars.ts";

const [WIDTH, HEIGHT] = [1000, 56];

/** `filter`: the subject's tuples. `gaps`: when its NIC was not logged. */
export function Activity(props: { readonly filter: string; readonly gaps: readonly Span[] }): ReactElement | null {
  const { filter, gaps } = props;
  const info = useSession((session) => session.info);
  const { from, to, sides, counters } = useShown(({ view }) => view.scope);
  const whole = useMemo(
    () => (info?.firstTime == null || info.lastTime === null ? null : { from: info.firstTime, to: info.lastTime + 1 }),
    [info],
  );
  const bin = whole ? stripBin(whole) : "1h";
  const scope = useMemo(
    () => ({ from: null, to: null, filter, ...(sides ? { sides } : {}), ...(counters ? { counters } : {}) }),
    [filter, sides, counters],
  );
  const totals = useAnswer("scope.totals", { scope });
  const timeline = useAnswer("query.rows", { by: "timeline", scope, sort: null, limit: 0, after: 0, bin });
  const source = useFactsKnown((known) => known.source);
  const rows = timeline.value?.rows;
  const drawn = useMemo(() => {
    if (whole === null) return null;
    const counted = (rows ?? []).map((row) => ({
      time: number(row.time),
      allowed: number(row.allowed),
      denied: number(row.denied),
    }));
    return activityBars(counted, gaps, whole, WIDTH, HEIGHT, bins[bin]);
  }, [whole, rows, gaps, bin]);
  const failure = totals.failure ?? timeline.failure;
  if (failure) return <p className="section dim">{failure.message}</p>;
  if (drawn === null || whole === null || totals.value === null) return null;
  const { value } = totals;
  const sum = value.bytesSent + value.bytesReceived;
  const x = (time: number): number => ((time - whole.from) / (whole.to - whole.from)) * WIDTH;
  const [left, right] = [x(Math.max(from ?? whole.from, whole.from)), x(Math.min(to ?? whole.to, whole.to))];
  const ranged = from !== null || to !== null;
  return (
    <div className={`section activity${totals.pending || timeline.pending ? " pending" : ""}`}>
      <h3>
        Activity{" "}
        <span className="dim">
          tuples a bar of {bin}, UTC, whole case, {countedAs(scope)}; allowed above, denied below
        </span>
      </h3>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`${count(value.tuples)} ${noun(value.tuples, "tuple")}, ${count(value.denied)} denied, ${instant(whole.from, "min")} to ${instant(whole.to, "min")} UTC${drawn.gaps.length > 0 ? `; its NIC logged nothing in ${drawn.gaps.length} stretches` : ""}`}
      >
        <defs>
          <pattern id="activity-gap" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <rect width="5" height="5" fill="var(--gap-bg)" />
            <line x1="0" x2="0" y1="0" y2="5" stroke="var(--gap-ink)" />
          </pattern>
        </defs>
        {ranged ? (
          <rect x={left} y="0" width={Math.max(1, right - left)} height={HEIGHT} fill="var(--accent-soft)" />
        ) : null}
        {drawn.bars.map((bar) => (
          <g key={bar.x}>
            <title>{`${instant(bar.counted.time, "min")} UTC, ${bin}: ${count(bar.counted.allowed)} allowed, ${count(bar.counted.denied)} denied`}</title>
            <rect x={bar.x} y={HEIGHT / 2 - bar.up} width={bar.width} height={bar.up} fill="var(--allowed)" />
            <rect x={bar.x} y={HEIGHT / 2 + 1} width={bar.width} height={bar.down} fill="var(--denied)" />
          </g>
        ))}
        {drawn.gaps.map((gap) => (
          <rect key={gap.x} x={gap.x} y="0" width={gap.width} height={HEIGHT} fill="url(#activity-gap)" />
        ))}
        <line x1="0" x2={WIDTH} y1={HEIGHT / 2 + 0.5} y2={HEIGHT / 2 + 0.5} stroke="var(--text-3)" strokeWidth="0.6" />
        {ranged ? (
          <path d={`M${left} 0V${HEIGHT}M${right} 0V${HEIGHT}`} stroke="var(--accent)" strokeWidth="1" />
        ) : null}
      </svg>
      <p className="ends dim">
        <span>
          {day(whole.from)} {instant(whole.from, "min").slice(11)}
        </span>
        <span>
          <span title={exactBytes(sum)}>
            {bytes(sum)} {countedAs(scope)}
          </span>{" "}
          in {count(value.conversations)} {noun(value.conversations, "conversation")}, {count(value.tuples)}{" "}
          {noun(value.tuples, "tuple")}, {count(value.denied)} denied
          {drawn.gaps.length > 0 ? " · hatched: its NIC logged nothing, which is not no traffic" : ""}
          {source ? ` · countries: ${source.name}, ${instant(source.builtTime).slice(0, 10)}` : ""}
        </span>
        <span>
          {day(whole.to)} {instant(whole.to, "min").slice(11)}
        </span>
      </p>
    </div>
  );
}
