// The thread that copies a case: seconds a gigabyte in one statement, in which `work` goes on answering.

import { parentPort, workerData } from "node:worker_threads";
import { type Failure, failureOf } from "../../shared/failure.ts";
import { type Copied, copyCase } from "../store/copy.ts";

export type ToCopy = { readonly path: string; readonly to: string };
export type FromCopy = { readonly copied: Copied } | { readonly failure: Failure };

if (parentPort === null) throw new Error("a copy is made in a thread of its own");
parentPort.postMessage(outcome(workerData as ToCopy)); // given by copy-case.ts

function outcome({ path, to }: ToCopy): FromCopy {
  try {
    return { copied: copyCase(path, to) };
  } catch (thrown) {
    return { failure: failureOf(thrown) };
  }
}
