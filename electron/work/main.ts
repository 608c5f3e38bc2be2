// The process `work`: the one writer of a case. Adds evidence, takes it back, derives anew, one at a time; writes the notebook beside.

import { AppError, assert } from "../../shared/failure.ts";
import { attend } from "../engine/child.ts";
import { translated } from "../store/database.ts";
import { addEvidence } from "./add-evidence.ts";
import { copyTo } from "./copy-case.ts";
import { createCase } from "./create-case.ts";
import { exportOf } from "./export-evidence.ts";
import { holdCase } from "./held-case.ts";
import { newPause, type Pause } from "./pause.ts";
import { rebuild } from "./rebuild.ts";
import { recover } from "./recover.ts";
import { undoSource } from "./undo-source.ts";
import { notebookWriting } from "./write-notebook.ts";

const [, , path] = process.argv;
assert(path !== undefined, "work is started with the path of a case");
const casePath = path;
const held = holdCase(casePath);
const writeNotebook = notebookWriting(held);
let busy = false;
/** Of the ingest that runs. */
let pause: Pause | null = null;
let revision = 0;

attend<"write">(
  (announce) => {
    const changed = (what: "evidence" | "notebook"): void => announce("case.changed", { revision: ++revision, what });
    async function alone<T>(run: () => Promise<T>): Promise<T> {
      refuseWhileBusy();
      busy = true;
      try {
        return await told(run);
      } finally {
        busy = false;
        changed("evidence");
      }
    }
    return {
      "case.create": () => told(async () => createCase(casePath)).then(nothing),
      "source.add": ({ upload, ...params }, { signal }) => {
        if (upload !== null)
          throw new AppError("bad-request", "A ticket for received files means nothing here: paths are wanted.");
        return alone(async () => {
          pause = newPause();
          try {
            const warn = (message: string): void => announce("ingest.warned", { message });
            return await addEvidence(
              held,
              params,
              (progress) => announce("ingest.progress", progress),
              signal,
              pause,
              warn,
            );
          } finally {
            pause = null;
          }
        });
      },
      "source.pause": ({ paused }) => {
        pause?.set(paused);
        return {};
      },
      "notebook.write": async ({ operations }) => {
        await told(() => writeNotebook(operations));
        changed("notebook");
        return {};
      },
      "case.copy": ({ to }, { signal }) => {
        refuseWhileBusy();
        return told(() => held.read(() => copyTo(casePath, to, signal)));
      },
      "evidence.export": (params, { signal }) => {
        refuseWhileBusy();
        return told(() => held.read(() => exportOf(casePath, params, signal)));
      },
      "case.recover": ({ from }, { signal }) =>
        alone(() =>
          recover({
            path: casePath,
            from,
            now: Date.now(),
            announce: (progress) => announce("ingest.progress", progress),
            signal,
          }),
        ),
      "source.undo": ({ source }) => alone(() => undoSource(held, source)),
      "case.rebuild": (_, { signal }) =>
        alone(() => rebuild(held, (progress) => announce("verify.progress", progress), signal)),
    };
  },
  () => held.end(),
);

function refuseWhileBusy(): void {
  if (busy) throw new AppError("busy", "Evidence is being added to this case; wait for it or cancel it.");
}

/** What SQLite throws, as a failure of ours. */
async function told<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (thrown) {
    throw translated(casePath, thrown);
  }
}

function nothing(): Record<string, never> {
  return {};
}
