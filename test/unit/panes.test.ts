// How Explore is divided, as it is kept: sizes inside their limits, and nothing that anybody else wrote there.

import { expect, test } from "vitest";
import { FIRST_PANES, limits, parsePanes, within } from "../../renderer/model/panes.ts";

test("is read as it was kept", () => {
  const panes = { timeline: 200, graph: 0.4, inspector: 500, folded: ["graph" as const], alone: "tables" as const };
  expect(parsePanes(JSON.stringify(panes))).toEqual(panes);
  expect(parsePanes(JSON.stringify(FIRST_PANES))).toEqual(FIRST_PANES);
});

test("what is not right is left out", () => {
  for (const text of [null, "", "[", "7", "null", '{"timeline":"x","graph":null,"folded":7,"alone":"x"}'])
    expect(parsePanes(text)).toEqual(FIRST_PANES);
  expect(parsePanes('{"inspector":99999,"timeline":-4,"folded":["x","tables","tables"]}')).toEqual({
    ...FIRST_PANES,
    inspector: limits.inspector.most,
    timeline: limits.timeline.least,
    folded: ["tables"],
  });
});

test("a size stays inside its limits", () => {
  expect([within("graph", 2), within("graph", -1), within("graph", 0.5)]).toEqual([0.85, 0.15, 0.5]);
});
