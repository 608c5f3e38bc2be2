// The trail of the open case: follows what is looked at, is kept on this computer and never in the case, and where the case was opened
// by hand brings back what was looked at last.

import { create } from "zustand";
import { navigate, shownView, useShown } from "./navigate.ts";
import { useSession } from "./session.ts";
import { readSetting, writeSetting } from "./settings.ts";
import { NO_TRAIL, parseTrails, printTrails, returned, type Step, stepAt, type Trail, visited } from "./trail.ts";
import { type Page, parseView, printView, type View } from "./view.ts";

type Kept = { readonly path: string | null; readonly trail: Trail };
export const useTrail = create<Kept>(() => ({ path: null, trail: NO_TRAIL }));

/** A view that rests so long is a step. */
const RESTS_MS = 500;
const LOOKING: readonly Page[] = ["explore", "hosts", "evidence", "sql", "subject"];

export function goTo(step: Step): void {
  useTrail.setState(({ trail }) => ({ trail: { ...trail, at: step.id } }));
  navigate({ ...parseView(step.address), case: shownView().case });
}

/** Once, at start. */
export function followTrail(): void {
  let path: string | null = null;
  let isByHand = false;
  useSession.subscribe(({ open }) => {
    if ((open?.path ?? null) === path) return;
    path = open?.path ?? null;
    isByHand = path !== null && shownView().case !== path;
    useTrail.setState({ path: null, trail: NO_TRAIL });
    if (path !== null) void load(path);
  });

  async function load(wanted: string): Promise<void> {
    const text = await readSetting("trails").catch(() => null); // none: it begins anew
    if (wanted !== path) return;
    const trail = parseTrails(text).find((each) => each.path === wanted)?.trail ?? NO_TRAIL;
    useTrail.setState({ path: wanted, trail });
    restore();
    record();
  }

  function restore(): void {
    const { path: loaded, trail } = useTrail.getState();
    const last = stepAt(trail);
    if (!isByHand || loaded === null || shownView().case !== loaded) return;
    isByHand = false;
    if (last !== null) navigate({ ...parseView(last.address), case: loaded }, "replace");
  }

  let timer = 0;
  let isMoving = true;
  let isReturned = false;
  useShown.subscribe(({ view, moving, returned: back }, before) => {
    if (view === before.view) return;
    restore();
    isMoving &&= moving;
    isReturned ||= back;
    clearTimeout(timer);
    timer = window.setTimeout(record, RESTS_MS);
  });

  function record(): void {
    const [wasMoving, wasReturned] = [isMoving, isReturned];
    [isMoving, isReturned] = [true, false];
    const { path: loaded, trail } = useTrail.getState();
    const view = shownView();
    if (loaded === null || view.case !== loaded || !LOOKING.includes(view.page)) return;
    const address = addressOf(view);
    const now = Date.now();
    const next = wasReturned ? returned(trail, address, now) : visited(trail, address, now, wasMoving);
    useTrail.setState({ trail: next });
    keep(loaded, next);
  }
}

/** Another window may have kept the trail of another case meanwhile. */
function keep(path: string, trail: Trail): void {
  readSetting("trails").then(
    (text) => writeSetting("trails", printTrails({ path, trail }, parseTrails(text))),
    () => {}, // told by whatever else asks the host
  );
}

/** Without the case: that is the trail's. */
export function addressOf(view: View): string {
  return printView({ ...view, case: null });
}
