// Where the tour of the sample incident stands.

import { create } from "zustand";
import { navigate } from "./navigate.ts";
import { openSample, useSession } from "./session.ts";
import { SAMPLE_DIGEST, tourSteps } from "./tour-steps.ts";

/** `step` null: no tour. */
export const useTour = create<{ readonly step: number | null }>(() => ({ step: null }));

/** Over the sample incident, which is opened where another case, or none, is open. */
export async function startTour(): Promise<void> {
  if (useSession.getState().info?.logicalDigest !== SAMPLE_DIGEST) await openSample();
  goToStep(0);
}

export function goToStep(step: number): void {
  const next = tourSteps[step];
  useTour.setState({ step: next ? step : null });
  if (next) navigate(next.view);
}

export function endTour(): void {
  useTour.setState({ step: null });
}
