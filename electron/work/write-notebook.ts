// Appends to the journal, in the order in which it was asked, also while evidence is being added.

import { userInfo } from "node:os";
import type { Operation } from "../../shared/notebook.ts";
import { guarded } from "../store/database.ts";
import { appendEntries } from "../store/journal.ts";
import { begin, type HeldCase } from "./held-case.ts";

/** Notes save themselves as they are typed: the case is sealed when the typing has paused. */
const LINGER_MS = 500;

export type NotebookWriting = (operations: readonly Operation[]) => Promise<void>;

export function notebookWriting(held: HeldCase): NotebookWriting {
  const author = userName();
  let before: Promise<unknown> = Promise.resolve();
  return (operations) => {
    const write = (): Promise<void> =>
      held.use(
        "existing",
        async (open) => {
          await begin(open);
          guarded(open.path, () => appendEntries(open.db, author, Date.now(), operations));
        },
        LINGER_MS,
      );
    const written = before.then(write);
    before = written.catch(() => {}); // told to the one who asked
    return written;
  };
}

/** As the operating system knows them. */
function userName(): string {
  try {
    return userInfo().username.toWellFormed() || "unknown";
  } catch {
    return "unknown"; // a user without an entry in the system's list
  }
}
