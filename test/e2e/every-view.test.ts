// Every view shows the numbers of the command line: here in a few scopes, in all twenty by `npm run test:long`.

import { test } from "vitest";
import { engineOn } from "../support/engines.ts";
import { openPage, sampleCase } from "./app.ts";
import { scopes, viewsAgree } from "./views.ts";

test("in every scope", async () => {
  const casePath = sampleCase("views");
  const engine = engineOn(casePath);
  const page = await openPage(casePath, "explore");
  for (const scope of scopes.slice(0, 4)) await viewsAgree(page, engine, casePath, scope);
});
