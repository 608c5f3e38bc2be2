// The independent reader's addresses: canonical text by RFC 5952 from any valid spelling, null for anything else.

/** IPv4 as it is, IPv6 lower-case and shortest; IPv4-mapped as `::ffff:a.b.c.d`. */
export function canonicalIp(text: string): string | null {
  if (!text.includes(":")) return quad(text) === null ? null : text;
  const groups = sixteens(text);
  if (groups === null) return null;
  if (groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff) {
    const [high, low] = [groups[6]!, groups[7]!];
    return `::ffff:${high >> 8}.${high & 255}.${low >> 8}.${low & 255}`;
  }
  const run = longestZeros(groups);
  const hex = groups.map((group) => group.toString(16));
  if (run === null) return hex.join(":");
  return `${hex.slice(0, run.start).join(":")}::${hex.slice(run.start + run.length).join(":")}`;
}

/** True when an address lies in `base/bits`; an IPv4-mapped address lies in no IPv4 block. */
export function inBlock(ip: string, block: string): boolean {
  const [base, bits] = block.split("/") as [string, string];
  const [one, other] = [binary(ip), binary(base)];
  return one.length === other.length && one.slice(0, Number(bits)) === other.slice(0, Number(bits));
}

/** Addresses met before: the same ones come again and again. */
const met = new Map<string, string>();

function binary(ip: string): string {
  const known = met.get(ip) ?? bitsOf(ip);
  if (met.size < 100_000) met.set(ip, known);
  return known;
}

function bitsOf(ip: string): string {
  const four = quad(ip);
  if (four !== null) return four.map((byte) => byte.toString(2).padStart(8, "0")).join("");
  return (sixteens(ip) ?? []).map((group) => group.toString(2).padStart(16, "0")).join("");
}

function quad(text: string): number[] | null {
  const parts = text.split(".");
  const fine = parts.length === 4 && parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256);
  return fine ? parts.map(Number) : null;
}

/** The eight 16-bit groups of an IPv6 address. */
function sixteens(text: string): number[] | null {
  const last = text.slice(text.lastIndexOf(":") + 1);
  const four = quad(last);
  if (last.includes(".") && four === null) return null;
  const words =
    four === null
      ? text
      : text.slice(0, -last.length) +
        [four[0]! * 256 + four[1]!, four[2]! * 256 + four[3]!].map((word) => word.toString(16)).join(":");
  const halves = words.split("::");
  if (halves.length > 2) return null;
  const [head, tail] = halves.map((half) => (half === "" ? [] : half.split(":")));
  if ([...head!, ...(tail ?? [])].some((group) => !/^[0-9a-fA-F]{1,4}$/.test(group))) return null;
  const missing = 8 - head!.length - (tail ?? []).length;
  if (tail === undefined ? missing !== 0 : missing < 1) return null;
  const zeros = Array.from({ length: missing }, () => "0");
  return [...head!, ...zeros, ...(tail ?? [])].map((group) => Number.parseInt(group, 16));
}

function longestZeros(groups: readonly number[]): { start: number; length: number } | null {
  let best: { start: number; length: number } | null = null;
  for (let start = 0; start < 8; start += 1) {
    let length = 0;
    while (start + length < 8 && groups[start + length] === 0) length += 1;
    if (length > 1 && (best === null || length > best.length)) best = { start, length };
  }
  return best;
}
