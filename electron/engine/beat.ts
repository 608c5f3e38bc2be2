// A sign of life that a process of the engine gives, twice a second, with what it has in memory.

export type Beat = { readonly beat: { readonly residentBytes: number } };

/** Resident bytes, where a message is a beat. */
export function beatOf(message: unknown): number | null {
  if (typeof message !== "object" || message === null || !("beat" in message)) return null;
  const { beat } = message;
  if (typeof beat !== "object" || beat === null || !("residentBytes" in beat)) return null;
  return typeof beat.residentBytes === "number" ? beat.residentBytes : null;
}
