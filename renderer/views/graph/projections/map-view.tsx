// The map: countries of either end of what is in scope, a click is a filter; beside it the same as a list, with what has no country.

import { type KeyboardEvent, type MouseEvent, type ReactElement, useEffect, useId, useMemo, useState } from "react";
import { feature } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";
import atlas from "world-atlas/countries-110m.json";
import type { Row } from "../../../../shared/rows.ts";
import { useAnswer } from "../../../model/answer.ts";
import { countedAs } from "../../../model/counting.ts";
import { countryName } from "../../../model/country-name.ts";
import { include } from "../../../model/filter-edit.ts";
import { bytes, count, exactBytes } from "../../../model/format.ts";
import { narrow } from "../../../model/navigate.ts";
import { ValueMenu } from "../../values/value-menu.tsx";
import { share } from "../sums.ts";
import { placeOf } from "../tip.tsx";
import { countryAt, drawMap, fitted, type World } from "./draw-map.ts";
import { amountOf, type CountryRow, countriesOf } from "./map.ts";
import type { ProjectionProps } from "./projection.ts";
import { useDrawn } from "./use-drawn.ts";

const topology = atlas as unknown as Topology<{ countries: GeometryCollection }>; // the atlas is such a topology
const world = feature(topology, topology.objects.countries) as World;
const NO_ROWS: readonly Row[] = [];

export function MapView({ view, exhibit, onSize }: ProjectionProps): ReactElement {
  const { scope, graph: look } = view;
  const { measure } = look;
  const answer = useAnswer("query.rows", { by: "countries", scope, sort: null, limit: 0, after: 0, bin: null });
  const rows = useMemo(() => countriesOf(answer.value?.rows ?? NO_ROWS, measure, countryName), [answer.value, measure]);
  const [size, setSize] = useState<readonly [number, number]>([600, 240]);
  const fit = useMemo(() => fitted(world, size), [size]);
  const [hover, setHover] = useState<{ readonly row: number; readonly at: readonly [number, number] }>(NOWHERE);
  const [active, setActive] = useState(-1);
  const id = useId();
  const scene = { world, fitted: fit, rows };
  const { canvas } = useDrawn(
    (pen, _, colours) => drawMap(pen, { ...scene, measure, hover: hover.row, active }, colours),
    (next) => {
      setSize(next);
      onSize(next);
    },
  );

  useEffect(() => {
    exhibit.current = () => ({
      width: size[0],
      height: size[1],
      draw: (pen, colours) => drawMap(pen, { world, fitted: fit, rows, measure, hover: -1, active: -1 }, colours),
    });
    return () => {
      exhibit.current = null;
    };
  }, [exhibit, size, fit, rows, measure]);

  function narrowTo(row: CountryRow | undefined): void {
    if (row) narrow({ filter: include(scope.filter, termOf(row)) });
  }

  function under(event: MouseEvent): number {
    const box = event.currentTarget.getBoundingClientRect();
    return countryAt(scene, event.clientX - box.left, event.clientY - box.top);
  }

  function onKeyDown(event: KeyboardEvent): void {
    const to = { ArrowDown: active + 1, ArrowUp: active - 1, Home: 0, End: rows.length - 1 }[event.key];
    if (to !== undefined && !event.altKey) {
      const next = Math.max(0, Math.min(rows.length - 1, to));
      setActive(next);
      document.getElementById(`${id}-${next}`)?.scrollIntoView({ block: "nearest" });
    } else if (event.key === "Enter" || event.key === " ") narrowTo(rows[active]);
    else return;
    event.preventDefault();
  }

  const pointed = rows[hover.row];
  const chosen = pointed ?? rows[active];
  return (
    <>
      <div className={`map-body${answer.pending || answer.failure !== null ? " pending" : ""}`}>
        <ValueMenu>
          <div className="graph-area" data-term={chosen ? termOf(chosen) : ""}>
            <canvas
              ref={canvas}
              className="graph-canvas"
              role="img"
              aria-label={`Map of ${rows.filter(({ code }) => code !== null).length} countries; they are listed beside it`}
              onMouseMove={(event) => {
                const box = event.currentTarget.getBoundingClientRect();
                const row = under(event);
                if (row !== hover.row) setHover({ row, at: [event.clientX - box.left, event.clientY - box.top] });
              }}
              onMouseLeave={() => setHover(NOWHERE)}
              onClick={(event) => narrowTo(rows[under(event)])}
            />
            {pointed ? (
              <div className="graph-tip" role="tooltip" style={placeOf(hover.at)}>
                <b>{pointed.name}</b> {pointed.code}
                <p>
                  {exactBytes(pointed.bytesOut)} out, {exactBytes(pointed.bytesIn)} in, {count(pointed.packets)} packets
                </p>
                <p>
                  {count(pointed.tuples)} tuples, {count(pointed.denied)} denied; {count(pointed.endpoints)} addresses
                </p>
              </div>
            ) : null}
          </div>
        </ValueMenu>
        <ValueMenu>
          <div
            className="map-list"
            role="listbox"
            aria-label="Countries"
            tabIndex={0}
            aria-activedescendant={active >= 0 ? `${id}-${active}` : undefined}
            onKeyDown={onKeyDown}
            onFocus={() => active < 0 && rows.length > 0 && setActive(0)}
            onBlur={() => setActive(-1)}
          >
            {rows.map((row, i) => (
              // biome-ignore lint/a11y/useFocusableInteractive: the list itself takes the focus
              // biome-ignore lint/a11y/useKeyWithClickEvents: keys are heard by the list
              <div
                key={row.code ?? ""}
                id={`${id}-${i}`}
                role="option"
                aria-selected={i === active}
                data-term={termOf(row)}
                className={i === active || i === hover.row ? "active" : ""}
                title={`${row.name}: ${exactBytes(row.bytesOut)} out, ${exactBytes(row.bytesIn)} in, ${count(row.tuples)} tuples, ${count(row.denied)} denied, ${count(row.endpoints)} addresses`}
                onClick={() => narrowTo(row)}
              >
                <span>{row.name}</span>
                <span className="dim">{count(row.endpoints)}</span>
                <span className="number">
                  <i className="cell-bar" style={{ width: `${100 * share(amountOf(row, measure), measure)}%` }} />
                  <b>{measure === "bytes" ? bytes(amountOf(row, measure)) : count(amountOf(row, measure))}</b>
                </span>
              </div>
            ))}
          </div>
        </ValueMenu>
      </div>
      <div className="graph-foot">
        <span className="legend">
          <span className="map-ramp" aria-hidden="true" /> more {measure === "flows" ? "tuples" : measure}, log
        </span>
        <span className="grow" />
        <span className="graph-note">
          {answer.failure !== null
            ? answer.failure.message
            : `Out and in, of either end: what stays in a country goes out and comes in, so countries do not add up to the scope. Sums ${countedAs(scope)}.${
                measure === "flows" ? " Flows are not counted by country." : ""
              }`}
        </span>
      </div>
    </>
  );
}

const NOWHERE = { row: -1, at: [0, 0] as const };

function termOf({ code }: CountryRow): string {
  return `country == ${code ?? "null"}`;
}
