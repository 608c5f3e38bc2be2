// The bars as a table: the same numbers for who cannot see the picture, or wants to read them.

import type { ReactElement } from "react";
import { countedAs } from "../../model/counting.ts";
import { bytes, count, exactBytes, instant } from "../../model/format.ts";
import { useShown } from "../../model/navigate.ts";
import { type Bars, binAround } from "./bars.ts";
import type { Picture } from "./picture.ts";
import { openBar } from "./timeline-commands.ts";

export function TimelineTable({ picture }: { readonly picture: Picture }): ReactElement {
  const scope = useShown((shown) => shown.view.scope);
  const bars = picture.detail;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className="timeline-table" tabIndex={0} aria-label="Bars of the timeline as a table">
      <table>
        <thead>
          <tr>
            <th scope="col">From, UTC</th>
            <th scope="col">Tuples</th>
            <th scope="col">Allowed</th>
            <th scope="col">Denied</th>
            <th scope="col">Bytes, {countedAs(scope)}</th>
          </tr>
        </thead>
        <tbody>{bars ? rows(bars, picture) : null}</tbody>
      </table>
      {bars?.length === 0 ? <p className="dim">No tuples in this range.</p> : null}
    </section>
  );
}

function rows(bars: Bars, picture: Picture): readonly ReactElement[] {
  return Array.from(bars.time, (time, i) => {
    const bar = binAround(time, bars.widthMs, picture.range);
    const sum = bars.bytes[i] as number;
    return (
      <tr key={time}>
        <th scope="row">
          <button type="button" className="door" title="Show its tuples" onClick={() => openBar(bar)}>
            {instant(bar.from, bar.from % 1000 ? "ms" : "s")}
          </button>
        </th>
        <td>{count(bars.tuples[i] as number)}</td>
        <td>{count(bars.allowed[i] as number)}</td>
        <td>{count(bars.denied[i] as number)}</td>
        <td title={exactBytes(sum)}>{bytes(sum)}</td>
      </tr>
    );
  });
}
