// Long work in steps: between two of them notes can be written and questions of this process answered.

import { setImmediate } from "node:timers/promises";

/** Resolves when what waited has had its turn. */
export async function letOthers(): Promise<void> {
  await setImmediate();
}
