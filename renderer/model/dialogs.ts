// Which dialog stands open; one at a time.

import { create } from "zustand";
import type { Row } from "../../shared/rows.ts";

export type DialogName = "palette" | "keys" | "copy" | "export" | "verify" | "member" | "reject" | "link";

/** `row`: what a dialog about one row is about. */
export const useDialog = create<{ readonly name: DialogName | null; readonly row: Row | null }>(() => ({
  name: null,
  row: null,
}));

export function openDialog(name: DialogName, row: Row | null = null): void {
  useDialog.setState({ name, row });
}

export function closeDialog(): void {
  useDialog.setState({ name: null, row: null });
}
