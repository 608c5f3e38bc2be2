// A record's original text laid out in lines, each keeping the byte where it begins. Nothing is parsed into values and printed anew:
// every character but white space between tokens is the original's.

export type Line = {
  /** Bytes from the start of the text. */
  readonly offset: number;
  /** Bytes up to the end of the line's last token. */
  readonly end: number;
  readonly depth: number;
  readonly text: string;
  /** A string element of an array: a tuple, in a flow log. */
  readonly element: boolean;
};

/** Works on any text: where it is no JSON, lines are simply longer. */
export function indented(text: string): readonly Line[] {
  const byteAt = byteOffsets(text);
  const lines: Line[] = [];
  const open: string[] = [];
  let from = -1;
  let end = 0;
  let depth = 0;
  let line = "";
  const close = (): void => {
    if (line !== "") {
      const element = open.at(-1) === "[" && line.startsWith('"');
      lines.push({ offset: byteAt(from), end: byteAt(end), depth, text: line, element });
    }
    line = "";
    from = -1;
  };
  const put = (at: number, token: string): void => {
    if (from === -1) {
      from = at;
      depth = open.length;
    }
    line += token;
    end = at + token.length;
  };
  for (let at = 0; at < text.length; ) {
    const char = text[at] as string;
    if (/\s/.test(char)) at += 1;
    else if (char === "{" || char === "[") {
      put(at, char);
      at += 1;
      const next = /^\s*/.exec(text.slice(at, at + 64))?.[0].length ?? 0;
      if (text[at + next] === "}" || text[at + next] === "]") {
        put(at + next, text[at + next] as string);
        at += next + 1;
      } else {
        close();
        open.push(char);
      }
    } else if (char === "}" || char === "]") {
      close();
      open.pop();
      put(at, char);
      at += 1;
    } else if (char === ",") {
      put(at, char);
      at += 1;
      close();
    } else if (char === ":") {
      put(at, ": ");
      end = at + 1;
      at += 1;
    } else {
      const token = char === '"' ? stringFrom(text, at) : /^[^\s,:{}[\]"]+/.exec(text.slice(at, at + 400))?.[0] || char;
      put(at, token);
      at += token.length;
    }
  }
  close();
  return lines;
}

function stringFrom(text: string, at: number): string {
  for (let i = at + 1; i < text.length; i++) {
    if (text[i] === "\\") i += 1;
    else if (text[i] === '"') return text.slice(at, i + 1);
  }
  return text.slice(at);
}

/** UTF-16 index to bytes of UTF-8. */
function byteOffsets(text: string): (index: number) => number {
  if (!/[^\t-~]/.test(text)) return (index) => index;
  const before = new Uint32Array(text.length + 1);
  let bytes = 0;
  for (let i = 0; i < text.length; i++) {
    before[i] = bytes;
    const code = text.charCodeAt(i);
    const low = code >= 0xdc00 && code <= 0xdfff;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : low ? 1 : code >= 0xd800 && code <= 0xdbff ? 3 : 3;
  }
  before[text.length] = bytes;
  return (index) => before[index] ?? bytes;
}

/** A stretch of elements not shown. */
export type Fold = { readonly folded: number; readonly key: number };

const AROUND = 4;

/** Long runs of elements are folded, but for some round the marked one, or the first. */
export function folded(lines: readonly Line[], marked: number): readonly (Line | Fold)[] {
  const shown: (Line | Fold)[] = [];
  for (let i = 0; i < lines.length; ) {
    const line = lines[i] as Line;
    if (!line.element) {
      shown.push(line);
      i += 1;
      continue;
    }
    let to = i;
    while (lines[to]?.element) to += 1;
    const middle = marked >= i && marked < to ? marked : i;
    const first = Math.max(i, middle - AROUND);
    const last = Math.min(to, middle + AROUND + 1);
    if (first - i > 1) shown.push({ folded: first - i, key: i });
    else shown.push(...lines.slice(i, first));
    shown.push(...lines.slice(first, last));
    if (to - last > 1) shown.push({ folded: to - last, key: last });
    else shown.push(...lines.slice(last, to));
    i = to;
  }
  return shown;
}
