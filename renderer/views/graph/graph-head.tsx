// The head of the pane: which projection, what stands together, what colours and widths say, and the tools of the picture.

import { Download, Lasso, Lock, Maximize, Minus, Plus, Search, Undo2 } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import { type ReactElement, useEffect, useState } from "react";
import { colourings, details, type GraphLook, measures, projections } from "../../model/graph-look.ts";
import { navigate } from "../../model/navigate.ts";
import { type Grouping, groupings } from "../../model/view.ts";
import { Segmented } from "../../widgets/segmented.tsx";
import {
  colourTitles,
  detailTitles,
  type ExportFormat,
  exportFormats,
  formatTitles,
  groupingTitles,
  measureTitles,
  projectionTitles,
} from "./graph-titles.tsx";
import { changeLook, undoLook, useLookSteps } from "./look-steps.ts";
import "../../widgets/menu.css";

type Props = {
  readonly look: GraphLook;
  readonly group: Grouping;
  readonly isCompared: boolean;
  readonly knows: { readonly asn: boolean; readonly tag: boolean };
  readonly isLasso: boolean;
  readonly onLasso: () => void;
  readonly isFinding: boolean;
  readonly onFinding: (isFinding: boolean) => void;
  readonly onZoom: (how: "in" | "out" | "fit") => void;
  readonly onLockAll: () => void;
  readonly onExport: (format: ExportFormat) => void;
  /** Looks for a node as it is typed; `found` is told in the field. */
  readonly onFind: (text: string) => boolean;
  readonly onFound: () => void;
};

export function GraphHead(props: Props): ReactElement {
  const { look, group, knows } = props;
  const isGraph = look.projection === "graph";
  const step = useLookSteps(({ steps, at }) => steps[at - 1]?.title ?? null);
  return (
    <div className="pane-head">
      <h2 className="visually-hidden">Graph</h2>
      <Segmented
        label="Projection"
        options={projections.map((each) => ({
          value: each,
          title: (
            <>
              {projectionTitles[each][1]}
              {projectionTitles[each][0]}
            </>
          ),
        }))}
        shown={look.projection}
        choose={(projection) => navigate({ graph: { ...look, projection } })}
      />
      {look.projection === "map" ? null : (
        <Choice
          title="Group"
          value={group}
          options={groupings.map((name) => ({
            name,
            title: groupingTitles[name],
            isBlocked: (name === "as" && !knows.asn) || (name === "tag" && !knows.tag),
          }))}
          onChange={(name) => navigate({ group: name })}
        />
      )}
      {isGraph ? (
        <Choice
          title="Colour"
          value={look.colour}
          options={colourings.map((name) => ({
            name,
            title: colourTitles[name],
            isBlocked: name === "comparison" && !props.isCompared,
          }))}
          onChange={(colour) => navigate({ graph: { ...look, colour } })}
        />
      ) : null}
      <Choice
        title={isGraph ? "Width" : "By"}
        value={look.measure}
        options={measures.map((name) => ({
          name,
          title: `${measureTitles[name]}${look.projection === "sankey" ? "" : ", log"}`,
          isBlocked: false,
        }))}
        onChange={(measure) => navigate({ graph: { ...look, measure } })}
      />
      {isGraph ? (
        <Choice
          title="Nodes"
          value={look.detail}
          options={details.map((name) => ({ name, title: detailTitles[name], isBlocked: false }))}
          onChange={(detail) => changeLook("Number of nodes", { detail })}
        />
      ) : null}
      <span className="grow" />
      {isGraph ? <Tools {...props} step={step} /> : null}
      <ExportMenu onExport={props.onExport} />
      {isGraph ? (
        <>
          <IconButton title="Zoom out" run={() => props.onZoom("out")} icon={<Minus size={13} />} />
          <IconButton title="Zoom in" run={() => props.onZoom("in")} icon={<Plus size={13} />} />
          <IconButton title="Fit" run={() => props.onZoom("fit")} icon={<Maximize size={13} />} />
        </>
      ) : null}
    </div>
  );
}

function Choice<T extends string>(props: {
  readonly title: string;
  readonly value: T;
  readonly options: readonly { readonly name: T; readonly title: string; readonly isBlocked: boolean }[];
  readonly onChange: (name: T) => void;
}): ReactElement {
  return (
    <label className="graph-choice">
      <span className="dim">{props.title}</span>{" "}
      <select
        aria-label={props.title}
        title={props.title}
        value={props.value}
        onChange={(event) => {
          const chosen = props.options.find(({ name }) => name === event.target.value);
          if (chosen) props.onChange(chosen.name);
        }}
      >
        {props.options.map(({ name, title, isBlocked }) => (
          <option key={name} value={name} disabled={isBlocked && name !== props.value}>
            {title}
            {isBlocked ? " (nothing known)" : ""}
          </option>
        ))}
      </select>
    </label>
  );
}

function IconButton(props: {
  readonly title: string;
  readonly icon: ReactElement;
  readonly run: () => void;
  readonly isPressed?: boolean;
  readonly isBlocked?: boolean;
}): ReactElement {
  return (
    <button
      type="button"
      className="icon-button"
      aria-label={props.title}
      title={props.title}
      aria-pressed={props.isPressed}
      disabled={props.isBlocked}
      onClick={props.run}
    >
      {props.icon}
    </button>
  );
}

function Tools(props: Props & { readonly step: string | null }): ReactElement {
  const { isFinding, onFinding } = props;
  const [finding, setFinding] = useState("");
  const [isFound, setFound] = useState(true);
  useEffect(() => {
    if (!isFinding) return;
    setFinding("");
    setFound(true);
  }, [isFinding]);
  return (
    <>
      {!isFinding ? (
        <IconButton title="Find a node" run={() => onFinding(true)} icon={<Search size={13} />} />
      ) : (
        <input
          className="find"
          aria-label="Find a node by address or name"
          placeholder="Address or name"
          // biome-ignore lint/a11y/noAutofocus: it was opened to be typed in
          autoFocus
          value={finding}
          aria-invalid={!isFound}
          onChange={(event) => {
            setFinding(event.target.value);
            setFound(event.target.value === "" || props.onFind(event.target.value));
          }}
          onKeyDown={(event) => {
            if (event.key === "Enter") props.onFound();
            if (event.key === "Enter" || event.key === "Escape") onFinding(false);
          }}
          onBlur={() => onFinding(false)}
        />
      )}
      <IconButton
        title="Lasso: draw a line round nodes (or drag with Shift)"
        isPressed={props.isLasso}
        run={props.onLasso}
        icon={<Lasso size={13} />}
      />
      <IconButton
        title="Lock all nodes where they stand, or let them go"
        run={props.onLockAll}
        icon={<Lock size={13} />}
      />
      <IconButton
        title={props.step === null ? "Nothing to undo in the graph" : `Undo: ${props.step}`}
        isBlocked={props.step === null}
        run={undoLook}
        icon={<Undo2 size={13} />}
      />
    </>
  );
}

function ExportMenu(props: { readonly onExport: (format: ExportFormat) => void }): ReactElement {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger className="icon-button" aria-label="Export" title="Export">
        <Download size={13} />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align="end" sideOffset={4}>
          {exportFormats.map((format) => (
            <DropdownMenu.Item key={format} className="menu-item" onSelect={() => props.onExport(format)}>
              {formatTitles[format][0]}
              <span className="menu-note">{formatTitles[format][1]}</span>
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
