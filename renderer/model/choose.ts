// Asks the investigator for a path: by the system's dialog where the host has one, else by the page's own chooser.

import { create } from "zustand";
import type { Purpose } from "../../shared/contract.ts";
import { ask } from "../host/ask.ts";

export type Choosing = {
  readonly purpose: Purpose;
  readonly name: string;
  /** Where the page's own chooser begins; null: the folder used last. */
  readonly folder: string | null;
  readonly done: (paths: readonly string[] | null) => void;
};

export const useChooser = create<{ readonly choosing: Choosing | null }>(() => ({ choosing: null }));

/** `name` is offered for what does not exist yet. Null: cancelled. */
export async function choosePath(
  purpose: Purpose,
  name: string,
  folder: string | null = null,
): Promise<readonly string[] | null> {
  const { native, paths } = await ask("path.pick", { purpose, name });
  if (native) return paths.length === 0 ? null : paths;
  return await new Promise((resolve) => {
    useChooser.setState({
      choosing: {
        purpose,
        name,
        folder,
        done: (chosen) => {
          useChooser.setState({ choosing: null });
          resolve(chosen);
        },
      },
    });
  });
}
