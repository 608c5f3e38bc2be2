// Names that a page sends for files it uploads. They are hostile until taken: only what stays below the spool on every system does.

import { AppError } from "../../shared/failure.ts";

const NAME_BYTES = 255;
const PATH_BYTES = 4096;

/** Names that Windows keeps for devices, with any ending. */
const DEVICE = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(\.|$)/i;

/** The names of a relative path as it stands in a request: each percent-encoded, with `/` between. Throws bad-request. */
export function uploadNames(encoded: string): readonly string[] {
  const names = encoded.split("/").map(decoded);
  for (const name of names) {
    const why = refusal(name);
    if (why !== null) throw new AppError("bad-request", `A file cannot be received under "${shown(names)}": ${why}.`);
  }
  if (Buffer.byteLength(names.join("/")) > PATH_BYTES)
    throw new AppError("bad-request", `A file cannot be received under a path longer than ${PATH_BYTES} bytes.`);
  return names;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw new AppError("bad-request", "A file cannot be received: its name is not percent-encoded UTF-8.");
  }
}

function refusal(name: string): string | null {
  if (name === "") return "a name in it is empty";
  if (name === "." || name === "..") return "it leads elsewhere";
  if (/[/\\:]/.test(name)) return "a name in it holds a slash or a colon";
  if (/\p{Cc}/u.test(name)) return "a name in it holds a control character";
  if (/[. ]$/.test(name)) return "a name in it ends with a dot or a space";
  if (DEVICE.test(name)) return "a name in it is one that Windows keeps for a device";
  if (Buffer.byteLength(name) > NAME_BYTES) return `a name in it is longer than ${NAME_BYTES} bytes`;
  return null;
}

function shown(names: readonly string[]): string {
  const text = names.join("/").replace(/\p{Cc}/gu, "·");
  return text.length > 120 ? `${text.slice(0, 120)}…` : text;
}
