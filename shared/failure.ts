// Failures as data: what may go wrong, told apart by who can act on it (ARCHITECTURE.md, "Failures").
// Only {kind, message} crosses a wire; a message states facts in one sentence, a view adds advice.

export const failureKinds = [
  "bad-request", // the question is wrong: bad option, bad filter, bad parameters
  "not-found", // the file or thing named is not there
  "unsupported", // understood, but not something this program does
  "busy", // in use by another process, or already doing it
  "cancelled", // the investigator stopped it
  "interrupted", // the process that was answering ended; it has been started again on the same case
  "case-damaged", // not a case file, or one whose content does not hold together
  "case-from-future", // written by a newer version
  "evidence-changed", // the bytes are not those that were hashed
  "disk-full", // no room to write
  "bug", // anything else: a mistake in the program
] as const;

export type FailureKind = (typeof failureKinds)[number];

export type Failure = { readonly kind: FailureKind; readonly message: string };

/** Null where a value from elsewhere is no failure. */
export function failureIn(value: unknown): Failure | null {
  if (typeof value !== "object" || value === null || !("kind" in value && "message" in value)) return null;
  const kind = failureKinds.find((known) => known === value.kind);
  return kind !== undefined && typeof value.message === "string" ? { kind, message: value.message } : null;
}

/** The only error thrown on purpose. */
export class AppError extends Error {
  readonly kind: FailureKind;
  constructor(kind: FailureKind, message: string) {
    super(message);
    this.kind = kind;
  }
}

/** What crosses the wire for anything that was thrown. */
export function failureOf(thrown: unknown): Failure {
  if (thrown instanceof AppError) return { kind: thrown.kind, message: thrown.message };
  if (thrown instanceof Error) return { kind: "bug", message: `${thrown.name}: ${thrown.message}` };
  return { kind: "bug", message: String(thrown) };
}

/** Ends a code path that cannot be reached; a bug if it is. */
export function assert(condition: boolean, sentence: string): asserts condition {
  if (!condition) throw new Error(sentence);
}

/** Closes a switch over a union: a member added later is a type error here. */
export function never(value: never): never {
  throw new Error(`unexpected value: ${String(value)}`);
}
