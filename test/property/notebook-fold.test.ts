// The fold of the journal against a second, naive one that asks of each host and note what was said of it, and laws of undoing.

import fc from "fast-check";
import { expect, test } from "vitest";
import { type Entry, fold, hostStatuses, type Notebook, type Operation } from "../../shared/notebook.ts";

const host = fc.constantFrom("10.0.0.4", "10.0.0.5", "fd00::1");
const id = fc.constantFrom("a", "b", "c");
const operation: fc.Arbitrary<Operation> = fc.oneof(
  fc.record({ what: fc.constant("host.status" as const), host, status: fc.option(fc.constantFrom(...hostStatuses)) }),
  fc.record({
    what: fc.constant("note.text" as const),
    id,
    host: fc.option(host),
    scope: fc.record({ from: fc.option(fc.nat()), to: fc.option(fc.nat()), filter: fc.string() }),
    time: fc.option(fc.nat()),
    text: fc.string({ unit: "binary" }),
  }),
  fc.record({ what: fc.constant("note.removed" as const), id, removed: fc.boolean() }),
  fc.record({
    what: fc.constant("view.saved" as const),
    id,
    name: fc.string({ minLength: 1 }),
    scope: fc.record({ from: fc.option(fc.nat()), to: fc.option(fc.nat()), filter: fc.string() }),
    address: fc.string(),
    layout: fc.string(),
  }),
  fc.record({ what: fc.constant("view.removed" as const), id, removed: fc.boolean() }),
);
const entries: fc.Arbitrary<Entry[]> = fc
  .array(fc.record({ author: fc.constantFrom("ada", "grace"), later: fc.nat(2), operation }), { maxLength: 40 })
  .map((made) => {
    let time = 1_741_082_580_000;
    return made.map(({ later, ...entry }, i) => {
      time += later;
      return { ...entry, id: String(i), time };
    });
  });

/** Written from the words of docs/case-format.md, not from the code. */
function naive(journal: readonly Entry[]): Notebook {
  const of = <W extends Operation["what"]>(what: W) =>
    journal.flatMap(({ author, time, operation }, at) =>
      operation.what === what ? [{ ...(operation as Extract<Operation, { what: W }>), author, stamp: time, at }] : [],
    );
  const hosts = [...new Set(of("host.status").map((each) => each.host))].flatMap((name) => {
    const said = of("host.status").filter((each) => each.host === name);
    const standing = said.slice(said.findLastIndex((each) => each.status === null) + 1);
    const last = standing.at(-1);
    if (last === undefined || last.status === null) return [];
    return [
      { since: standing[0]!.at, mark: { host: name, status: last.status, author: last.author, time: last.stamp } },
    ];
  });
  const notes = [...new Set(of("note.text").map((each) => each.id))].flatMap((name) => {
    const written = of("note.text").filter((each) => each.id === name);
    const [first, last] = [written[0]!, written.at(-1)!];
    const removed = of("note.removed").findLast((each) => each.id === name && each.at > first.at)?.removed ?? false;
    if (removed) return [];
    const { id, host, scope, time, text, author } = last;
    return [{ id, host, scope, time, text, author, createdTime: first.stamp, changedTime: last.stamp }];
  });
  const views = [...new Set(of("view.saved").map((each) => each.id))].flatMap((name) => {
    const saved = of("view.saved").filter((each) => each.id === name);
    const [first, last] = [saved[0]!, saved.at(-1)!];
    if (of("view.removed").findLast((each) => each.id === name && each.at > first.at)?.removed ?? false) return [];
    const { what: _, stamp, at: __, ...view } = last;
    return [{ ...view, createdTime: first.stamp, changedTime: stamp }];
  });
  return {
    entries: journal.length,
    hosts: hosts.sort((a, b) => a.since - b.since).map(({ mark }) => mark),
    notes: notes.sort((a, b) => b.changedTime - a.changedTime || (a.id < b.id ? -1 : 1)),
    views: views.sort((a, b) => (a.name < b.name || (a.name === b.name && a.id < b.id) ? -1 : 1)),
  };
}

test("is what the naive fold gives, for any operations in any order", () => {
  fc.assert(
    fc.property(entries, (journal) => {
      expect(fold(journal)).toEqual(naive(journal));
    }),
    { numRuns: 500 },
  );
});

test("taking a note away and bringing it back leaves the notes as they were; so does doing either twice", () => {
  fc.assert(
    fc.property(entries, id, (journal, note) => {
      const at = journal.at(-1)?.time ?? 0;
      const said = (removed: boolean): Entry => ({
        id: "",
        author: "ada",
        time: at,
        operation: { what: "note.removed", id: note, removed },
      });
      const before = fold(journal).notes;
      const away = fold([...journal, said(true)]).notes;
      expect(away).toEqual(before.filter((each) => each.id !== note));
      expect(fold([...journal, said(true), said(true)]).notes).toEqual(away);
      const back = fold([...journal, said(false)]).notes;
      expect(fold([...journal, said(true), said(false)]).notes).toEqual(back);
      expect(fold([...journal, said(false), said(true)]).notes).toEqual(away);
    }),
  );
});

test("every entry counts, also one without effect, and a notebook survives JSON", () => {
  fc.assert(
    fc.property(entries, fc.nat(40), (journal, cut) => {
      const counted = fold(journal.slice(0, cut));
      expect(counted.entries).toBe(Math.min(cut, journal.length));
      expect(JSON.parse(JSON.stringify(counted))).toEqual(counted);
    }),
  );
});
