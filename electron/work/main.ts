// The process `work`: the one writer of a case. Adds evidence, takes it back, derives anew. One thing at a time.

import { AppError, assert } from "../../shared/failure.ts";
import { attend } from "../engine/child.ts";
import { translated } from "../store/database.ts";
import { addEvidence } from "./add-evidence.ts";
import { rebuild } from "./rebuild.ts";
import { undoSource } from "./undo-source.ts";

const [, , path] = process.argv;
assert(path !== undefined, "work is started with the path of a case");
const casePath = path;
let busy = false;
let revision = 0;

attend<"write">((announce) => {
  async function alone<T>(run: () => Promise<T> | T): Promise<T> {
    if (busy) throw new AppError("busy", "Evidence is being added to this case; wait for it or cancel it.");
    busy = true;
    try {
      return await run();
    } catch (thrown) {
      throw translated(casePath, thrown);
    } finally {
      busy = false;
      announce("case.changed", { revision: ++revision, what: "evidence" });
    }
  }
  return {
    "case.create": notYet,
    "source.pause": notYet,
    "notebook.write": notYet,
    "case.copy": notYet,
    "evidence.export": notYet,
    "source.add": (params, { signal }) =>
      alone(() => addEvidence(casePath, params, (progress) => announce("ingest.progress", progress), signal)),
    "source.undo": ({ source }) => alone(() => undoSource(casePath, source)),
    "case.rebuild": () => alone(() => rebuild(casePath)),
  };
});

function notYet(): never {
  throw new AppError("unsupported", "Not in this version yet.");
}
