// The pace of what is being added, followed wherever the investigator is meanwhile.

import { create } from "zustand";
import { anew, NO_PACE, type Pace, paced } from "./pace.ts";
import { useSession } from "./session.ts";

export const usePace = create<Pace>(() => NO_PACE);

/** Once, at start. */
export function followPace(): void {
  useSession.subscribe(({ adding }, { adding: before }) => {
    if (adding === before) return;
    if (adding?.startedTime !== before?.startedTime) usePace.setState(NO_PACE, true);
    if (adding === null) return;
    if (before?.paused !== adding.paused) usePace.setState(anew(usePace.getState()), true);
    if (adding.progress !== null && adding.progress !== before?.progress)
      usePace.setState(paced(usePace.getState(), adding.progress, performance.now()), true);
  });
}
