// Derives everything anew from what was logged, then verifies.

import type { Verification } from "../../shared/contract.ts";
import { verifyCase } from "../query/verify.ts";
import { beginChanges, checkHeader, openForWriting } from "../store/case-file.ts";
import { deriveAnew } from "../store/derive.ts";

export function rebuild(casePath: string): Verification {
  checkHeader(casePath);
  const open = openForWriting(casePath);
  try {
    beginChanges(open.db);
    deriveAnew(open.db);
    return verifyCase(open.db, casePath, true);
  } finally {
    open.close();
  }
}
