// How the name of an entry is shown. Names are never a path on disk: they are text from a stranger.

import { isUtf8 } from "node:buffer";
import { NAME_BYTES } from "./limits.ts";

/** The upper half of code page 437, which zip archives without a better word use. */
const CP437 =
  "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0";

/** Control characters, and those that turn the direction of what follows them. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

export function textOf(bytes: Buffer): string {
  if (isUtf8(bytes)) return bytes.toString("utf8");
  return Array.from(bytes, (byte) => (byte < 128 ? String.fromCharCode(byte) : CP437[byte - 128])).join("");
}

/** With `/` between steps and no `./` before the first; what cannot be seen is written `\u001b`. */
export function shownName(name: string): string {
  const slashed = name.replaceAll("\\", "/").replace(/^(\.\/+)+(?=.)/, "");
  return shownFileName(slashed);
}

/** Of a file on disk: as it is, but for what cannot be seen. */
export function shownFileName(name: string): string {
  return name.replace(UNSEEN, escaped);
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

/** The beginning of a name that is too long, for showing. */
export function cutName(bytes: Buffer): string {
  return `${textOf(bytes.subarray(0, NAME_BYTES)).replace(/\uFFFD+$/, "")}…`;
}

/**
 * Paths in their order, where several may be alike: the second of a name is shown as `name#2`, the third as `name#3`, so that each
 * leads to its own bytes. Returns the paths as given where all differ.
 */
export function toldApart(paths: readonly string[]): readonly string[] {
  const taken = new Set(paths);
  if (taken.size === paths.length) return paths;
  const seen = new Map<string, number>();
  return paths.map((path) => {
    let nth = (seen.get(path) ?? 0) + 1;
    let told = path;
    if (nth > 1) for (told = `${path}#${nth}`; taken.has(told); told = `${path}#${nth}`) nth++;
    seen.set(path, nth);
    taken.add(told);
    return told;
  });
}
