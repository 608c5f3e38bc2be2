// Who may import whom, as data: a room is one call, a package one owner. ARCHITECTURE.md prints the same table and a test compares
// the two; another test plants a forbidden import and expects it to be found.

import { packages, rooms } from "./rooms.mjs";

const NAMES = Object.keys(rooms);
const TOP = ["shared", "renderer", "test"];
const path = (name) => (TOP.includes(name) ? name : `electron/${name}`);
const inRoom = (names) => `^(${names.map(path).join("|")})/`;

const roomRules = NAMES.map((name) => ({
  name: `${name}-imports`,
  severity: "error",
  from: { path: inRoom([name]) },
  to: { path: inRoom(NAMES), pathNot: inRoom([name, ...rooms[name].rooms]) },
}));

const nodeRules = NAMES.filter((name) => !rooms[name].node).map((name) => ({
  name: `${name}-has-no-node`,
  severity: "error",
  from: { path: inRoom([name]) },
  to: { dependencyTypes: ["core"] },
}));

const packageRules = Object.entries(packages).map(([name, owners]) => ({
  name: `${name}-has-owners`,
  severity: "error",
  from: { path: "^(shared|electron|renderer)/", pathNot: inRoom(owners) },
  to: { path: `node_modules/(@types/)?${name}/` },
}));

export default {
  forbidden: [
    ...roomRules,
    ...nodeRules,
    ...packageRules,
    { name: "no-cycles", severity: "error", from: {}, to: { circular: true } },
    {
      name: "no-orphans",
      severity: "error",
      from: { orphan: true, pathNot: "\\.d\\.m?ts$|\\.test\\.ts$|^build/|^test/" },
      to: {},
    },
    { name: "nothing-unresolved", severity: "error", from: {}, to: { couldNotResolve: true } },
    {
      name: "tests-are-not-imported",
      severity: "error",
      from: { path: "^(shared|electron|renderer)/" },
      to: { path: "^test/" },
    },
    {
      name: "no-undeclared-packages",
      severity: "error",
      from: { path: "^(shared|electron|renderer)/" },
      to: { dependencyTypes: ["npm-dev", "npm-no-pkg", "npm-unknown"], pathNot: "node_modules/(@types|electron)/" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^build/\\.types/" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "build/tsconfig.base.json" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "types", "node", "default"] },
  },
};
