// Every view of the page shows the numbers of the command line, in twenty scopes.

import { test } from "vitest";
import { openPage, sampleCase } from "../e2e/app.ts";
import { scopes, viewsAgree } from "../e2e/views.ts";
import { engineOn } from "../support/engines.ts";

test.each(scopes)("filter $filter, from $from to $to, counted $sides", async (scope) => {
  const casePath = sampleCase("views");
  const page = await openPage(casePath, "explore");
  await viewsAgree(page, engineOn(casePath), casePath, scope);
});
