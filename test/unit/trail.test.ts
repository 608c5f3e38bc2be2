// The trail of an investigation: each scope a step, ways that branch are kept, what changed is said; links and undo across a reload.

import { describe, expect, test } from "vitest";
import { citationOf, type LinkedCase, parseLink, printLink, sameCase } from "../../renderer/model/link.ts";
import {
  changeWords,
  linesOf,
  NO_TRAIL,
  parseTrails,
  printTrails,
  returned,
  type Trail,
  visited,
} from "../../renderer/model/trail.ts";
import { parseSteps, printSteps, type Step } from "../../renderer/model/undo-steps.ts";
import { FIRST_VIEW, printView, type View } from "../../renderer/model/view.ts";

const HOUR = 3_600_000;
const view = (change: Partial<View["scope"]>): View => ({
  ...FIRST_VIEW,
  page: "explore",
  scope: { ...FIRST_VIEW.scope, ...change },
});
const at = (change: Partial<View["scope"]>): string => printView(view(change));
const walk = (...addresses: readonly string[]): Trail =>
  addresses.reduce((trail, address, i) => visited(trail, address, i, false), NO_TRAIL);
const shown = (trail: Trail): readonly string[] =>
  linesOf(trail).map(
    ({ depth, words, step }) => `${"  ".repeat(depth)}${words.join(", ")}${step.id === trail.at ? " *" : ""}`,
  );

describe("a trail", () => {
  const a = at({ filter: "dst == 10.1.2.4" });
  const b = at({ filter: "dst == 10.1.2.4 and dport == 443" });
  const c = at({ filter: "dst == 10.1.2.4", from: 0, to: 6 * HOUR });

  test("keeps both ways where one went back and on another way", () => {
    const trail = walk(at({}), a, b, a, c);
    expect(shown(trail)).toEqual(["the whole case", "+ dst == 10.1.2.4", "+ dport == 443", "  range 6 h *"]);
  });
  test("goes to the step that asked the same beside it, and makes none twice", () => {
    const trail = walk(at({}), a, b, a, b, a, b);
    expect(trail.steps).toHaveLength(3);
    expect(trail.at).toBe(3);
  });
  test("of the same scope keeps the view as it was left", () => {
    const trail = visited(
      walk(at({}), a),
      printView({ ...view({ filter: "dst == 10.1.2.4" }), table: "edges" }),
      9,
      false,
    );
    expect(trail.steps.at(-1)?.address).toContain("table=edges");
  });
  test("of a hand that still moves is one step", () => {
    let trail = walk(at({}), a);
    for (const to of [1, 2, 3]) trail = visited(trail, at({ from: 0, to: to * HOUR }), to, to > 1);
    expect(shown(trail)).toEqual(["the whole case", "+ dst == 10.1.2.4", "− dst == 10.1.2.4, range 3 h *"]);
  });
  test("finds the step again that back leads to, wherever it stands", () => {
    const trail = returned(walk(at({}), a, b), at({}), 9);
    expect([trail.at, trail.steps.length]).toEqual([1, 3]);
  });
  test("grows to 200 steps and loses the oldest, never the one that is looked at", () => {
    const trail = walk(...Array.from({ length: 260 }, (_, i) => at({ filter: `dport == ${i}` })));
    expect(trail.steps).toHaveLength(200);
    expect(trail.steps.filter(({ parent }) => parent === null)).toHaveLength(1);
    expect(trail.steps.some(({ id }) => id === trail.at)).toBe(true);
    expect(linesOf(trail)).toHaveLength(200);
  });
  test("is read as it was kept; what is none is left out", () => {
    const trail = walk(at({}), a, b, a, c);
    const kept = parseTrails(printTrails({ path: "/x", trail }, [{ path: "/y", trail: walk(a) }]));
    expect(kept.map(({ path }) => path)).toEqual(["/x", "/y"]);
    expect(kept[0]?.trail).toEqual(trail);
    for (const text of ["", "{", "7", "[null]", '[{"path":"/x","steps":[[1]]}]', '[{"path":7}]'])
      expect(parseTrails(text).flatMap((each) => each.trail.steps)).toEqual([]);
    expect(
      parseTrails('[{"path":"/x","at":9,"steps":[[2,1,0,"#/explore"],[3,3,0,"#/explore"]]}]')[0]?.trail,
    ).toMatchObject({
      at: 3,
      steps: [{ parent: null }, { parent: null }],
    });
  });
  test("says what changed", () => {
    const scope = view({}).scope;
    expect(changeWords({ ...scope, from: 0, to: 1 }, scope)).toEqual(["whole range"]);
    expect(changeWords(scope, { ...scope, sides: "once" })).toEqual(["once"]);
    expect(changeWords({ ...scope, filter: "dir == I and dport == 1" }, { ...scope, filter: "dir == I" })).toEqual([
      "− dport == 1",
    ]);
  });
});

