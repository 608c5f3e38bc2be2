// The tour's card, and a ring round the part of the window that its step speaks of. Beside the page, not over it: everything can be
// used while it stands open.

import { X } from "lucide-react";
import { type KeyboardEvent, type ReactElement, useEffect, useRef, useState } from "react";
import { endTour, goToStep, useTour } from "../../model/tour.ts";
import { tourSteps } from "../../model/tour-steps.ts";
import "./tour.css";

export function TourCard(): ReactElement | null {
  const at = useTour(({ step }) => step);
  const step = at === null ? undefined : tourSteps[at];
  const next = useRef<HTMLButtonElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: at each step
  useEffect(() => next.current?.focus(), [at]);
  if (at === null || step === undefined) return null;
  const last = at === tourSteps.length - 1;

  function onKey(event: KeyboardEvent): void {
    if (at === null || !["Escape", "ArrowRight", "ArrowLeft"].includes(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === "Escape") endTour();
    else goToStep(Math.min(tourSteps.length - 1, Math.max(0, event.key === "ArrowRight" ? at + 1 : at - 1)));
  }

  return (
    <>
      <Ring target={step.target} />
      <section
        className={`tour ${step.corner}`}
        role="dialog"
        aria-label={`Tour, step ${at + 1} of ${tourSteps.length}: ${step.title}`}
        aria-describedby="tour-text"
        onKeyDown={onKey}
      >
        <header>
          <b>{step.title}</b>
          <span className="grow" />
          <span className="dim">
            {at + 1} of {tourSteps.length}
          </span>
          <button
            type="button"
            className="icon-button"
            aria-label="End the tour"
            title="End the tour (Esc)"
            onClick={endTour}
          >
            <X size={13} />
          </button>
        </header>
        <p id="tour-text" aria-live="polite">
          {step.text}
        </p>
        <footer>
          <button type="button" className="button small" disabled={at === 0} onClick={() => goToStep(at - 1)}>
            Back
          </button>
          <span className="grow" />
          <button
            ref={next}
            type="button"
            className="button small primary"
            onClick={() => (last ? endTour() : goToStep(at + 1))}
          >
            {last ? "Done" : "Next"}
          </button>
        </footer>
      </section>
    </>
  );
}

/** Follows its target, which may come a moment later and move. */
function Ring({ target }: { readonly target: string }): ReactElement | null {
  const [box, setBox] = useState<DOMRect | null>(null);
  useEffect(() => {
    const look = (): void => {
      const found = document.querySelector(target)?.getBoundingClientRect() ?? null;
      setBox((before) => (same(before, found) ? before : found));
    };
    look();
    const timer = setInterval(look, 150);
    window.addEventListener("resize", look);
    return () => {
      clearInterval(timer);
      window.removeEventListener("resize", look);
    };
  }, [target]);
  if (box === null) return null;
  return <div className="tour-ring" style={{ left: box.x, top: box.y, width: box.width, height: box.height }} />;
}

function same(a: DOMRect | null, b: DOMRect | null): boolean {
  return a === b || (!!a && !!b && a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height);
}
