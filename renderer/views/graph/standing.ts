// Where an address stands: in which box, in which box of that, and with what it is folded when room is short.

import type { HandGroup } from "../../model/graph-look.ts";
import type { Grouping } from "../../model/view.ts";

/** What is known of an address; pinned ones (selected, noted, with a status) are never folded. */
export type Host = {
  readonly nic: boolean;
  readonly name: string;
  readonly isPublic: boolean;
  readonly country: string | null;
  readonly countryName: string | null;
  readonly asn: string | null;
  readonly tag: string | null;
  readonly network: string | null;
  readonly subnet: string | null;
  readonly pinned: boolean;
};

/** Ids are paths: `zone`, `zone/inner`. `fold`: null where it is folded with no others. */
export type Standing = {
  readonly zone: string;
  readonly zoneTitle: string;
  readonly inner: string | null;
  readonly innerTitle: string;
  readonly fold: string | null;
  readonly foldTitle: string;
};

export const INTERNET = "Internet";
const INSIDE = "Inside";
const OTHERS = "Other addresses";
const BY_HAND = "by hand";

export function standingOf(host: Host, grouping: Grouping, byHand: string | undefined): Standing {
  const fold = host.isPublic ? foldOf(host, grouping) : null;
  const of = (zone: string, zoneTitle: string, innerTitle: string | null): Standing => ({
    zone,
    zoneTitle,
    inner: innerTitle === null ? null : `${zone}/${innerTitle}`,
    innerTitle: innerTitle ?? "",
    fold: fold === null ? null : `${zone}/${fold[0]}`,
    foldTitle: fold?.[1] ?? "",
  });
  if (byHand !== undefined) return of(`${BY_HAND}/${byHand}`, byHand, null);
  if (grouping === "none") return of("", "", null);
  if (host.isPublic) return of(INTERNET, INTERNET, null);
  if (grouping === "country") return of(INSIDE, INSIDE, null);
  if (host.network === null) return of(OTHERS, OTHERS, null);
  return of(host.network, host.network, host.subnet);
}

/** Boxes from left to right. */
export function orderOf(zone: string): number {
  if (zone === INTERNET) return 0;
  if (zone.startsWith(`${BY_HAND}/`)) return 1;
  return zone === OTHERS ? 3 : 2;
}

/** By member; of several groups the last made. */
export function handGroupsOf(groups: readonly HandGroup[]): ReadonlyMap<string, string> {
  return new Map(groups.flatMap(({ name, members }) => members.map((ip) => [ip, name] as const)));
}

/** Where nothing is known by AS or tag, the country says more than "unknown". */
function foldOf({ country, countryName, asn, tag }: Host, grouping: Grouping): readonly [string, string] | null {
  if (grouping === "as" && asn !== null) return [`AS${asn}`, `AS${asn}`];
  if (grouping === "tag" && tag !== null) return [tag, tag];
  return country === null ? null : [country, countryName ?? country];
}
