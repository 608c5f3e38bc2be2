// `tidemark query`: a question from options, its answer page by page as table, json, ndjson or csv.

import { wholeFields } from "../../shared/beside.ts";
import type { Answer, Question, Result } from "../../shared/contract.ts";
import { bins, bys, fieldsOf, groupable } from "../../shared/rows.ts";
import { timeSemantics } from "../../shared/scope.ts";
import { parseInstant } from "../../shared/time.ts";
import { untilCancelled } from "./commands.ts";
import { withEngine } from "./engine.ts";
import { writers } from "./formats.ts";
import { type Arguments, only, Usage, wholeNumber } from "./usage.ts";

export async function runQuery(args: Arguments): Promise<number> {
  const casePath = only(args, "case");
  const sql = args.value("sql");
  if (sql !== null) return await runSql(args, casePath, sql);
  if (args.has("settled") && args.value("by") !== "tuples") throw new Usage("--settled goes with --by tuples only");
  if (args.has("spread") && args.value("by") !== "timeline") throw new Usage("--spread goes with --by timeline only");
  const question = questionOf(args);
  const format = formatOf(args);
  return await withEngine(casePath, async (engine) => {
    const writer = writers[format]([...fieldsOf(question)]);
    let answer: Answer | null = null;
    for (let after: number | null = 0; after !== null; after = answer.next) {
      const state: Pick<Question, "state"> = answer === null ? {} : { state: answer.state };
      answer = await engine.ask("query.rows", { ...question, after, ...state });
      await writer.rows(answer.rows);
    }
    if (answer) await writer.end(answer.leftOut, answer.remarks);
    return 0;
  });
}

/** `--group FIELD,FIELD`; none where rows are no groups. */
function groupOf(args: Arguments, by: Question["by"]): Question["group"] {
  const text = args.value("group");
  if (text === null) {
    if (by === "groups") throw new Usage(`--by groups wants --group with fields of ${groupable.join(", ")}`);
    return undefined;
  }
  if (by !== "groups") throw new Usage("--group goes with --by groups only");
  const fields = text.split(",").map((word) => {
    const field = groupable.find((name) => name.toLowerCase() === word.trim().toLowerCase());
    if (!field) throw new Usage(`--group: there is no field "${word}" to group by; fields are ${groupable.join(", ")}`);
    return field;
  });
  if (new Set(fields).size < fields.length || fields.length > 4)
    throw new Usage("--group takes one to four fields, each once");
  return fields;
}

/** So long may a statement take, ms; Ctrl-C ends it before. */
const SQL_DEADLINE = 3_600_000;
/** Rows asked for at a time. */
const SQL_ROWS = 5000;

async function runSql(args: Arguments, casePath: string, sql: string): Promise<number> {
  for (const option of [
    "by",
    "filter",
    "from",
    "to",
    "sort",
    "bin",
    "group",
    "once",
    "adjusted",
    "settled",
    "spread",
    "time",
  ])
    if (args.has(option))
      throw new Usage(`--${option} does not go with --sql: the statement says what and in which order`);
  const limit = wholeNumber(args, "limit", 0, 999_999_999, 100) || Number.POSITIVE_INFINITY;
  const format = formatOf(args);
  return await withEngine(casePath, (engine) =>
    untilCancelled(async (signal) => {
      const ask = (after: number): Promise<Result<"sql.run">> => {
        const rows = Math.min(SQL_ROWS, limit - after + 1); // one more than is shown tells whether there are more
        return engine.ask("sql.run", { sql, after, rows, deadlineMs: SQL_DEADLINE }, { signal });
      };
      let page = await ask(0);
      const writer = writers[format]([...page.fields]);
      let written = 0;
      for (;;) {
        const shown = page.rows.slice(0, limit - written);
        const rows = shown.map((row) => Object.fromEntries(page.fields.map((field, f) => [field, row[f] ?? null])));
        await writer.rows(rows);
        written += shown.length;
        const hasMore = shown.length < page.rows.length;
        if (page.next === null || hasMore) {
          await writer.end({}, hasMore ? [`There are more rows than ${limit}; --limit 0 lists all.`] : []);
          return 0;
        }
        page = await ask(page.next);
      }
    }),
  );
}

