// In place of the pool of threads, which for a case of a few records would cost a hundred times the reading: units are read in this
// thread where one job is asked for, and by the pool itself where there are more. For `vi.mock`.

import { readUnit, type Unit } from "../../electron/ingest/read-unit.ts";

type Pool = typeof import("../../electron/ingest/pool.ts");

export function poolHere(pool: Pool): Pool {
  return {
    ...pool,
    threadsAhead: () => ({ found: () => {}, take: () => undefined, end: () => {} }),
    unitsOf: (...all) => inSmallUnits(pool.unitsOf(...all)),
    readUnits: async (units, jobs, write, signal) => {
      if (jobs > 1) return await pool.readUnits(units, jobs, write, signal);
      for (const unit of units) await readUnit(unit, async (part) => void (await write(structuredClone(part))));
    },
  };
}

/** Several units where few bytes would make one, as with much larger members. */
function inSmallUnits(units: readonly Unit[]): Unit[] {
  return units
    .flatMap(({ members, embed }) =>
      members.length < 3
        ? [{ members, embed }]
        : [
            { members: members.slice(0, 1), embed },
            { members: members.slice(1), embed },
          ],
    )
    .map((unit, number) => ({ unit: number, ...unit }));
}
