// Derives everything anew from what was logged, then verifies.

import type { Verification, VerifyProgress } from "../../shared/contract.ts";
import { verifyInThread } from "../query/verify-in-thread.ts";
import { deriveActivityAnew } from "../store/activity.ts";
import { deriveAnew } from "../store/derive.ts";
import { settleAnew } from "../store/settle.ts";
import { begin, type HeldCase } from "./held-case.ts";
import { letOthers } from "./let-others.ts";

export function rebuild(
  held: HeldCase,
  tell: (progress: VerifyProgress) => void,
  signal: AbortSignal,
): Promise<Verification> {
  return held.use("existing", async (open) => {
    await begin(open);
    deriveAnew(open.db);
    await settleAnew(open.db, letOthers);
    await deriveActivityAnew(open.db, letOthers);
    return await verifyInThread({ path: held.path, rebuilt: true }, tell, signal);
  });
}
