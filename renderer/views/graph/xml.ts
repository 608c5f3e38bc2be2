// Texts of evidence in XML: what has a meaning there is escaped, what XML 1.0 cannot hold at all is shown as its code point.

const MEANT: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
};

/** For text and for attributes. Lines and tabs stay what they are in an attribute, too. */
export function escaped(text: string): string {
  let out = "";
  for (const character of text) {
    const code = character.codePointAt(0) as number; // a string is walked by its characters
    if (MEANT[character] !== undefined) out += MEANT[character];
    else if (code === 9 || code === 10 || code === 13) out += `&#${code};`;
    else if (isForbidden(code)) out += `\\u{${code.toString(16)}}`;
    else out += character;
  }
  return out;
}

function isForbidden(code: number): boolean {
  return code < 32 || (code >= 0xd800 && code <= 0xdfff) || code === 0xfffe || code === 0xffff;
}
