// Playing: the range moves through the case and every view follows. One step back undoes all of it. It ends where it is moved by hand.

import { create } from "zustand";
import { narrow, shownView, useShown, writeAddress } from "../../model/navigate.ts";
import { boundsOf, type Range, rangeOf } from "../../model/range.ts";
import { playedTo, type Speed, windowsPlayed } from "./played.ts";

type Play = { readonly playing: boolean; readonly speed: Speed; readonly loop: boolean };

export const usePlay = create<Play>(() => ({ playing: false, speed: 1, loop: false }));

/** While the bars of one step are being answered the next waits, but not for ever. */
const WAITS_MS = 500;
let isAnswering = false;
let movedTime = 0;

export function tellAnswering(answering: boolean): void {
  isAnswering = answering;
}

type Run = { begin: Range; beginTime: number; readonly whole: Range; shown: Range; how: "push" | "replace" };
let run: Run | null = null;
let frame = 0;

export function startPlay(whole: Range): void {
  const shown = rangeOf(shownView().scope, whole);
  const span = shown.to - shown.from;
  const begin = shown.to >= whole.to ? { from: whole.from, to: whole.from + span } : shown;
  run = { begin, beginTime: performance.now(), whole, shown, how: "push" };
  usePlay.setState({ playing: true });
  frame ||= requestAnimationFrame(step);
}

export function stopPlay(): void {
  cancelAnimationFrame(frame);
  frame = 0;
  run = null;
  if (!usePlay.getState().playing) return;
  usePlay.setState({ playing: false });
  writeAddress();
}

/** What is changed while it plays holds from where it is. */
export function setPlay(change: Partial<Pick<Play, "speed" | "loop">>): void {
  if (run) {
    run.begin = run.shown;
    run.beginTime = performance.now();
  }
  usePlay.setState(change);
}

function step(now: number): void {
  frame = 0;
  if (run === null) return;
  const { scope, page } = shownView();
  const { shown, whole } = run;
  const is = rangeOf(scope, whole);
  if (page !== "explore" || is.from !== shown.from || is.to !== shown.to) return stopPlay();
  frame = requestAnimationFrame(step);
  if (isAnswering && now - movedTime < WAITS_MS) return;
  const { speed, loop } = usePlay.getState();
  const isReduced = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const windows = windowsPlayed(Math.max(0, now - run.beginTime), speed, isReduced);
  const { range, ended } = playedTo(run.begin, whole, windows, loop);
  if (range.from !== shown.from) {
    narrow(boundsOf(range, whole), run.how);
    run.how = "replace";
    run.shown = rangeOf(shownView().scope, whole);
    movedTime = now;
  }
  if (ended) stopPlay();
}

/** A case that is closed is not played. */
export function followPlay(): () => void {
  const leave = useShown.subscribe(({ view }, before) => {
    if (view.case !== before.view.case) stopPlay();
  });
  return () => {
    leave();
    stopPlay();
  };
}
