// Pages of a host, NIC, rule, conversation or country: the address holds them, their filters are filters, and a value's term leads to
// its page.

import { expect, test } from "vitest";
import { isWhole, term } from "../../renderer/model/filter-edit.ts";
import type { Subject } from "../../renderer/model/subject.ts";
import {
  listsOf,
  selectionOfSubject,
  subjectFilter,
  subjectOfSelection,
  subjectOfTerm,
} from "../../renderer/model/subject-lists.ts";
import { FIRST_VIEW, parseView, printView } from "../../renderer/model/view.ts";

const subjects: readonly Subject[] = [
  { kind: "host", ip: "10.1.2.4" },
  { kind: "host", ip: "2001:db8::1" },
  { kind: "nic", nic: "0022484C3F06" },
  { kind: "rule", rule: 'UserRule_deny "all" and or', acl: null },
  { kind: "rule", rule: null, acl: "/subscriptions/a/networkSecurityGroups/b" },
  { kind: "conversation", filter: "src == 10.0.0.1 or dst == 10.0.0.2", title: "10.0.0.1 → 10.0.0.2" },
  { kind: "country", country: "AU" },
];

test.each(subjects.map((subject) => [JSON.stringify(subject), subject] as const))("%s", (_, subject) => {
  const view = { ...FIRST_VIEW, page: "subject" as const, subject };
  expect(parseView(printView(view)).subject).toEqual(subject);
  expect(isWhole(subjectFilter(subject))).toBe(true);
  for (const list of listsOf(subject).flat()) expect([list.filter, isWhole(list.filter)]).toEqual([list.filter, true]);
  expect(selectionOfSubject(subject)).toBeDefined();
});

test("an address that names nothing whole has no subject", () => {
  for (const text of ["{}", "[]", '{"kind":"host"}', '{"kind":"rule"}', '{"kind":"x","ip":"1.1.1.1"}', "nothing"])
    expect(parseView(`#/subject?subject=${encodeURIComponent(text)}`).subject).toBeNull();
});

test("a value's term leads to its page, and only there", () => {
  const pages: readonly (readonly [string, unknown, Subject])[] = [
    ["srcIp", "10.0.0.4", { kind: "host", ip: "10.0.0.4" }],
    ["nic", "0022484C3F06", { kind: "nic", nic: "0022484C3F06" }],
    ["rule", 'a "b" \\c', { kind: "rule", rule: 'a "b" \\c', acl: null }],
    ["rule", null, { kind: "rule", rule: null, acl: null }],
  ];
  for (const [field, value, subject] of pages) expect(subjectOfTerm(term(field, value) ?? "")).toEqual(subject);
  for (const other of ["dport == 443", "ip == 1.1.1.1 and dport == 1", "bytes > 1M", ""])
    expect(subjectOfTerm(other)).toBeNull();
});

test("what is selected has a page where it is one thing", () => {
  expect(subjectOfSelection({ kind: "endpoint", ip: "10.0.0.4" })).toEqual({ kind: "host", ip: "10.0.0.4" });
  expect(subjectOfSelection({ kind: "bar", from: 0, to: 1 })).toBeNull();
  expect(subjectOfSelection(null)).toBeNull();
});
