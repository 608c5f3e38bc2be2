// The bars as a table: the same numbers for who cannot see the picture, or wants to read them. Every series has a column, and the range
// that is compared a table of its own, as its bars have other times.

import type { ReactElement } from "react";
import type { Row } from "../../../shared/rows.ts";
import { countedAs } from "../../model/counting.ts";
import { bytes, count, exactBytes, instant } from "../../model/format.ts";
import { amountWords } from "../../model/measure.ts";
import { useShown } from "../../model/navigate.ts";
import type { Range } from "../../model/range.ts";
import { openBar, openLane } from "./acts.ts";
import { type Bars, barAt, binAround } from "./bars.ts";
import { useLaneBars } from "./lane-bars.ts";
import type { Lane } from "./lanes.ts";
import type { Picture } from "./picture.ts";

export function TimelineTable(props: { readonly picture: Picture; readonly lanes: readonly Lane[] }): ReactElement {
  const { picture, lanes } = props;
  const { scope, compare } = useShown((shown) => shown.view);
  const byLane = useLaneBars((known) => known.byLane);
  const series = lanes.filter((lane) => lane.kind === "series");
  const counted = countedAs(scope);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className="timeline-table" tabIndex={0} aria-label="Bars of the timeline as a table">
      <BarTable
        title="Bars of the range"
        bars={picture.detail}
        range={picture.range}
        counted={counted}
        series={series}
        byLane={byLane}
      />
      {picture.detail?.length === 0 ? <p className="dim">No tuples in this range.</p> : null}
      {compare !== null && picture.earlier !== null ? (
        <BarTable
          title="Bars of the range that is compared"
          bars={picture.earlier.bars}
          range={compare}
          counted={counted}
          series={[]}
          byLane={byLane}
        />
      ) : null}
    </section>
  );
}

function BarTable(props: {
  readonly title: string;
  readonly bars: Bars | null;
  readonly range: Range;
  readonly counted: string;
  readonly series: readonly Lane[];
  readonly byLane: ReadonlyMap<string, Bars>;
}): ReactElement {
  const { bars, range, series, byLane } = props;
  return (
    <table>
      <caption>{props.title}</caption>
      <thead>
        <tr>
          <th scope="col">From, UTC</th>
          <th scope="col">Tuples</th>
          <th scope="col">Allowed</th>
          <th scope="col">Denied</th>
          <th scope="col">Begun</th>
          <th scope="col">Sent, {props.counted}</th>
          <th scope="col">Received</th>
          <th scope="col">Packets</th>
          {series.map(({ id, name }) => (
            <th key={id} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {bars?.rows.map((row) => (
          <Line key={Number(row.time)} row={row} bars={bars} range={range} series={series} byLane={byLane} />
        ))}
      </tbody>
    </table>
  );
}

function Line(props: {
  readonly row: Row;
  readonly bars: Bars;
  readonly range: Range;
  readonly series: readonly Lane[];
  readonly byLane: ReadonlyMap<string, Bars>;
}): ReactElement {
  const { row, bars, range, series, byLane } = props;
  const time = Number(row.time);
  const bar = binAround(time, bars.widthMs, range);
  const figure = (field: string): string => count(Number(row[field] ?? 0));
  const size = (field: string): ReactElement => {
    const value = Number(row[field] ?? 0);
    return <td title={exactBytes(value)}>{bytes(value)}</td>;
  };
  return (
    <tr>
      <th scope="row">
        <button type="button" className="door" title="Show its tuples" onClick={() => openBar(bar)}>
          {instant(bar.from, bar.from % 1000 ? "ms" : "s")}
        </button>
      </th>
      <td>{figure("tuples")}</td>
      <td>{figure("allowed")}</td>
      <td>{figure("denied")}</td>
      <td>{figure("begun")}</td>
      {size("bytesSent")}
      {size("bytesReceived")}
      <td>{count(Number(row.packetsSent ?? 0) + Number(row.packetsReceived ?? 0))}</td>
      {series.map((lane) => (
        <td key={lane.id}>
          <button type="button" className="door" title="Show its tuples" onClick={() => openLane(lane, bar)}>
            {amountIn(byLane.get(lane.id), time)}
          </button>
        </td>
      ))}
    </tr>
  );
}

/** Of a series in the bin that begins at `time`: its amount, and its tuples where it has none. */
function amountIn(bars: Bars | undefined, time: number): string {
  if (bars === undefined) return "";
  const i = barAt(bars, time);
  if (i < 0) return "none";
  const amount = bars.amount[i] as number;
  return amount === 0 ? amountWords("tuples", bars.tuples[i] as number) : amountWords(bars.measure, amount);
}
