// Derives everything anew from what was logged, then verifies.

import type { Verification } from "../../shared/contract.ts";
import { verifyCase } from "../query/verify.ts";
import { deriveAnew } from "../store/derive.ts";
import { begin, type HeldCase } from "./held-case.ts";

export function rebuild(held: HeldCase): Promise<Verification> {
  return held.use("existing", async (open) => {
    await begin(open);
    deriveAnew(open.db);
    return verifyCase(open.db, held.path, true);
  });
}
