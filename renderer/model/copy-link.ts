// The view that is shown, as a citation and a link for a message or a report.

import { ask } from "../host/ask.ts";
import { countedAs } from "./counting.ts";
import { count } from "./format.ts";
import { citationOf, type LinkedCase, printLink } from "./link.ts";
import { shownView } from "./navigate.ts";
import { fail, toast, useSession } from "./session.ts";

/** Null while no case is open or nothing is known of it yet. */
export function openCaseLinked(): LinkedCase | null {
  const { open, info } = useSession.getState();
  return open === null || info === null ? null : { name: open.name, digest: info.logicalDigest, path: open.path };
}

export async function copyLink(): Promise<void> {
  const of = openCaseLinked();
  if (of === null) return;
  const view = shownView();
  try {
    const { tuples } = await ask("scope.totals", { scope: view.scope });
    await navigator.clipboard.writeText(
      `${citationOf(view, of, countedAs(view.scope), count(tuples))}\n${printLink(view, of)}\n`,
    );
    toast("Citation and link copied. Whoever has the case opens it with “Open link”.");
  } catch (thrown) {
    fail("The link could not be copied.", thrown);
  }
}
