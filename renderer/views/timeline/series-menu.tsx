// Series: which parts of the scope have a lane of their own. Ready ones, what is filtered or selected, and any filter that is typed.

import { Bookmark, ChevronDown, Eye, EyeOff, X } from "lucide-react";
import { Popover } from "radix-ui";
import { type ReactElement, useState } from "react";
import { navigate, shownView, useShown } from "../../model/navigate.ts";
import { useNotebook } from "../../model/notebook.ts";
import { faultOfSeries, type Look, MOST_SERIES, readySeries, type Series } from "../../model/series.ts";
import { addSeries, removeSeries, selected } from "./series-acts.ts";
import { SeriesGlyph } from "./series-glyph.tsx";

export function SeriesMenu(): ReactElement {
  const series = useShown(({ view }) => view.series);
  const shown = series.filter(({ hidden }) => !hidden).length;
  return (
    <Popover.Root>
      <Popover.Trigger className="label choice" title="Parts of the scope, a lane each">
        Series {series.length === 0 ? null : <b>{shown}</b>} <ChevronDown size={11} />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content className="series-card" align="start" sideOffset={4} collisionPadding={8} aria-label="Series">
          {series.length === 0 ? (
            <p className="dim">A series is a part of what is in scope, drawn in a lane of its own.</p>
          ) : (
            <ul>
              {series.map((each) => (
                <Line key={each.filter} series={each} />
              ))}
            </ul>
          )}
          <Add series={series} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

function change(which: Series, to: Partial<Series>): void {
  navigate({ series: shownView().series.map((each) => (each.filter === which.filter ? { ...each, ...to } : each)) });
}

function Line({ series }: { readonly series: Series }): ReactElement {
  const { name, filter, look, hidden } = series;
  const rename = (text: string): void => {
    if (text.trim() !== "" && text.trim() !== name) change(series, { name: text.trim() });
  };
  return (
    <li>
      <button
        type="button"
        className="icon-button"
        aria-pressed={!hidden}
        aria-label={`Show ${name}`}
        title={hidden ? "Show" : "Hide"}
        onClick={() => change(series, { hidden: !hidden })}
      >
        {hidden ? <EyeOff size={13} /> : <Eye size={13} />}
      </button>
      <SeriesGlyph look={look} />
      <input
        aria-label={`Name of the series ${name}`}
        key={name}
        defaultValue={name}
        maxLength={80}
        onBlur={({ target }) => rename(target.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter") event.currentTarget.blur();
        }}
      />
      <code title={filter}>{filter}</code>
      <button
        type="button"
        className="icon-button"
        aria-label={`Remove ${name}`}
        title="Remove"
        onClick={() => removeSeries(series)}
      >
        <X size={13} />
      </button>
    </li>
  );
}

function Add({ series }: { readonly series: readonly Series[] }): ReactElement {
  const filter = useShown(({ view }) => view.scope.filter);
  const selection = useShown(({ view }) => view.selection);
  const views = useNotebook(({ notebook }) => notebook.views);
  const [typed, setTyped] = useState("");
  const [fault, setFault] = useState<string | null>(null);
  const has = (wanted: string): boolean => series.some((each) => each.filter === wanted);
  const add = (name: string, wanted: string, look?: Look): void => addSeries(name, wanted, look);
  const chosen = selected(selection);
  if (series.length >= MOST_SERIES)
    return <p className="dim">{MOST_SERIES} series are all that are asked for with every move of the range.</p>;
  return (
    <>
      <div className="series-ready">
        {readySeries
          .filter((ready) => !has(ready.filter))
          .map((ready) => (
            <button
              key={ready.name}
              type="button"
              className="button small"
              onClick={() => add(ready.name, ready.filter, ready.look)}
            >
              <SeriesGlyph look={ready.look} /> {ready.name}
            </button>
          ))}
        {filter !== "" && faultOfSeries(filter) === null && !has(filter) ? (
          <button type="button" className="button small" title={filter} onClick={() => add(filter, filter)}>
            what is filtered
          </button>
        ) : null}
        {views
          .filter(({ scope }) => scope.filter !== "" && faultOfSeries(scope.filter) === null && !has(scope.filter))
          .map((view) => (
            <button
              key={view.id}
              type="button"
              className="button small"
              title={`The saved view ${view.name}: ${view.scope.filter}`}
              onClick={() => add(view.name, view.scope.filter)}
            >
              <Bookmark size={11} /> {view.name}
            </button>
          ))}
        {chosen !== null && !has(chosen.filter) ? (
          <button
            type="button"
            className="button small"
            title={chosen.filter}
            onClick={() => add(chosen.title, chosen.filter)}
          >
            what is selected
          </button>
        ) : null}
      </div>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          const wrong = faultOfSeries(typed);
          setFault(wrong);
          if (wrong !== null) return;
          add(typed.trim(), typed.trim());
          setTyped("");
        }}
      >
        <input
          aria-label="Filter of a new series"
          aria-invalid={fault !== null}
          placeholder="Another filter, such as dport == 3389"
          spellCheck={false}
          autoComplete="off"
          value={typed}
          onChange={({ target }) => {
            setTyped(target.value);
            setFault(null);
          }}
        />
        <button type="submit" className="button small">
          Add
        </button>
      </form>
      {fault === null ? null : (
        <p className="wrong" role="alert">
          {fault}
        </p>
      )}
    </>
  );
}
