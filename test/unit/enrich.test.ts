// Countries: known addresses have theirs, private ones none, and whatever is wrong with the database costs answers, never the program.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { addressFacts } from "../../electron/enrich/address-facts.ts";
import { openCountries } from "../../electron/enrich/countries.ts";
import { adversary } from "../../electron/sample/rules.ts";
import { randomFrom } from "../support/logs.ts";

const home = mkdtempSync(join(tmpdir(), "tidemark-enrich-"));
afterAll(() => rmSync(home, { recursive: true, force: true }));

const file = "@ip-location-db/geo-whois-asn-country-mmdb/geo-whois-asn-country.mmdb";
const whole = readFileSync(createRequire(import.meta.url).resolve(file));
const PUBLIC = ["8.8.8.8", "2001:4860:4860::8888", "198.51.100.23", "203.0.113.45", "192.0.2.146", "20.150.38.228"];
const PRIVATE = ["10.0.1.4", "168.63.129.16", "fe80::1", "255.255.255.255", "::1"];
/** No database of autonomous systems or service tags. */
const nothingMore = { asn: null, tag: null };

test("addresses have their class, and public ones the country of a registry with its English name", () => {
  const { source, addresses } = addressFacts(openCountries(), [...PUBLIC.slice(0, 2), ...PRIVATE]);
  expect(addresses).toEqual([
    { ip: "8.8.8.8", class: "public", country: "US", countryName: "United States", ...nothingMore },
    { ip: "2001:4860:4860::8888", class: "public", country: "US", countryName: "United States", ...nothingMore },
    ...PRIVATE.map((ip) => ({ ip, class: "private", country: null, countryName: null, ...nothingMore })),
  ]);
  expect(source?.name).toContain("approximate");
  expect(source?.builtTime).toBeGreaterThan(Date.UTC(2025, 0));
});

test("of the sample's adversary two addresses are registered in a country; none is made up for the third", () => {
  const { addresses } = addressFacts(openCountries(), Object.values(adversary));
  expect(addresses).toEqual([
    { ip: adversary.guesser, class: "public", country: "AU", countryName: "Australia", ...nothingMore },
    { ip: adversary.control, class: "public", country: "AU", countryName: "Australia", ...nothingMore },
    { ip: adversary.drop, class: "public", country: null, countryName: null, ...nothingMore },
  ]);
});

test("an IPv4 address inside IPv6 is an IPv6 address, and has no country of its own", () => {
  expect(addressFacts(openCountries(), ["::ffff:8.8.8.8"]).addresses[0]).toMatchObject({
    class: "public",
    country: null,
  });
});

test("what is no address is refused by name", () => {
  expect(() => addressFacts(openCountries(), ["10.0.0.4", "10.0.0"])).toThrow('"10.0.0" is not an IP address.');
});

const random = randomFrom(11);
function noisy(from: number, to: number, changes: number): Buffer {
  const bytes = Buffer.from(whole);
  for (let i = 0; i < changes; i++) bytes[from + Math.floor(random() * (to - from))] = Math.floor(random() * 256);
  return bytes;
}

describe("a database that is", () => {
  const damaged: [string, Buffer][] = [
    ["empty", Buffer.alloc(0)],
    ["something else", Buffer.from("<html>not found</html>")],
    ["cut off", whole.subarray(0, whole.length >> 1)],
    ["without its middle", Buffer.concat([whole.subarray(0, 1000), whole.subarray(-300)])],
    ["nothing but its end", whole.subarray(-200)],
  ];

  test.each(damaged)("%s answers with no source and no countries", (name, bytes) => {
    const path = join(home, `${name}.mmdb`);
    writeFileSync(path, bytes);
    const { source, addresses } = addressFacts(
      openCountries(() => path),
      PUBLIC,
    );
    expect([source, addresses.map(({ country }) => country)]).toEqual([null, PUBLIC.map(() => null)]);
  });

  test("not there answers so too", () => {
    const gone = (): string => {
      throw new Error("no such package");
    };
    for (const path of [(): string => join(home, "gone.mmdb"), gone])
      expect(addressFacts(openCountries(path), ["8.8.8.8"])).toMatchObject({
        source: null,
        addresses: [{ country: null }],
      });
  });

  test("changed anywhere throws nothing, and gives a country's code or none", () => {
    const ips = [...PUBLIC, "1.1.1.1", "200.1.2.3", "2a00:1450::1"];
    const tail = whole.length - 4000;
    for (const [from, to, changes] of [
      [0, tail, 200_000],
      [tail, whole.length, 40],
      [whole.length - 300, whole.length, 5],
    ] as const)
      for (let round = 0; round < 6; round++) {
        const path = join(home, "changed.mmdb");
        writeFileSync(path, noisy(from, to, changes));
        const { source, addresses } = addressFacts(
          openCountries(() => path),
          ips,
        );
        for (const { country } of addresses) expect(country ?? "XX").toMatch(/^[A-Z]{2}$/);
        if (source === null) expect(addresses.every(({ country }) => country === null)).toBe(true);
      }
  });
});