function formatOf(args: Arguments): keyof typeof writers {
  const format = args.value("format") ?? (args.has("json") ? "json" : "table");
  if (!Object.hasOwn(writers, format))
    throw new Usage(`--format is one of ${Object.keys(writers).join(", ")}, not "${format}"`);
  return format as keyof typeof writers; // checked above
}

function questionOf(args: Arguments): Question {
  const by = args.value("by");
  if (by === null) throw new Usage(`--by says what to list: ${bys.join(", ")}`);
  const known = bys.find((name) => name === by);
  if (!known) throw new Usage(`--by is one of ${bys.join(", ")}, not "${by}"`);
  const from = instantOf(args, "from");
  const to = instantOf(args, "to");
  const binText = args.value("bin");
  const bin = (Object.keys(bins) as (keyof typeof bins)[]).find((name) => name === binText) ?? null;
  if (binText !== null && bin === null)
    throw new Usage(`--bin is one of ${Object.keys(bins).join(", ")}, not "${binText}"`);
  const group = groupOf(args, known);
  const time = timeOf(args, known, { from, to });
  return {
    by: known,
    ...(group ? { group } : {}),
    scope: {
      ...{ from, to, filter: args.value("filter") ?? "" },
      ...(args.has("once") ? { sides: "once" } : {}),
      ...(args.has("adjusted") ? { counters: "adjusted" } : {}),
      ...(time === "inside" ? {} : { time }),
    },
    sort: sortOf(args, fieldsOf({ by: known, settled: args.has("settled"), group }), wholeFields(known)),
    ...(args.has("settled") ? { settled: true } : {}),
    ...(args.has("spread") ? { spread: true } : {}),
    limit: wholeNumber(args, "limit", 0, 999_999_999, 100),
    after: 0,
    bin,
  };
}

/** What the range says; refused where it says nothing. */
function timeOf(
  args: Arguments,
  by: Question["by"],
  { from, to }: Pick<Question["scope"], "from" | "to">,
): (typeof timeSemantics)[number] {
  const text = args.value("time") ?? "inside";
  const time = timeSemantics.find((name) => name === text);
  if (!time) throw new Usage(`--time is one of ${timeSemantics.join(", ")}, not "${text}"`);
  if (time === "inside") return time;
  if (by === "members" || by === "rejects" || by === "coverage")
    throw new Usage(`--time ${time} is said of flows; ${by} are listed whole, whatever the range`);
  if (from === null && to === null)
    throw new Usage(`--time ${time} says which flows a range takes: give --from or --to`);
  return time;
}

/** `also`: fields that a row does not tell. */
function sortOf(args: Arguments, fields: readonly string[], also: readonly string[]): Question["sort"] {
  const text = args.value("sort");
  if (text === null) return null;
  const sorts = text.split(",").map((part) => {
    const [field = "", order = "asc", more] = part.split(":");
    if (!fields.includes(field) && !also.includes(field))
      throw new Usage(`--sort: there is no field "${field}"; fields are ${[...fields, ...also].join(", ")}`);
    if ((order !== "asc" && order !== "desc") || more !== undefined)
      throw new Usage(`--sort is FIELD, FIELD:asc or FIELD:desc, several with commas between, not "${part}"`);
    return { field, order } as const;
  });
  if (sorts.length > 8 || new Set(sorts.map(({ field }) => field)).size < sorts.length)
    throw new Usage("--sort takes one to eight fields, each once");
  return sorts;
}

export function instantOf(args: Arguments, name: string): number | null {
  const text = args.value(name);
  if (text === null) return null;
  const instant = parseInstant(text);
  if (instant === "no zone")
    throw new Usage(
      `--${name} "${text}" has no time zone; write it with one, such as ${text.replace(/\s*$/, "")}Z for UTC`,
    );
  if (instant === null)
    throw new Usage(`--${name} takes ISO 8601 with a zone or milliseconds since 1970, not "${text}"`);
  return instant;
}
