// What a host did over the whole case: tuples an hour, allowed above, denied below, hatched where its own NIC logged nothing.

import { type ReactElement, useMemo } from "react";
import { useAnswer } from "../../model/answer.ts";
import { useFactsKnown, useNics } from "../../model/facts.ts";
import { bytes, count, exactBytes, instant } from "../../model/format.ts";
import { useSession } from "../../model/session.ts";
import { number } from "../tables/cells.tsx";
import { activityBars } from "./activity-bars.ts";

const [WIDTH, HEIGHT] = [1000, 56];

export function Activity({ host }: { readonly host: string }): ReactElement | null {
  const info = useSession((session) => session.info);
  const scope = useMemo(() => ({ from: null, to: null, filter: `ip == ${host}` }), [host]);
  const totals = useAnswer("scope.totals", { scope });
  const bars = useAnswer("query.rows", { by: "timeline", scope, sort: null, limit: 0, after: 0, bin: "1h" });
  const gaps = useNics().byAddress.get(host)?.gaps;
  const source = useFactsKnown((known) => known.source);
  const rows = bars.value?.rows;
  const drawn = useMemo(() => {
    if (info?.firstTime == null || info.lastTime === null) return null;
    const hours = (rows ?? []).map((row) => ({
      time: number(row.time),
      allowed: number(row.allowed),
      denied: number(row.denied),
    }));
    return activityBars(hours, gaps ?? [], { from: info.firstTime, to: info.lastTime }, WIDTH, HEIGHT);
  }, [info, rows, gaps]);
  const failure = totals.failure ?? bars.failure;
  if (failure) return <p className="section dim">{failure.message}</p>;
  if (drawn === null || info?.firstTime == null || info.lastTime === null || totals.value === null) return null;
  const { value } = totals;
  const sum = value.bytesSent + value.bytesReceived;
  return (
    <div className={`section activity${totals.pending || bars.pending ? " pending" : ""}`}>
      <h3>
        Activity <span className="dim">tuples an hour, UTC, whole case, each side; allowed above, denied below</span>
      </h3>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`${count(value.tuples)} tuples, ${count(value.denied)} denied, ${instant(info.firstTime, "min")} to ${instant(info.lastTime, "min")} UTC${drawn.gaps.length > 0 ? `; its NIC logged nothing in ${drawn.gaps.length} stretches` : ""}`}
      >
        <defs>
          <pattern id="activity-gap" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <rect width="5" height="5" fill="var(--gap-bg)" />
            <line x1="0" x2="0" y1="0" y2="5" stroke="var(--gap-ink)" />
          </pattern>
        </defs>
        {drawn.bars.map(({ x, width, up, down }) => (
          <g key={x}>
            <rect x={x} y={HEIGHT / 2 - up} width={width} height={up} fill="var(--allowed)" />
            <rect x={x} y={HEIGHT / 2 + 1} width={width} height={down} fill="var(--denied)" />
          </g>
        ))}
        {drawn.gaps.map(({ x, width }) => (
          <rect key={x} x={x} y="0" width={width} height={HEIGHT} fill="url(#activity-gap)" />
        ))}
        <line x1="0" x2={WIDTH} y1={HEIGHT / 2 + 0.5} y2={HEIGHT / 2 + 0.5} stroke="var(--text-3)" strokeWidth="0.6" />
      </svg>
      <p className="dim">
        {instant(info.firstTime, "min")} to {instant(info.lastTime, "min")} UTC ·{" "}
        <span title={exactBytes(sum)}>{bytes(sum)} each side</span> in {count(value.conversations)} conversations,{" "}
        {count(value.tuples)} tuples, {count(value.denied)} denied
        {drawn.gaps.length > 0 ? " · hatched: its NIC logged nothing, which is not no traffic" : ""}
      </p>
      {source ? (
        <p className="dim">
          Countries: {source.name}, {instant(source.builtTime).slice(0, 10)}
        </p>
      ) : null}
    </div>
  );
}
