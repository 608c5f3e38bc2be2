// Where a tuple stands in the original text of its record. Tuples are counted as they were when the record was read: every element
// of every `flowTuples` list, whatever it is, in file order, in the lists that lead to tuples and in no others.
//
//   {"flowRecords":{"flows":[{"flowGroups":[{"flowTuples":["0","1"]},{"flowTuples":["2"]}]}]}}

/** Bytes within the record, quotes included. */
export type Mark = { readonly offset: number; readonly length: number };

/** Nesting of a record that was read is less; a text beyond that is none of ours. */
const DEPTH = 80;

type Walk = {
  readonly bytes: Buffer;
  at: number;
  depth: number;
  /** Tuples to pass before the one wanted. */
  left: number;
  mark: Mark | null;
};

/** What the text is not: JSON. Thrown inside the walk only. */
class Unreadable extends Error {}

/** Null where the record has no such tuple, or is not to be read. */
export function markTuple(record: Uint8Array, tuple: number): Mark | null {
  const bytes = Buffer.from(record.buffer, record.byteOffset, record.byteLength);
  const walk: Walk = { bytes, at: 0, depth: 0, left: tuple, mark: null };
  try {
    if (next(walk) !== BRACE) return null;
    eachKey(walk, (key) => {
      if (key === "flowRecords" || key === "properties") return walkScope(walk);
      return key === "flowTuples" ? walkTuples(walk) : walkValue(walk);
    });
  } catch (thrown) {
    if (!(thrown instanceof Unreadable)) throw thrown;
  }
  return walk.mark;
}

const BRACE = 123;
const BRACKET = 91;
const QUOTE = 34;

/** An object or a list of objects that may lead to tuples. */
function walkScope(walk: Walk): void {
  const c = next(walk);
  if (c === BRACKET) return eachElement(walk, () => walkScope(walk));
  if (c !== BRACE) return walkValue(walk);
  eachKey(walk, (key) => {
    if (key === "flowTuples") return walkTuples(walk);
    return key === "flows" || key === "flowGroups" || key === "flowRecords" ? walkScope(walk) : walkValue(walk);
  });
}

function walkTuples(walk: Walk): void {
  if (next(walk) !== BRACKET) return walkValue(walk); // not a list: no element of it is counted
  eachElement(walk, () => {
    const from = walk.at;
    walkValue(walk);
    if (walk.left-- === 0) walk.mark = { offset: from, length: walk.at - from };
  });
}

/** The byte at `at` after white space. */
function next(walk: Walk): number {
  const { bytes } = walk;
  while (walk.at < bytes.length) {
    const c = bytes[walk.at] as number;
    if (c !== 32 && c !== 10 && c !== 13 && c !== 9) return c;
    walk.at++;
  }
  throw new Unreadable("the record ends early");
}

/** At an object's brace; `onKey` walks the value. Stops early when the mark is found. A comma before the end is passed over. */
function eachKey(walk: Walk, onKey: (key: string) => void): void {
  enter(walk);
  for (;;) {
    const c = next(walk);
    if (c === 44) walk.at++;
    else if (c === 125) break;
    else if (c !== QUOTE) throw new Unreadable("a key is expected");
    else {
      const key = keyAt(walk);
      if (next(walk) !== 58) throw new Unreadable("a colon is expected");
      walk.at++;
      next(walk);
      onKey(key);
      if (walk.mark) return;
    }
  }
  leave(walk);
}

function eachElement(walk: Walk, onElement: () => void): void {
  enter(walk);
  for (;;) {
    const c = next(walk);
    if (c === 44) walk.at++;
    else if (c === 93) break;
    else {
      onElement();
      if (walk.mark) return;
    }
  }
  leave(walk);
}

function enter(walk: Walk): void {
  walk.at++;
  if (++walk.depth > DEPTH) throw new Unreadable("nested too deep");
}

function leave(walk: Walk): void {
  walk.at++;
  walk.depth--;
}

/** A key may be written with escapes. */
function keyAt(walk: Walk): string {
  const from = walk.at;
  passString(walk);
  const text = walk.bytes.toString("utf8", from, walk.at);
  if (!text.includes("\\")) return text.slice(1, -1);
  try {
    return String(JSON.parse(text));
  } catch {
    return ""; // an escape that does not exist: no key of ours
  }
}

function passString(walk: Walk): void {
  const { bytes } = walk;
  for (let at = walk.at + 1; at < bytes.length; at++) {
    const c = bytes[at];
    if (c === 92) at++;
    else if (c === QUOTE) {
      walk.at = at + 1;
      return;
    }
  }
  throw new Unreadable("a string does not end");
}

function walkValue(walk: Walk): void {
  const c = next(walk);
  if (c === QUOTE) return passString(walk);
  if (c === BRACE) return eachKey(walk, () => walkValue(walk));
  if (c === BRACKET) return eachElement(walk, () => walkValue(walk));
  const { bytes } = walk;
  const from = walk.at;
  for (; walk.at < bytes.length; walk.at++) {
    const s = bytes[walk.at] as number;
    if (s === 44 || s === 93 || s === 125 || s <= 32) break;
  }
  if (walk.at === from) throw new Unreadable("a value is expected");
}
