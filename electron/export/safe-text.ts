// Texts of evidence where they could do harm: names of files, and cells that a spreadsheet would take for formulas.

/** Longest name made of evidence, without number and ending. */
const LONGEST = 100;

/**
 * A name any file system takes, of ASCII letters, digits and `.` `_` `=` `-`; all else is percent-escaped (UTF-8). Of a long name
 * the end stays, for it says most: the hour and the NIC.
 */
export function safeName(text: string): string {
  const escaped = Array.from(Buffer.from(text, "utf8"), (byte) => {
    const character = String.fromCharCode(byte);
    return /[A-Za-z0-9._=-]/.test(character) ? character : `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
  });
  let length = 0;
  const kept: string[] = [];
  for (const piece of escaped.reverse()) {
    length += piece.length;
    if (length > LONGEST) break;
    kept.push(piece);
  }
  return kept.reverse().join("");
}

/** A line of CSV (RFC 4180). A cell that begins like a formula gets a `'` before it. */
export function csvLine(cells: readonly (string | number | null)[]): string {
  return `${cells.map(csvCell).join(",")}\r\n`;
}

function csvCell(value: string | number | null): string {
  if (value === null) return "";
  const text = typeof value === "string" && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
