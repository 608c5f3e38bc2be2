// Every screen and dialog in high contrast, by axe.

import { test } from "vitest";
import { everyScreenIsAccessible } from "../e2e/axe.ts";

test.each(["hc-light", "hc-dark"] as const)("in %s", everyScreenIsAccessible);
