// How many NICs were logged when. Not logged is not nothing: where none was, no bar may be missed for a zero.

import type { Nic } from "../../../shared/contract.ts";
import { parseFilter } from "../../../shared/filter/parse.ts";
import type { Filter } from "../../../shared/filter/tree.ts";
import type { Range } from "../../model/range.ts";

/** `missing` of `of` NICs had begun to log, would log again, and did not in this stretch. `of` 0: none at all. */
export type Stretch = Range & { readonly of: number; readonly missing: number };

const HOUR = 3_600_000;

/** Stretches in order, without holes, over `range`; only whole hours are told apart. Empty where no NIC is known. */
export function coverage(nics: readonly Nic[], range: Range): readonly Stretch[] {
  const steps = new Map<number, { of: number; missing: number }>();
  const step = (time: number, of: number, missing: number): void => {
    const before = steps.get(time) ?? { of: 0, missing: 0 };
    steps.set(time, { of: before.of + of, missing: before.missing + missing });
  };
  for (const { firstTime, lastTime, gaps } of nics) {
    if (firstTime === null || lastTime === null) continue;
    step(Math.floor(firstTime / HOUR) * HOUR, 1, 0);
    step((Math.floor(lastTime / HOUR) + 1) * HOUR, -1, 0);
    for (const gap of gaps) {
      step(gap.from, 0, 1);
      step(gap.to, 0, -1);
    }
  }
  if (steps.size === 0) return [];
  const found: Stretch[] = [];
  let [of, missing, from] = [0, 0, range.from];
  const close = (to: number): void => {
    const end = Math.min(to, range.to);
    const last = found.at(-1);
    if (end <= from) return;
    if (last && last.of === of && last.missing === missing) found[found.length - 1] = { ...last, to: end };
    else found.push({ from, to: end, of, missing });
    from = end;
  };
  for (const time of [...steps.keys()].sort((a, b) => a - b)) {
    close(time);
    const change = steps.get(time);
    of += change?.of ?? 0;
    missing += change?.missing ?? 0;
  }
  close(range.to);
  return found;
}

/** No NIC was logged in it. */
export function isNoLog({ of, missing }: Stretch): boolean {
  return missing >= of;
}

/** The stretch that holds `time`. */
export function stretchAt(stretches: readonly Stretch[], time: number): Stretch | null {
  return stretches.find(({ from, to }) => time >= from && time < to) ?? null;
}

/** Those NICs whose tuples a filter can leave, as far as it names NICs in a condition that all of it must meet. */
export function nicsInScope(nics: readonly Nic[], filter: string): readonly Nic[] {
  const named = namedNics(treeOf(filter));
  return named === null ? nics : nics.filter(({ nic }) => named.has(nic.toLowerCase()));
}

function treeOf(filter: string): Filter {
  try {
    return parseFilter(filter);
  } catch {
    return { kind: "everything" }; // said where it is typed
  }
}

function namedNics(filter: Filter): ReadonlySet<string> | null {
  if (filter.kind === "text" && filter.field === "nic" && filter.match === "equal") return new Set(filter.values);
  if (filter.kind !== "and") return null;
  for (const part of filter.all) {
    const named = namedNics(part);
    if (named !== null) return named;
  }
  return null;
}

/** How a NIC is called where there is little room. */
export function nicName({ nic, name, addresses }: Nic): string {
  return name ?? addresses[0]?.ip ?? nic;
}
