// IP addresses: text ↔ bytes, canonical print (RFC 5952), blocks (CIDR). Strict: no leading zeros, no zones, no short forms,
// because `010.0.0.1` is 8.0.0.1 to some readers. IPv4-mapped addresses stay IPv6 and match no IPv4 block.

/** 4 or 16 bytes, network order. */
export type IpBytes = Uint8Array;

/** Null when the text is not an address. */
export function parseIp(text: string): IpBytes | null {
  if (text.includes(":")) return parseIpv6(text);
  const value = parseIpv4(text);
  return value === -1 ? null : Uint8Array.of(value >>> 24, value >>> 16, value >>> 8, value);
}

/** An IPv4 address as an unsigned 32-bit integer; -1 when the text is not one. */
export function parseIpv4(text: string): number {
  let value = 0;
  let dots = 0;
  let octet = -1; // none yet
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === 46) {
      if (octet === -1 || ++dots > 3) return -1;
      value = value * 256 + octet;
      octet = -1;
    } else {
      if (c < 48 || c > 57 || octet === 0) return -1; // a zero stands alone
      octet = octet === -1 ? c - 48 : octet * 10 + c - 48;
      if (octet > 255) return -1;
    }
  }
  return octet === -1 || dots !== 3 ? -1 : value * 256 + octet;
}

function parseIpv6(text: string): IpBytes | null {
  const halves = text.split("::");
  if (halves.length > 2) return null;
  const head = groups(halves[0] ?? "", halves.length === 1);
  const tail = halves.length === 2 ? groups(halves[1] ?? "", true) : [];
  if (!head || !tail) return null;
  const missing = 8 - head.length - tail.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return null;
  const all = [...head, ...new Array<number>(missing).fill(0), ...tail];
  const bytes = new Uint8Array(16);
  all.forEach((group, i) => {
    bytes[2 * i] = group >> 8;
    bytes[2 * i + 1] = group & 255;
  });
  return bytes;
}

/** 16-bit groups of a colon-separated part; the last may be dotted IPv4 where `dotted` says so. */
function groups(text: string, dotted: boolean): number[] | null {
  if (text === "") return [];
  const parts = text.split(":");
  const out: number[] = [];
  for (const [i, part] of parts.entries()) {
    if (dotted && i === parts.length - 1 && part.includes(".")) {
      const v4 = parseIpv4(part);
      if (v4 === -1) return null;
      out.push(v4 >>> 16, v4 & 0xffff);
    } else {
      if (!/^[0-9a-fA-F]{1,4}$/.test(part)) return null;
      out.push(Number.parseInt(part, 16));
    }
  }
  return out;
}

export function printIpv4(value: number): string {
  return `${value >>> 24}.${(value >>> 16) & 255}.${(value >>> 8) & 255}.${value & 255}`;
}

/** Canonical text of 4 or 16 bytes: RFC 5952, IPv4-mapped as `::ffff:a.b.c.d`. */
export function printIp(bytes: IpBytes): string {
  if (bytes.length === 4) return bytes.join(".");
  const group: number[] = [];
  for (let i = 0; i < 16; i += 2) group.push(((bytes[i] ?? 0) << 8) | (bytes[i + 1] ?? 0));
  if (group.slice(0, 5).every((g) => g === 0) && group[5] === 0xffff) return `::ffff:${bytes.subarray(12).join(".")}`;
  let start = -1;
  let length = 1; // a single zero group is not shortened
  for (let i = 0; i < 8; i++) {
    let run = 0;
    while (i + run < 8 && group[i + run] === 0) run++;
    if (run > length) [start, length] = [i, run];
    if (run > 0) i += run - 1;
  }
  const hex = group.map((g) => g.toString(16));
  if (start === -1) return hex.join(":");
  return `${hex.slice(0, start).join(":")}::${hex.slice(start + length).join(":")}`;
}

/** A block of addresses: the first `prefix` bits of `bytes` are fixed. */
export type Block = { readonly bytes: IpBytes; readonly prefix: number };

/** `10.0.0.0/8`, `2001:db8::/32` or a single address. Bits beyond the prefix are ignored. Null when it is none of these. */
export function parseBlock(text: string): Block | null {
  const slash = text.indexOf("/");
  const bytes = parseIp(slash === -1 ? text : text.slice(0, slash));
  if (!bytes) return null;
  const bits = bytes.length * 8;
  if (slash === -1) return { bytes, prefix: bits };
  const prefixText = text.slice(slash + 1);
  if (!/^\d{1,3}$/.test(prefixText) || Number(prefixText) > bits) return null;
  return { bytes, prefix: Number(prefixText) };
}

export function inBlock(address: IpBytes, block: Block): boolean {
  if (address.length !== block.bytes.length) return false;
  const whole = block.prefix >> 3;
  for (let i = 0; i < whole; i++) if (address[i] !== block.bytes[i]) return false;
  const rest = block.prefix & 7;
  if (rest === 0) return true;
  const mask = (0xff << (8 - rest)) & 0xff;
  return ((address[whole] ?? 0) & mask) === ((block.bytes[whole] ?? 0) & mask);
}

/** Order of addresses everywhere: IPv4 before IPv6, each by value. */
export function compareIp(a: IpBytes, b: IpBytes): number {
  if (a.length !== b.length) return a.length - b.length;
  for (let i = 0; i < a.length; i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
