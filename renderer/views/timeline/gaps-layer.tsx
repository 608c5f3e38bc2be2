// Gaps as places to point at: over the lane of NICs, each says on hover or focus which NICs were not logged, from when to when, and what
// that means. Enter or a click keeps it open.

import { HoverCard } from "radix-ui";
import { memo, type ReactElement } from "react";
import type { Nic } from "../../../shared/contract.ts";
import { count } from "../../model/format.ts";
import { navigate } from "../../model/navigate.ts";
import type { Range } from "../../model/range.ts";
import { nicName, type Stretch } from "./coverage.ts";
import { gapMeaning, gapWords, type Spot, silentNics, spotsOf, spotTitle } from "./gap-spots.ts";
import { axisOf } from "./picture.ts";
import { xOf } from "./scale.ts";

const LEAST_PX = 10;
const TARGET_PX = 12;

export const GapsLayer = memo(function GapsLayer(props: {
  readonly stretches: readonly Stretch[];
  readonly nics: readonly Nic[];
  readonly range: Range;
  readonly width: number;
}): ReactElement | null {
  const { stretches, nics, range, width } = props;
  if (width === 0) return null;
  const axis = axisOf(range, width);
  const cut = (time: number): number => Math.max(axis.left, Math.min(axis.right, xOf(axis, time)));
  const spots = spotsOf(stretches, cut, LEAST_PX);
  if (spots.length === 0) return null;
  return (
    <ul className="gaps" aria-label="Stretches without all logs">
      {spots.map((spot) => (
        <li
          key={spot.stretches[0]?.from}
          style={{ left: spot.left, width: Math.max(TARGET_PX, spot.right - spot.left) }}
        >
          <HoverCard.Root openDelay={80} closeDelay={120}>
            <HoverCard.Trigger asChild>
              <button type="button" aria-label={spotTitle(spot)} />
            </HoverCard.Trigger>
            <HoverCard.Portal>
              <HoverCard.Content className="gap-card" side="bottom" sideOffset={6} collisionPadding={8}>
                <Said spot={spot} nics={nics} />
              </HoverCard.Content>
            </HoverCard.Portal>
          </HoverCard.Root>
        </li>
      ))}
    </ul>
  );
});

const MOST_STRETCHES = 3;
const MOST_NICS = 8;

function Said({ spot, nics }: { readonly spot: Spot; readonly nics: readonly Nic[] }): ReactElement {
  const more = spot.stretches.length - MOST_STRETCHES;
  return (
    <>
      {spot.stretches.slice(0, MOST_STRETCHES).map((stretch) => {
        const silent = silentNics(nics, stretch);
        const rest = silent.length - MOST_NICS;
        return (
          <section key={stretch.from}>
            <h3>{gapWords(stretch)}</h3>
            {silent.length > 0 ? (
              <p className="dim">
                {silent.slice(0, MOST_NICS).map(nicName).join(", ")}
                {rest > 0 ? ` and ${count(rest)} more` : ""}
              </p>
            ) : null}
            <p>{gapMeaning(stretch)}</p>
          </section>
        );
      })}
      {more > 0 ? <p className="dim">and {count(more)} more stretches here; zoom in to tell them apart.</p> : null}
      <button type="button" className="button small" onClick={() => navigate({ lanes: true })}>
        Show a lane for each NIC
      </button>
    </>
  );
}
