// What a page can be about: a host, a NIC, a rule, a conversation or a country. Part of the address, so anyone can have written it.

export type Subject =
  | { readonly kind: "host"; readonly ip: string }
  | { readonly kind: "nic"; readonly nic: string }
  /** `rule` null: tuples whose log names none. */
  | { readonly kind: "rule"; readonly rule: string | null; readonly acl: string | null }
  | { readonly kind: "conversation"; readonly filter: string; readonly title: string }
  /** ISO 3166-1 alpha-2. */
  | { readonly kind: "country"; readonly country: string };

/** Out of the address: null where it is not right. */
export function subjectIn(value: Readonly<Record<string, unknown>>): Subject | null {
  const { kind, ip, nic, rule, acl, filter, title, country } = value;
  const is = (field: unknown): field is string => typeof field === "string";
  if (kind === "host" && is(ip)) return { kind, ip };
  if (kind === "nic" && is(nic)) return { kind, nic };
  if (kind === "rule" && (is(rule) || rule === null)) return { kind, rule, acl: is(acl) ? acl : null };
  if (kind === "conversation" && is(filter) && is(title)) return { kind, filter, title };
  if (kind === "country" && is(country)) return { kind, country };
  return null;
}
