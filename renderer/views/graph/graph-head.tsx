// The head of the pane: which projection, what stands together, what colours and widths say, and the tools of the picture.

import {
  ChartNoAxesGantt,
  Download,
  Grid3x3,
  Lasso,
  Lock,
  Map as MapIcon,
  Maximize,
  Minus,
  Network,
  Plus,
  Search,
  Undo2,
} from "lucide-react";
import { DropdownMenu } from "radix-ui";
import { type ReactElement, useState } from "react";
import {
  type Colouring,
  colourings,
  type Detail,
  details,
  type GraphLook,
  type GraphMeasure,
  measures,
  type Projection,
  projections,
} from "../../model/graph-look.ts";
import { navigate } from "../../model/navigate.ts";
import { type Grouping, groupings } from "../../model/view.ts";
import { changeLook, undoLook, useLookSteps } from "./look-steps.ts";
import "../../widgets/menu.css";

const groupingTitles: Readonly<Record<Grouping, string>> = {
  network: "country ▸ network ▸ subnet",
  as: "AS ▸ network ▸ subnet",
  tag: "service tag ▸ network ▸ subnet",
  country: "country",
  none: "nothing",
};
const colourTitles: Readonly<Record<Colouring, string>> = {
  decision: "decision",
  encryption: "encryption",
  status: "host status",
  comparison: "new and gone",
};
const measureTitles: Readonly<Record<GraphMeasure, string>> = {
  bytes: "bytes",
  tuples: "tuples",
  flows: "flows",
  packets: "packets",
};
const detailTitles: Readonly<Record<Detail, string>> = { fit: "that fit", more: "some hundreds", most: "up to 2,000" };

const projectionTitles: Readonly<Record<Projection, readonly [string, ReactElement]>> = {
  graph: ["Graph", <Network key="icon" size={12} />],
  matrix: ["Matrix", <Grid3x3 key="icon" size={12} />],
  sankey: ["Sankey", <ChartNoAxesGantt key="icon" size={12} />],
  map: ["Map", <MapIcon key="icon" size={12} />],
};

export const exportFormats = ["png", "svg", "graphml", "gexf"] as const;
export type ExportFormat = (typeof exportFormats)[number];
const formatTitles: Readonly<Record<ExportFormat, readonly [string, string]>> = {
  png: ["PNG", "the picture"],
  svg: ["SVG", "the picture as a vector"],
  graphml: ["GraphML", "nodes and edges with sums"],
  gexf: ["GEXF", "the same for Gephi"],
};

type Props = {
  readonly look: GraphLook;
  readonly group: Grouping;
  readonly isCompared: boolean;
  readonly knows: { readonly asn: boolean; readonly tag: boolean };
  readonly isLasso: boolean;
  readonly onLasso: () => void;
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
      <fieldset className="segmented">
        <legend className="visually-hidden">Projection</legend>
        {projections.map((each) => (
          <button
            key={each}
            type="button"
            aria-pressed={look.projection === each}
            onClick={() => navigate({ graph: { ...look, projection: each } })}
          >
            {projectionTitles[each][1]}
            {projectionTitles[each][0]}
          </button>
        ))}
      </fieldset>
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
      <ExportMenu isPicture={look.projection !== "map"} onExport={props.onExport} />
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
  const [finding, setFinding] = useState<string | null>(null);
  const [isFound, setFound] = useState(true);
  return (
    <>
      {finding === null ? (
        <IconButton title="Find a node" run={() => setFinding("")} icon={<Search size={13} />} />
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
            if (event.key === "Enter" || event.key === "Escape") setFinding(null);
          }}
          onBlur={() => setFinding(null)}
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

function ExportMenu(props: {
  readonly isPicture: boolean;
  readonly onExport: (format: ExportFormat) => void;
}): ReactElement {
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
