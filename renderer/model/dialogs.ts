// Which dialog stands open; one at a time.

import { create } from "zustand";

export type DialogName = "palette" | "keys" | "copy" | "export" | "verify";

export const useDialog = create<{ readonly name: DialogName | null }>(() => ({ name: null }));

export function openDialog(name: DialogName): void {
  useDialog.setState({ name });
}

export function closeDialog(): void {
  useDialog.setState({ name: null });
}
