// Which hosts the page lists, in which order, and where a note stands while it is written.

import { expect, test } from "vitest";
import { caseNotes, listHosts, notesOf } from "../../renderer/views/hosts/host-list.ts";
import { type Entry, fold, type Operation } from "../../shared/notebook.ts";

const scope = { from: null, to: null, filter: "" };
const note = (id: string, host: string | null, text: string): Operation => ({
  what: "note.text",
  id,
  host,
  scope,
  time: null,
  text,
});
const journal = (...operations: Operation[]) =>
  fold(operations.map((operation, i): Entry => ({ id: String(i), author: "a", time: i + 1, operation })));

const book = journal(
  { what: "host.status", host: "10.0.0.1", status: "cleared" },
  { what: "host.status", host: "10.0.0.2", status: "suspected" },
  { what: "host.status", host: "10.0.0.3", status: "compromised" },
  note("n1", "10.0.0.4", "Beacon every minute"),
  note("n2", "10.0.0.2", "Opened SMB"),
  note("n3", null, "Rule belongs to a ticket"),
  { what: "host.status", host: "10.0.0.5", status: "suspected" },
  note("n4", "10.0.0.2", "Opened it again"),
);
const name = (host: string): string => (host === "10.0.0.3" ? "vm-file" : "");
const everything = { text: "", status: null };

test("the gravest status comes first, then the latest change", () => {
  expect(listHosts(book, everything, name).map(({ host }) => host)).toEqual([
    "10.0.0.3",
    "10.0.0.2",
    "10.0.0.5",
    "10.0.0.1",
    "10.0.0.4",
  ]);
});

test("a host has its notes counted, and the time of the last word on it", () => {
  const [, second] = listHosts(book, everything, name);
  expect(second).toEqual({ host: "10.0.0.2", status: "suspected", notes: 2, changedTime: 8 });
});

test.each([
  ["beacon", null, ["10.0.0.4"]],
  ["VM-FILE", null, ["10.0.0.3"]],
  ["0.0.5", null, ["10.0.0.5"]],
  ["again", "suspected", ["10.0.0.2"]],
  ["again", "cleared", []],
  ["", "suspected", ["10.0.0.2", "10.0.0.5"]],
] as const)("text %j, status %j", (text, status, hosts) => {
  expect(listHosts(book, { text, status }, name).map(({ host }) => host)).toEqual(hosts);
});

test("notes on the case are found by their text alone", () => {
  expect(caseNotes(book, "ticket").map(({ id }) => id)).toEqual(["n3"]);
  expect(caseNotes(book, "beacon")).toEqual([]);
});

test("a note keeps its place when it is saved first, and when it is changed", () => {
  const begun = [{ id: "n9", host: "10.0.0.2", scope, time: null, text: "" }];
  const order = (saved: typeof book) => notesOf(saved.notes, begun, "10.0.0.2").map(({ draft }) => draft.id);
  const saved = [note("n2", "10.0.0.2", "a"), note("n4", "10.0.0.2", "b")];
  expect(order(journal(...saved))).toEqual(["n9", "n4", "n2"]);
  expect(order(journal(...saved, note("n9", "10.0.0.2", "c")))).toEqual(["n9", "n4", "n2"]);
  expect(order(journal(...saved, note("n9", "10.0.0.2", "c"), note("n2", "10.0.0.2", "d")))).toEqual([
    "n9",
    "n4",
    "n2",
  ]);
});
