// How the tables stand on this computer: read once, kept whenever it changes.

import { create } from "zustand";
import { type ColumnLook, type Density, FIRST_LOOKS, parseLooks, printLooks, type TableLooks } from "./column-looks.ts";
import { useSession } from "./session.ts";
import { readSetting, writeSetting } from "./settings.ts";

export const useLooks = create<TableLooks>(() => FIRST_LOOKS);

/** Once, at start. */
export function followLooks(): void {
  let isRead = false;
  useSession.subscribe(({ connected }) => {
    if (!connected || isRead) return;
    isRead = true;
    readSetting("tables").then(
      (text) => useLooks.setState(parseLooks(text)),
      () => {
        isRead = false; // with the next connection
      },
    );
  });
}

/** Null: as the table has it by itself. */
export function setLook(table: string, look: ColumnLook | null): void {
  const { [table]: _, ...others } = useLooks.getState().tables;
  useLooks.setState({ tables: look === null ? others : { ...others, [table]: look } });
  keep();
}

export function setDensity(density: Density): void {
  useLooks.setState({ density });
  keep();
}

function keep(): void {
  writeSetting("tables", printLooks(useLooks.getState()));
}
