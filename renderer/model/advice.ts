// What can be done about a failure, by its kind and by what was tried. The failure itself says what happened and where.

import type { FailureKind } from "../../shared/failure.ts";

type Advice = Readonly<Record<FailureKind, string>>;

const opening: Advice = {
  "bad-request": "Choose another file, or another name.",
  "not-found": "Connect the drive or share it lies on, or open it from where it is now.",
  unsupported: "Choose a case: a file whose name ends with .tidemark.",
  busy: "Close it there and open it again, or open a copy of it.",
  cancelled: "Nothing was changed.",
  interrupted: "Nothing was lost. Open it again.",
  "case-damaged":
    'Nothing was changed. Keep the file as it is; "tidemark recover CASE -o NEW" on the command line writes what is whole of a case into a new one. Or open a copy.',
  "case-from-future": "Nothing was changed. Open it with the version of Tidemark that wrote it, or a newer one.",
  "evidence-changed": "Nothing was changed. Find the evidence as it was when it was added.",
  "disk-full": "Make room on that disk and open it again.",
  bug: "Nothing was changed. This is a mistake in Tidemark; opening it again may work.",
};

const adding: Advice = {
  "bad-request": "Choose other evidence.",
  "not-found": "Connect the drive or share it lies on, then add it again.",
  unsupported: "Choose flow logs: folders, .zip, .tar, .tar.gz, .json or .json.gz.",
  busy: "Wait until that has ended, or close the case there, then add the same evidence again.",
  cancelled: "Members that were whole by then are in the case. Add the same evidence again to go on from there.",
  interrupted: "Members that were whole by then are in the case. Add the same evidence again to go on from there.",
  "case-damaged": "Nothing more was written. Open a copy of the case, or make a new one from the same evidence.",
  "case-from-future": "Nothing was written. Use the version of Tidemark that wrote the case, or a newer one.",
  "evidence-changed": "The evidence changed while it was read. Add it again when nothing writes to it any more.",
  "disk-full":
    "Members that were whole by then are in the case. Make room on that disk, then add the same evidence again to go on from there.",
  bug: "Members that were whole by then are in the case. This is a mistake in Tidemark; adding the same evidence again may work.",
};

const tables = { opening, adding };

export function adviceOn(doing: keyof typeof tables, kind: FailureKind): string {
  return tables[doing][kind];
}
