// The fields of the filter language (CLI contract): what each compares, and one line that says so.

/** `fact`: what is known of an address; of either end, like `ip`. `measure`: a condition on the row shown. */
export type FieldKind = "address" | "number" | "text" | "fact" | "service" | "measure";

export const fields = {
  ip: { kind: "address", says: "either address" },
  src: { kind: "address", says: "source address: who opened it" },
  dst: { kind: "address", says: "destination address: who answered" },
  port: { kind: "number", says: "either port" },
  sport: { kind: "number", says: "source port" },
  dport: { kind: "number", says: "destination port" },
  proto: { kind: "number", says: "protocol" },
  service: { kind: "service", says: "destination port and protocol, as 443/tcp" },
  dir: { kind: "text", says: "I inbound, O outbound" },
  state: { kind: "text", says: "B begin, C continue, E end, D deny" },
  decision: { kind: "text", says: "allow or deny" },
  enc: { kind: "text", says: "encryption" },
  nic: { kind: "text", says: "network interface that logged, by MAC" },
  acl: { kind: "text", says: "network security group or rule set" },
  rule: { kind: "text", says: "rule that decided" },
  flowlog: { kind: "text", says: "flow log resource" },
  country: { kind: "fact", says: "country of either address, as DE" },
  srccountry: { kind: "fact", says: "country of the source address" },
  dstcountry: { kind: "fact", says: "country of the destination address" },
  asn: { kind: "fact", says: "autonomous system of either address, by number" },
  tag: { kind: "fact", says: "tag of either address" },
  status: { kind: "fact", says: "what you say of either host: suspected, compromised, cleared" },
  bytes: { kind: "measure", says: "sent and received, of the row shown" },
  packets: { kind: "measure", says: "sent and received, of the row shown" },
} as const satisfies Readonly<Record<string, { readonly kind: FieldKind; readonly says: string }>>;

/** Protocols that have a name in filters, by IANA number. */
export const protocolNumbers: Readonly<Record<string, number>> = {
  icmp: 1,
  tcp: 6,
  udp: 17,
  esp: 50,
  ah: 51,
  icmpv6: 58,
};

export type FieldName = keyof typeof fields;
export type FieldOf<K extends FieldKind> = {
  [F in FieldName]: (typeof fields)[F]["kind"] extends K ? F : never;
}[FieldName];

export const fieldNames = Object.keys(fields) as FieldName[]; // keys of a literal: exactly FieldName

export function isField(name: string): name is FieldName {
  return Object.hasOwn(fields, name);
}

/** The field that a wrong name most likely means; null where none is near. */
export function nearestField(name: string): FieldName | null {
  let nearest: FieldName | null = null;
  let least = name.length <= 3 ? 2 : 3; // so many changes make it another word
  for (const field of fieldNames) {
    const changes = distance(name.slice(0, 16), field);
    if (changes < least) [nearest, least] = [field, changes];
  }
  return nearest;
}

/** Levenshtein: letters put in, left out or changed. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next.push(
        Math.min(
          (row[j] as number) + 1,
          (next[j - 1] as number) + 1,
          (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1),
        ),
      );
    row = next;
  }
  return row[b.length] as number;
}
