// The keys that the investigator gave to commands, kept for all cases by the host.

import { create } from "zustand";
import { type Bindings, parseBindings } from "./key-bindings.ts";
import { useSession } from "./session.ts";
import { readSetting, writeSetting } from "./settings.ts";

export const useBindings = create<{ readonly own: Bindings }>(() => ({ own: {} }));

/** Once, at start. */
export function followBindings(): void {
  let isRead = false;
  useSession.subscribe(({ connected }) => {
    if (!connected || isRead) return;
    isRead = true;
    readSetting("keys").then(
      (text) => useBindings.setState({ own: parseBindings(text) }),
      () => {
        isRead = false; // the host is gone again: with the next wire
      },
    );
  });
}

export function bind(own: Bindings): void {
  useBindings.setState({ own });
  writeSetting("keys", Object.keys(own).length === 0 ? null : JSON.stringify(own));
}
