// Growth: traffic of the scope by NIC, rule or country, period on period, and what the next period would bring if it went on so.

import { type ReactElement, useState } from "react";
import { growthFields, growthMeasures } from "../../../shared/growth.ts";
import { useAnswer } from "../../model/answer.ts";
import { countedAs } from "../../model/counting.ts";
import { count, day } from "../../model/format.ts";
import { narrow, useShownSoon } from "../../model/navigate.ts";
import { Segmented } from "../../widgets/segmented.tsx";
import { FilterBar } from "../filter-bar/filter-bar.tsx";
import { ValueMenu } from "../values/value-menu.tsx";
import { type Asked, GrowthTable } from "./growth-table.tsx";
import "./growth.css";

const names = { nic: "NIC", rule: "Rule", country: "Country" } as const;
const steps = ["day", "week"] as const;

export function GrowthPage(): ReactElement {
  const scope = useShownSoon(({ view }) => view.scope);
  const [asked, setAsked] = useState<Asked>({ by: "nic", step: "day", measure: "bytes" });
  const { value, pending, failure } = useAnswer("growth.read", { scope, ...asked });
  const change = (part: Partial<Asked>): void => setAsked((before) => ({ ...before, ...part }));
  const whole = value?.periods.filter((period) => period.whole).length ?? 0;
  return (
    <div className="growth">
      <FilterBar />
      <ValueMenu>
        <section className="pane" aria-label="Growth">
          <div className="pane-head">
            <h2>Growth</h2>
            <Segmented
              label="By"
              options={growthFields.map((by) => ({ value: by, title: names[by] }))}
              shown={asked.by}
              choose={(by) => change({ by })}
            />
            <Segmented
              label="Period"
              options={steps.map((step) => ({ value: step, title: step }))}
              shown={asked.step}
              choose={(step) => change({ step })}
            />
            <Segmented
              label="Measure"
              options={growthMeasures.map((measure) => ({ value: measure, title: measure }))}
              shown={asked.measure}
              choose={(measure) => change({ measure })}
            />
            <span className="grow" />
            <span className="dim" role="status">
              {value === null || value.periods.length === 0
                ? ""
                : `${count(value.periods.length)} ${asked.step}${value.periods.length === 1 ? "" : "s"} from ${day(value.periods[0]?.from ?? 0)}, UTC, ${countedAs(scope)}${value.earlier > 0 ? ` · ${count(value.earlier)} earlier not shown` : ""}`}
            </span>
          </div>
          {failure ? <p className="section dim">{failure.message}</p> : null}
          {value !== null && value.rows.length === 0 ? <Nothing /> : null}
          {value !== null && value.rows.length > 0 ? (
            <div className={`table${pending ? " pending" : ""}`}>
              <GrowthTable growth={value} asked={asked} />
              <p className="explained dim">
                Next: a straight line through the {count(whole)} whole {asked.step}s that were logged, with its 95 %
                prediction interval; {whole < 3 ? "three are needed, so there is none yet" : "it knows no seasons"}. A{" "}
                {asked.step} that the logs cover in part is hollow and counts for no forecast.
                {asked.by === "country"
                  ? " A tuple counts for the countries of both its ends, so rows do not add up."
                  : ""}
              </p>
            </div>
          ) : null}
        </section>
      </ValueMenu>
    </div>
  );
}

function Nothing(): ReactElement {
  return (
    <div className="empty" role="status">
      <h3>No tuple is in this scope.</h3>
      <p>Nothing was logged in the range, or the filter leaves none.</p>
      <button type="button" className="button" onClick={() => narrow({ from: null, to: null, filter: "" })}>
        Whole case
      </button>
    </div>
  );
}
