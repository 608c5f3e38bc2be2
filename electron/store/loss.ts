// What a recovered case says of what was lost: kept in a property that the fingerprint covers, told by `info` and `verify` ever after.

import { Loss } from "../../shared/contract.ts";
import { AppError } from "../../shared/failure.ts";
import type { ReadDb, WriteDb } from "./database.ts";
import { keepProperty, property } from "./fingerprint.ts";

/** Null where the case was never recovered. Throws case-damaged. */
export function readLoss(db: ReadDb): Loss | null {
  const text = property(db, "recovered");
  if (text === null) return null;
  try {
    return Loss.parse(JSON.parse(text));
  } catch {
    throw new AppError("case-damaged", "The account of what was lost is not as it was written.");
  }
}

export function keepLoss(db: WriteDb, loss: Loss): void {
  keepProperty(db, "recovered", JSON.stringify(loss));
}
