// A section of a page that one command writes and all others leave alone: from its heading to the end of the page.

const HEADING = "## Questions";

/** The page with `section` (without its heading) as its last; null keeps the one that `before` has. */
export function withQuestions(page: string, section: string | null, before: string): string {
  const own = section === null ? questionsOf(before) : `${HEADING}\n\n${section.trimEnd()}\n`;
  return own === null ? page : `${withoutQuestions(page).trimEnd()}\n\n${own}`;
}

function questionsOf(page: string): string | null {
  const at = page.indexOf(HEADING);
  return at === -1 ? null : page.slice(at);
}

function withoutQuestions(page: string): string {
  const at = page.indexOf(HEADING);
  return at === -1 ? page : page.slice(0, at);
}
