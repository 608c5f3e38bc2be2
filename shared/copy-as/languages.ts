// The languages a scope is copied as, by name.

import { parseFilter } from "../filter/parse.ts";
import { printFilter } from "../filter/print.ts";
import type { Scope } from "../scope.ts";
import { asKql } from "./kql.ts";
import { asNfdump } from "./nfdump.ts";
import type { Said } from "./say.ts";
import { asSql } from "./sql.ts";
import { asWireshark } from "./wireshark.ts";

export const languages = {
  tidemark: "Tidemark filter",
  sql: "SQL for this case",
  kql: "KQL for NTANetAnalytics",
  wireshark: "Wireshark display filter",
  nfdump: "nfdump filter",
} as const;
export type LanguageName = keyof typeof languages;

/** Throws AppError bad-request where the scope's filter is none. */
export function copyAs(name: LanguageName, scope: Scope): Said {
  const filter = parseFilter(scope.filter);
  const { text, left } = said(name, filter, scope);
  return { text, left: [...left, ...besides(name, scope)] };
}

/** What a scope says besides its filter and range, which no language has words for. */
function besides(name: LanguageName, { sides, counters, time, part, flow, bar }: Scope): string[] {
  return [
    ...(sides === "once" && name !== "tidemark" ? ["once: each flow is selected wherever it was logged"] : []),
    ...(counters === "adjusted" && name === "sql" ? ["counters with roll-overs undone: they are as logged there"] : []),
    ...(time === "overlapping" ? ["whole flows that overlap the range: what is inside the range is selected"] : []),
    ...(time === "starting" ? ["whole flows that start in the range: what is inside the range is selected"] : []),
    ...(part !== undefined && part.trim() !== "" ? [`the part that is looked at: ${part}`] : []),
    ...(flow ? ["the one flow that is looked at"] : []),
    ...(bar ? ["the bar that is looked at"] : []),
  ];
}

function said(name: LanguageName, filter: ReturnType<typeof parseFilter>, scope: Scope): Said {
  switch (name) {
    case "tidemark": {
      const isRange = scope.from !== null || scope.to !== null;
      return { text: printFilter(filter), left: isRange ? ["the time range, which stands beside the filter"] : [] };
    }
    case "sql":
      return asSql(filter, scope);
    case "kql":
      return asKql(filter, scope);
    case "wireshark":
      return asWireshark(filter, scope);
    case "nfdump":
      return asNfdump(filter, scope);
  }
}
