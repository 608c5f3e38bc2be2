// Logs cut at every byte (RELIABILITY R8).

import { expect, test } from "vitest";
import { cutPlain } from "../support/cuts.ts";
import { figure } from "../support/figure.ts";
import { evidence, wholeFiles } from "../support/logs.ts";

test.each(wholeFiles)(
  "%s cut at every byte (a larger one at every 23rd): every whole record before the cut, none invented",
  async (name) => {
    const began = performance.now();
    const whole = evidence(name);
    const step = whole.length > 10_000 ? 23 : 1;
    const every = Array.from({ length: Math.floor(whole.length / step) + 1 }, (_, i) => i * step);
    const { cuts, faults } = await cutPlain(whole, every);
    expect(faults).toEqual([]);
    figure(`R8 ${name}`, { cuts, faults: 0, s: (performance.now() - began) / 1000 });
  },
);
