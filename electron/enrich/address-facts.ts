// What is known of addresses without asking anyone: whether they are private or public, the country a registry gives, and what else is
// known of them to whoever asks.

import { isPrivate } from "../../shared/address-class.ts";
import type { AddressFacts, Result } from "../../shared/contract.ts";
import { AppError } from "../../shared/failure.ts";
import { parseIp } from "../../shared/ip.ts";
import type { Countries } from "./countries.ts";

let names: Intl.DisplayNames | null = null; // made when first asked for: it takes 25 ms

function nameOf(country: string): string | null {
  names ??= new Intl.DisplayNames(["en"], { type: "region", fallback: "none" });
  return names.of(country) ?? null;
}

const unknown = (): null => null;
type Known = { readonly [F in "asn" | "tag"]: (ip: string) => string | null };

export function addressFacts(
  countries: Countries,
  ips: readonly string[],
  known: Known = { asn: unknown, tag: unknown },
): Result<"address.facts"> {
  const addresses = ips.map((ip): AddressFacts => {
    const bytes = parseIp(ip);
    if (bytes === null) throw new AppError("bad-request", `"${ip}" is not an IP address.`);
    const country = countries.of(ip);
    return {
      ip,
      class: isPrivate(bytes) ? "private" : "public",
      country,
      countryName: country === null ? null : nameOf(country),
      asn: known.asn(ip),
      tag: known.tag(ip),
    };
  });
  const source = countries.source();
  if (source) return { source, addresses };
  return { source, addresses: addresses.map((each) => ({ ...each, country: null, countryName: null })) };
}
