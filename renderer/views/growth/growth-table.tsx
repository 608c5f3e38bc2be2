// A row a NIC, rule or country: its periods as bars of a scale of its own, the latest whole one and how it changed, and the next with its
// interval.

import type { ReactElement } from "react";
import type { Growth, GrowthQuestion } from "../../../shared/growth.ts";
import { countryName } from "../../model/country-name.ts";
import { useNics } from "../../model/facts.ts";
import { term } from "../../model/filter-edit.ts";
import { bytes, count, day, exactBytes, instant } from "../../model/format.ts";
import { navigate } from "../../model/navigate.ts";
import type { Subject } from "../../model/subject.ts";
import { type Bars, barsOf } from "./growth-bars.ts";

export type Asked = Pick<GrowthQuestion, "by" | "step" | "measure">;
type Series = { readonly values: readonly number[]; readonly forecast: Growth["rows"][number]["forecast"] };

const [WIDTH, HEIGHT] = [460, 30];

export function GrowthTable({ growth, asked }: { readonly growth: Growth; readonly asked: Asked }): ReactElement {
  const { periods, rows, others, total } = growth;
  const line = (key: string, head: ReactElement, series: Series, kind = ""): ReactElement => (
    <Line key={key} head={head} series={series} periods={periods} asked={asked} kind={kind} />
  );
  return (
    <table className="growths">
      <thead>
        <tr>
          <th>{{ nic: "NIC", rule: "Rule", country: "Country" }[asked.by]}</th>
          <th>
            <span className="axis">
              <span>{day(periods[0]?.from ?? 0)}</span>
              <span>next {asked.step}</span>
            </span>
          </th>
          <th className="number">Last whole {asked.step}</th>
          <th className="number">Change</th>
          <th className="number">Next</th>
          <th className="number">95 % between</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => line(row.name ?? "", <Name by={asked.by} name={row.name} />, row))}
        {others ? line("+", <>+{count(others.count)} others</>, others, "rest") : null}
      </tbody>
      {total ? <tfoot>{line("Σ", <>Σ all</>, total, "sum")}</tfoot> : null}
    </table>
  );
}

function Line(props: {
  readonly head: ReactElement;
  readonly series: Series;
  readonly periods: Growth["periods"];
  readonly asked: Asked;
  readonly kind: string;
}): ReactElement {
  const { series, periods, asked } = props;
  const { forecast } = series;
  const whole = series.values.filter((_, p) => periods[p]?.whole);
  const [last, before] = [whole.at(-1), whole.at(-2)];
  return (
    <tr className={props.kind}>
      <th scope="row">{props.head}</th>
      <td>
        <Picture bars={barsOf(series, periods, WIDTH, HEIGHT)} series={series} periods={periods} asked={asked} />
      </td>
      <td className="number" title={last === undefined ? undefined : exact(asked, last)}>
        {last === undefined ? "none" : amount(asked, last)}
      </td>
      <td className="number">{last === undefined || before === undefined ? "" : changed(asked, before, last)}</td>
      <td className="number" title={forecast ? exact(asked, Math.round(forecast.value)) : undefined}>
        {forecast ? amount(asked, forecast.value) : <span className="dim">none</span>}
      </td>
      <td className="number dim">
        {forecast ? `${amount(asked, forecast.low)} – ${amount(asked, forecast.high)}` : ""}
      </td>
    </tr>
  );
}

function Picture(props: {
  readonly bars: Bars;
  readonly series: Series;
  readonly periods: Growth["periods"];
  readonly asked: Asked;
}): ReactElement {
  const { bars, series, periods, asked } = props;
  const said = series.values
    .map((value, p) => `${instant(periods[p]?.from ?? 0, "min").slice(0, 10)} ${amount(asked, value)}`)
    .join(", ");
  return (
    <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={said}>
      {bars.periods.map(({ x, width, height, whole }, p) => (
        <rect
          key={x}
          x={x + (whole ? 0 : 0.5)}
          y={HEIGHT - height}
          width={Math.max(1, width - (whole ? 0 : 1))}
          height={height}
          fill={whole ? "var(--allowed)" : "none"}
          stroke={whole ? "none" : "var(--allowed)"}
        >
          <title>
            {`${instant(periods[p]?.from ?? 0, "min")} to ${instant(periods[p]?.to ?? 0, "min")} UTC${whole ? "" : ", logged in part"}: ${exact(asked, series.values[p] ?? 0)}`}
          </title>
        </rect>
      ))}
      {bars.next ? (
        <g stroke="var(--accent)" fill="none">
          <path d={`M${bars.next.x} ${bars.next.high}V${bars.next.low}`} strokeWidth="1" />
          <path
            d={`M${bars.next.x - 3} ${bars.next.low}h6M${bars.next.x - 3} ${bars.next.high}${bars.next.cut ? "m0 4l3 -4l3 4" : "h6"}`}
            strokeWidth="1"
          />
          <circle cx={bars.next.x} cy={bars.next.value} r="2.5" fill="var(--accent)" />
        </g>
      ) : null}
      <path d={`M0 ${HEIGHT - 0.5}H${WIDTH}`} stroke="var(--line)" />
    </svg>
  );
}

function Name({ by, name }: { readonly by: Asked["by"]; readonly name: string | null }): ReactElement {
  const { byMac } = useNics();
  if (name === null) return <span className="dim">{by === "country" ? "private or not known" : "none logged"}</span>;
  const subject: Subject =
    by === "nic"
      ? { kind: "nic", nic: name }
      : by === "rule"
        ? { kind: "rule", rule: name, acl: null }
        : { kind: "country", country: name };
  const nic = by === "nic" ? byMac.get(name) : undefined;
  const words = nic ? (nic.name ?? nic.addresses[0]?.ip ?? "") : by === "country" ? name : "";
  return (
    <button
      type="button"
      className="door"
      data-term={by === "country" ? `country == ${name}` : (term(by, name) ?? undefined)}
      title={name}
      onClick={() => navigate({ page: "subject", subject })}
    >
      <span className={by === "nic" ? "ip" : ""}>{by === "country" ? countryName(name) : name}</span>{" "}
      <span className="dim">{words}</span>
    </button>
  );
}

function amount({ measure }: Asked, value: number): string {
  return measure === "bytes" ? bytes(value) : count(value);
}

function exact({ measure }: Asked, value: number): string {
  return measure === "bytes"
    ? exactBytes(value)
    : `${count(value)} ${measure === "denied" ? "denied tuples" : measure}`;
}

/** "+12 %", or what it grew by where there was nothing before. */
function changed(asked: Asked, before: number, last: number): string {
  if (before === last) return "same";
  const sign = last > before ? "+" : "−";
  if (before === 0) return `new, ${amount(asked, last)}`;
  if (last === 0) return "gone";
  return `${sign}${Math.abs(((last - before) / before) * 100).toFixed(Math.abs(last - before) < before / 10 ? 1 : 0)} %`;
}
