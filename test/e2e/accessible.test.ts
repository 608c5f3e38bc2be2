// Every screen and dialog in light and dark, by axe; in high contrast by `npm run test:long`.

import { test } from "vitest";
import { everyScreenIsAccessible } from "./axe.ts";

test.each(["light", "dark"] as const)("in %s", everyScreenIsAccessible);
