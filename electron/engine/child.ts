// What a process of the engine calls: serves its lane to the process that started it, beats, and ends when that one is gone.

import type { Lane } from "../../shared/contract.ts";
import type { Announce, Handlers } from "../../shared/rpc.ts";
import { serve } from "../../shared/serve.ts";
import type { Beat } from "./beat.ts";
import { parentOf } from "./parent.ts";

/** Between two beats, ms. */
const BEAT_MS = 500;

/** Call once, at the start of the process. `leave` is called before it ends because its parent has let it go. */
export function attend<L extends Lane>(make: (announce: Announce) => Handlers<L>, leave: () => void = () => {}): void {
  const parent = parentOf(process);
  parent.onGone(() => {
    leave();
    process.exit(0);
  });
  // Ctrl-C reaches every process of the group; the one that was asked decides what it means.
  process.on("SIGINT", () => {});

  serve(
    parent,
    make((event, payload) => parent.send({ event, payload })),
  );
  const beat = (): void => parent.send({ beat: { residentBytes: process.memoryUsage.rss() } } satisfies Beat);
  beat();
  setInterval(beat, BEAT_MS).unref();
}
