// The address holds how the graph is arranged and what is compared; what it does not hold right is left out.

import { expect, test } from "vitest";
import { FIRST_LOOK, type GraphLook } from "../../renderer/model/graph-look.ts";
import { FIRST_VIEW, parseView, printView } from "../../renderer/model/view.ts";

const look: GraphLook = {
  projection: "matrix",
  measure: "flows",
  colour: "encryption",
  detail: "most",
  collapsed: ["vnet-hub"],
  alone: ["10.0.0.4", "Internet/NL"],
  hidden: ["::1"],
  only: ["10.0.0.4", "10.0.0.5"],
  groups: [{ name: 'Jump "hosts" & co', members: ["10.0.0.4"] }],
  locked: { "10.0.0.4": [0, 1000] },
  path: { from: "10.0.0.4", to: "192.0.2.1", kind: "time" },
};

test("an arranged graph and a comparison are the same after a round through the address", () => {
  const view = { ...FIRST_VIEW, page: "explore" as const, graph: look, compare: { from: 1, to: 2 } };
  expect(parseView(printView(view))).toEqual(view);
});

test("a graph as it is first shown takes no room in the address", () => {
  expect(printView({ ...FIRST_VIEW, page: "explore" })).toBe("#/explore");
});

test("what is not right in an address is left out, the rest is kept", () => {
  const graph = JSON.stringify({
    projection: "pie",
    measure: "tuples",
    hidden: ["10.0.0.4", 7],
    groups: [{ name: "" }, 3, { name: "web", members: null }],
    locked: { a: [1, 2], b: [-1, 2], c: "d" },
    path: { from: "10.0.0.4" },
  });
  const view = parseView(`#/explore?graph=${encodeURIComponent(graph)}&compare=9:9`);
  expect(view.graph).toEqual({
    ...FIRST_LOOK,
    measure: "tuples",
    hidden: ["10.0.0.4"],
    groups: [{ name: "web", members: [] }],
    locked: { a: [1, 2] },
  });
  expect(view.compare).toBeNull();
  expect(parseView("#/explore?graph=%7B").graph).toEqual(FIRST_LOOK);
});
