// What a subject's page shows: how it is called, how the filter language says it, and the lists of what it had to do with.

import type { Groupable } from "../../shared/rows.ts";
import { term } from "./filter-edit.ts";
import type { Subject } from "./subject.ts";
import { bothOf, quoted, type Selection } from "./view.ts";

export const subjectKinds: Readonly<Record<Subject["kind"], string>> = {
  host: "Host",
  nic: "NIC",
  rule: "Rule",
  conversation: "Conversation",
  country: "Country",
};

export function subjectTitle(subject: Subject): string {
  switch (subject.kind) {
    case "host":
      return subject.ip;
    case "nic":
      return subject.nic;
    case "rule":
      return subject.rule ?? "no rule logged";
    case "conversation":
      return subject.title;
    case "country":
      return subject.country;
  }
}

/** Every tuple that the page counts, and no other. */
export function subjectFilter(subject: Subject): string {
  switch (subject.kind) {
    case "host":
      return `ip == ${subject.ip}`;
    case "nic":
      return `nic == ${quoted(subject.nic)}`;
    case "rule":
      return bothOf(term("rule", subject.rule) ?? "", subject.acl === null ? "" : `acl == ${quoted(subject.acl)}`);
    case "conversation":
      return subject.filter;
    case "country":
      return `country == ${quoted(subject.country)}`;
  }
}

/** Groups of a subject's tuples: those that `filter` leaves, by `group`, most tuples first. */
export type TopList = {
  readonly title: string;
  readonly filter: string;
  readonly group: readonly Groupable[];
  /** What one row is, for the count beside the title. */
  readonly one: string;
};

/** Two columns of lists; the first of each is what one looks for first. */
export function listsOf(subject: Subject): readonly [readonly TopList[], readonly TopList[]] {
  const all = subjectFilter(subject);
  const list = (title: string, one: string, group: readonly Groupable[], filter = all): TopList => ({
    title,
    one,
    group,
    filter,
  });
  switch (subject.kind) {
    case "host": {
      const [from, to] = [`src == ${subject.ip}`, `dst == ${subject.ip}`];
      return [
        [list("Opened by this host", "peer", ["dstIp"], from), list("Services it used", "service", ["service"], from)],
        [list("Opened to this host", "peer", ["srcIp"], to), list("Services it served", "service", ["service"], to)],
      ];
    }
    case "nic": {
      const [out, inward] = [bothOf(all, "dir == O"), bothOf(all, "dir == I")];
      return [
        [list("Outbound", "peer", ["dstIp"], out), list("Services used", "service", ["service"], out)],
        [list("Inbound", "peer", ["srcIp"], inward), list("Services served", "service", ["service"], inward)],
      ];
    }
    case "rule":
      return [
        [list("Sources it judged", "source", ["srcIp"]), list("Services", "service", ["service"])],
        [list("Destinations it judged", "destination", ["dstIp"]), list("NICs it stands at", "NIC", ["nic"])],
      ];
    case "conversation":
      return [
        [list("Between", "pair", ["srcIp", "dstIp"]), list("Services", "service", ["service", "decision"])],
        [list("Seen by", "NIC", ["nic", "rule"])],
      ];
    case "country": {
      const [from, to] = [`srccountry == ${quoted(subject.country)}`, `dstcountry == ${quoted(subject.country)}`];
      return [
        [list("Opened to it", "pair", ["srcIp", "dstIp"], to), list("Services used there", "service", ["service"], to)],
        [
          list("Opened from it", "pair", ["srcIp", "dstIp"], from),
          list("Services it asked for", "service", ["service"], from),
        ],
      ];
    }
  }
}

/** What the page of a selection is about; null where it has none. */
export function subjectOfSelection(selection: Selection | null): Subject | null {
  switch (selection?.kind) {
    case "endpoint":
      return { kind: "host", ip: selection.ip };
    case "nic":
      return { kind: "nic", nic: selection.nic };
    case "conversation":
      return { kind: "conversation", filter: selection.filter, title: selection.title };
    case "edge":
      return {
        kind: "conversation",
        filter: `src == ${selection.src} and dst == ${selection.dst}`,
        title: `${selection.src} → ${selection.dst}`,
      };
    default:
      return null;
  }
}

/** What the page of a value is about, told by its term (`term` in filter-edit.ts); null where it has none. */
export function subjectOfTerm(made: string): Subject | null {
  const [, field = "", rest = ""] = /^(ip|src|dst|nic|rule|country|srccountry|dstcountry) == (.+)$/.exec(made) ?? [];
  const value = rest.startsWith('"') && rest.endsWith('"') ? rest.slice(1, -1).replace(/\\(.)/g, "$1") : rest;
  if (value === "" || / (and|or) /i.test(rest)) return null;
  if (field === "ip" || field === "src" || field === "dst") return { kind: "host", ip: value };
  if (field === "nic") return { kind: "nic", nic: value };
  if (field === "rule") return { kind: "rule", rule: value === "null" ? null : value, acl: null };
  return field === "" ? null : { kind: "country", country: value };
}

/** What a page shows selected where one goes from it to Explore. */
export function selectionOfSubject(subject: Subject): Selection {
  switch (subject.kind) {
    case "host":
      return { kind: "endpoint", ip: subject.ip };
    case "nic":
      return { kind: "nic", nic: subject.nic };
    default:
      return { kind: "several", filter: subjectFilter(subject), title: subjectTitle(subject) };
  }
}
