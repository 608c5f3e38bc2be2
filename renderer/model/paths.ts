// Paths as text, of this system or another: the page knows the host's paths only by what it is told. Pure.

/** "D:\logs\hub.zip" → "hub.zip". */
export function nameOf(path: string): string {
  return (
    path
      .replace(/[\\/]+$/, "")
      .split(separator(path))
      .at(-1) ?? ""
  );
}

/** The folder in which it lies; null where it lies in none. */
export function folderOf(path: string): string | null {
  const whole = path.replace(/(?<=[^:\\/])[\\/]+$/, "");
  const at = whole.lastIndexOf(separator(whole));
  if (at === -1 || at === whole.length - 1) return null;
  const folder = whole.slice(0, at);
  return folder === "" || /^[a-z]:$/i.test(folder) ? whole.slice(0, at + 1) : folder;
}

export function pathIn(folder: string, name: string): string {
  return /[\\/]$/.test(folder) ? `${folder}${name}` : `${folder}${separator(folder)}${name}`;
}

/** The name offered for a case made of this evidence. */
export function caseNameFor(evidence: string): string {
  const name = nameOf(evidence).replace(/(?<=.)\.(tar\.gz|tgz|zip|tar|json\.gz|json|gz)$/i, "");
  return caseFileName(name === "" ? "case" : name);
}

export function caseFileName(name: string): string {
  const trimmed = name.trim();
  return trimmed === "" || /\.tidemark$/i.test(trimmed) ? trimmed : `${trimmed}.tidemark`;
}

/** A backslash is a name's own character where paths begin with a slash. */
function separator(path: string): "/" | "\\" {
  return /^([a-z]:|\\\\)/i.test(path) && !/^[a-z]:\//i.test(path) ? "\\" : "/";
}