describe("a link", () => {
  const of: LinkedCase = { name: "Harbour", digest: "a".repeat(64), path: "/cases/harbour.tidemark" };
  const shownView = { ...view({ filter: 'rule == "a & b"', from: 5, to: 9 }), case: "/cases/harbour.tidemark" };

  test("leads to the view that it was made of, out of any text", () => {
    const link = parseLink(`See ${printLink(shownView, of)} for it`);
    expect(link).toEqual({ view: { ...shownView, case: null }, of });
  });
  test("may be an address of the page", () => {
    const address = `http://127.0.0.1:4711/${printView(shownView)}`;
    expect(parseLink(address)).toEqual({ view: { ...shownView, case: null }, of: { path: shownView.case } });
    expect(parseLink(printView({ ...shownView, case: null }))).toMatchObject({ of: null });
  });
  test.each([
    "",
    "hello",
    "https://example.org/#/explore",
    "tidemark://run/case.close",
    "javascript:alert(1)",
    "tidemark://view/start",
  ])("%j is refused in a sentence", (text) => expect(parseLink(text)).toEqual({ fault: expect.stringMatching(/\.$/) }));
  test("names a case only as far as it can be one", () => {
    expect(parseLink("tidemark://view/explore?digest=xyz&filter=dport+%3D%3D+1")).toMatchObject({ of: {} });
  });
  test("tells its case from another", () => {
    expect(sameCase(of, { ...of, path: "/elsewhere" })).toBe("same");
    expect(sameCase(of, { ...of, digest: "b".repeat(64) })).toBe("grown");
    expect(sameCase(of, { name: "x", digest: "b".repeat(64), path: "/x" })).toBe("another");
    expect(sameCase({ path: "/x" }, of)).toBe("unknown");
    expect(sameCase(null, of)).toBe("unknown");
  });
  test("has a citation that says the same in words", () =>
    expect(citationOf(shownView, of, "each side", "4,444")).toBe(
      `Case Harbour (logical digest ${of.digest}); range 1970-01-01 00:00:00.005 to 1970-01-01 00:00:00.009, UTC; ` +
        'filter rule == "a & b"; 4,444 tuples, each side',
    ));
});

describe("steps that can be taken back", () => {
  const step = (n: number, text = "x"): Step => ({
    title: `step ${n}`,
    undo: [{ what: "note.removed", id: "a", removed: true }],
    redo: [{ what: "note.text", id: "a", host: null, scope: { from: null, to: null, filter: "" }, time: null, text }],
  });
  test("are there again after a reload, of the same case and journal only", () => {
    const steps = { undoable: [step(1), step(2)], redoable: [step(3)] };
    const text = printSteps("/x", 7, steps);
    expect(parseSteps(text, "/x", 7)).toMatchObject(steps);
    for (const other of [
      parseSteps(text, "/y", 7),
      parseSteps(text, "/x", 8),
      parseSteps("{", "/x", 7),
      parseSteps(null, "/x", 7),
    ])
      expect(other).toEqual({ undoable: [], redoable: [] });
  });
  test("are the newest where all have no room", () => {
    const steps = { undoable: [1, 2, 3, 4].map((n) => step(n, "y".repeat(250_000))), redoable: [] };
    const kept = parseSteps(printSteps("/x", 7, steps), "/x", 7).undoable;
    expect(kept.map(({ title }) => title)).toEqual(["step 3", "step 4"]);
  });
});
