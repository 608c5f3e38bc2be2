// The thread that settles every other share of a day (settle-in-thread.ts), with a connection of its own that only reads.

import { parentPort, workerData } from "node:worker_threads";
import { failureOf } from "../../shared/failure.ts";
import { settleShares } from "../analysis/settle-day.ts";
import { noFlows } from "../analysis/settled.ts";
import { decodeAtHand } from "../segment/encode-settled.ts";
import { connectForReading, guarded } from "./database.ts";
import type { FromSettling, ToSettle } from "./settle-in-thread.ts";
import { settling } from "./settling-days.ts";

if (parentPort === null) throw new Error("a day is settled in a thread of its own");
const port = parentPort;
const path = String(workerData);
const { logs, days } = guarded(path, () => settling(connectForReading(path)));

port.on("message", ({ day, parts, atHand }: ToSettle) => {
  try {
    const segments = days.get(day) ?? [];
    const flows = atHand ? decodeAtHand(atHand) : noFlows();
    const settled = guarded(path, () => settleShares(day, { from: 1, step: 2, parts }, segments, logs.logs, flows));
    port.postMessage({ settled } satisfies FromSettling);
  } catch (thrown) {
    port.postMessage({ failure: failureOf(thrown) } satisfies FromSettling);
  }
});
