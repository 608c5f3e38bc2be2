// Which columns a table shows, in which order, which stay at the left, how dense its rows are: by mouse or by keys, kept for all cases.

import { ArrowDown, ArrowUp, Columns3, Pin, PinOff } from "lucide-react";
import { Popover } from "radix-ui";
import { type KeyboardEvent, type ReactElement, useState } from "react";
import {
  densities,
  isShown,
  moved,
  ordered,
  PLAIN,
  toggledPin,
  toggledShown,
  widened,
} from "../../model/column-looks.ts";
import { setDensity, setLook, useLooks } from "../../model/table-looks.ts";
import type { TableName } from "../../model/view.ts";
import { Segmented } from "../../widgets/segmented.tsx";
import type { RowColumn } from "./cells.tsx";

const WIDER = 10;

export function ColumnList(props: { readonly table: TableName; readonly columns: readonly RowColumn[] }): ReactElement {
  const { table, columns } = props;
  const density = useLooks((looks) => looks.density);
  const look = useLooks((looks) => looks.tables[table]) ?? PLAIN;
  const all = ordered(columns, look);
  const ids = all.map(({ id }) => id);
  const [over, setOver] = useState<string | null>(null);

  function onKeyDown(event: KeyboardEvent, { id, width }: RowColumn, at: number): void {
    if (!event.altKey) return;
    const wide = look.widths[id] ?? width;
    if (event.key === "ArrowUp") setLook(table, moved(look, ids, id, at - 1));
    else if (event.key === "ArrowDown") setLook(table, moved(look, ids, id, at + 1));
    else if (event.key === "ArrowLeft") setLook(table, widened(look, id, wide - WIDER));
    else if (event.key === "ArrowRight") setLook(table, widened(look, id, wide + WIDER));
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  return (
    <Popover.Root>
      <Popover.Trigger className="icon-button" aria-label="Columns and density" title="Columns and density">
        <Columns3 size={14} />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content className="menu column-list" align="end" sideOffset={4} aria-label="Columns and density">
          <header>
            <Segmented
              label="Density of rows"
              options={densities.map((name) => ({ value: name, title: name }))}
              shown={density}
              choose={setDensity}
            />
          </header>
          <ul aria-label="Columns">
            {all.map((column, at) => {
              const { id, title } = column;
              const name = title || "Decision";
              const pinned = look.pinned.includes(id);
              return (
                <li
                  key={id}
                  draggable
                  className={over === id ? "over" : ""}
                  onDragStart={(event) => event.dataTransfer.setData("text/plain", id)}
                  onDragOver={(event) => {
                    event.preventDefault();
                    setOver(id);
                  }}
                  onDragEnd={() => setOver(null)}
                  onDrop={(event) => {
                    event.preventDefault();
                    setOver(null);
                    const from = event.dataTransfer.getData("text/plain");
                    if (ids.includes(from) && from !== id)
                      setLook(table, moved(look, ids, from, ids.filter((each) => each !== from).indexOf(id)));
                  }}
                  onKeyDown={(event) => onKeyDown(event, column, at)}
                >
                  <label title={column.words}>
                    <input
                      type="checkbox"
                      checked={isShown(column, look)}
                      onChange={() => setLook(table, toggledShown(look, columns, id))}
                    />
                    {name}
                  </label>
                  <Small title={`${name} up (Alt ↑)`} run={() => setLook(table, moved(look, ids, id, at - 1))}>
                    <ArrowUp size={12} />
                  </Small>
                  <Small title={`${name} down (Alt ↓)`} run={() => setLook(table, moved(look, ids, id, at + 1))}>
                    <ArrowDown size={12} />
                  </Small>
                  <Small
                    title={pinned ? `Let ${name} scroll` : `Keep ${name} at the left`}
                    run={() => setLook(table, toggledPin(look, id))}
                    isOn={pinned}
                  >
                    {pinned ? <PinOff size={12} /> : <Pin size={12} />}
                  </Small>
                </li>
              );
            })}
          </ul>
          <footer>
            <span className="dim grow">Alt ← → widens</span>
            <button
              type="button"
              className="button small"
              disabled={look === PLAIN}
              onClick={() => setLook(table, null)}
            >
              Reset
            </button>
          </footer>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

function Small(props: {
  readonly title: string;
  readonly run: () => void;
  readonly isOn?: boolean;
  readonly children: ReactElement;
}): ReactElement {
  return (
    <button
      type="button"
      className="icon-button"
      aria-label={props.title}
      title={props.title}
      aria-pressed={props.isOn}
      onClick={props.run}
    >
      {props.children}
    </button>
  );
}
