// Countries of public addresses, from the database that comes with the program. Opened when first asked; one that is missing or
// damaged knows nothing and throws nothing. Read whole into memory, 8 MB; no file is watched and nothing is fetched.

import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { Reader, type Response } from "maxmind";
import { isPrivate } from "../../shared/address-class.ts";
import type { Ms } from "../../shared/flow.ts";
import { parseIp } from "../../shared/ip.ts";

/** IPv4 and IPv6 in one: asked for an IPv6 address, the file for IPv4 alone gives the country of its first four bytes. */
const FILE = "geo-whois-asn-country.mmdb";
const PACKAGE = "@ip-location-db/geo-whois-asn-country-mmdb";

/** Attribution as the data's licence (CC BY 4.0) asks for it. */
const NAME = "geo-whois-asn-country (NRO registries, nro.net, CC BY 4.0; approximate)";

export type Countries = {
  /** Null while there is no database that can be read. */
  source(): { readonly name: string; readonly builtTime: Ms } | null;
  /** ISO 3166-1 alpha-2; null where the database has none, or the address is not public. */
  of(ip: string): string | null;
};

/** In a packaged program the file lies among its resources, else in its package. */
function bundled(): string {
  const resources = (process as { resourcesPath?: string }).resourcesPath; // Electron's; Node has none
  if (resources !== undefined && existsSync(join(resources, FILE))) return join(resources, FILE);
  return createRequire(import.meta.url).resolve(`${PACKAGE}/${FILE}`);
}

export function openCountries(path: () => string = bundled): Countries {
  let reader: Reader<Response> | null | undefined; // undefined: not asked yet

  function opened(): Reader<Response> | null {
    if (reader === undefined) reader = readDatabase(path);
    return reader;
  }

  return {
    source() {
      const found = opened();
      return found && { name: NAME, builtTime: found.metadata.buildEpoch.getTime() };
    },
    of(ip) {
      const bytes = parseIp(ip);
      if (bytes === null || isPrivate(bytes)) return null;
      const found = opened();
      if (!found) return null;
      try {
        return codeIn(found.get(ip));
      } catch {
        reader = null; // damaged inside: nothing it says counts any more
        return null;
      }
    },
  };
}

/** Null where it is not a whole database of this form. */
function readDatabase(path: () => string): Reader<Response> | null {
  try {
    const bytes = readFileSync(path());
    const reader = new Reader<Response>(bytes);
    const { binaryFormatMajorVersion, ipVersion, searchTreeSize, nodeCount, buildEpoch } = reader.metadata;
    const isWhole = nodeCount > 0 && searchTreeSize > 0 && searchTreeSize + 16 < bytes.length;
    const isKnown = binaryFormatMajorVersion === 2 && ipVersion === 6 && Number.isSafeInteger(buildEpoch.getTime());
    return isWhole && isKnown ? reader : null;
  } catch {
    return null; // what kind of damage it is makes no difference to anybody who asks for a country
  }
}

function codeIn(found: Response | null): string | null {
  const code = (found as { country_code?: unknown } | null)?.country_code; // a database is data: its form is checked here
  return typeof code === "string" && /^[A-Z]{2}$/.test(code) && code !== "ZZ" ? code : null;
}
