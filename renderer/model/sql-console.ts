// The SQL console: the statement being written, the one that runs, its rows so far, those that were run before. Draft and history are
// kept for all cases; rows are of the open one.

import { create } from "zustand";
import type { Result } from "../../shared/contract.ts";
import { type Failure, failureOf } from "../../shared/failure.ts";
import { ask } from "../host/ask.ts";
import { useSession } from "./session.ts";
import { readSetting, writeSetting } from "./settings.ts";
import { addRan, parseKept, printKept, type Ran } from "./sql-history.ts";

export type SqlRow = Result<"sql.run">["rows"][number];

/** Rows shown at most; what lies beyond is said, and can be saved. */
export const rowLimits = [1000, 10_000, 100_000] as const;
/** ms */
export const deadlines = [10_000, 60_000, 600_000] as const;

/** `more`: there are rows beyond those at hand. */
export type SqlResult = {
  readonly sql: string;
  readonly fields: readonly string[];
  readonly rows: readonly SqlRow[];
  readonly more: boolean;
  readonly elapsedMs: number;
};

type Console = {
  readonly draft: string;
  readonly limit: (typeof rowLimits)[number];
  readonly deadlineMs: (typeof deadlines)[number];
  readonly running: { readonly sql: string; readonly startedTime: number; readonly rows: number } | null;
  readonly result: SqlResult | null;
  readonly failed: { readonly sql: string; readonly failure: Failure } | null;
  readonly history: readonly Ran[];
};

export const useConsole = create<Console>(() => ({
  draft: "",
  limit: 10_000,
  deadlineMs: 60_000,
  running: null,
  result: null,
  failed: null,
  history: [],
}));

const set = useConsole.setState;
const get = useConsole.getState;
let stop: AbortController | null = null;

/** Once, at start. */
export function followConsole(): void {
  useSession.subscribe(({ open, connected }, before) => {
    if (connected && !before.connected) void recall();
    if ((open?.path ?? null) === (before.open?.path ?? null)) return;
    stop?.abort();
    set({ result: null, failed: null });
  });
}

async function recall(): Promise<void> {
  const kept = parseKept(await readSetting("sql").catch(() => null)); // what cannot be read now is not known yet
  if (get().history.length === 0) set({ history: kept.history });
  if (get().draft === "") set({ draft: kept.draft });
}

export function setDraft(draft: string): void {
  set({ draft });
  keep();
}

export function setLimit(limit: Console["limit"]): void {
  set({ limit });
}

export function setDeadline(deadlineMs: Console["deadlineMs"]): void {
  set({ deadlineMs });
}

export function forgetHistory(): void {
  set({ history: [] });
  keep();
}

function keep(): void {
  const { draft, history } = get();
  writeSetting("sql", printKept({ draft, history }));
}

export function cancelSql(): void {
  stop?.abort();
}

/** Rows asked for at a time: a few at first, so that something is there soon. */
const FIRST = 500;
const PAGE = 5000;

/** One statement at a time. */
export async function runSql(sql = get().draft): Promise<void> {
  if (get().running !== null || sql.trim() === "") return;
  const { limit, deadlineMs } = get();
  const control = new AbortController();
  stop = control;
  const startedTime = Date.now();
  set({ running: { sql, startedTime, rows: 0 }, failed: null });
  const rows: SqlRow[] = [];
  let ended: Ran = { sql, time: startedTime, elapsedMs: 0, rows: null };
  try {
    let more = false;
    let fields: readonly string[] = [];
    for await (const page of pagesOf(sql, deadlineMs, limit + 1, control.signal)) {
      fields = page.fields;
      for (const row of page.rows) if (rows.length < limit) rows.push(row);
      more = page.next !== null || rows.length < page.total;
      set({ running: { sql, startedTime, rows: rows.length } });
      if (more && rows.length >= limit) break;
    }
    const elapsedMs = Date.now() - startedTime;
    set({ result: { sql, fields, rows, more, elapsedMs } });
    ended = { ...ended, elapsedMs, rows: rows.length };
  } catch (thrown) {
    ended = { ...ended, elapsedMs: Date.now() - startedTime };
    set({ failed: { sql, failure: failureOf(thrown) } });
  }
  set({ running: null, history: addRan(get().history, ended) });
  keep();
}

type SqlPage = Result<"sql.run"> & { readonly total: number };

/** `total`: rows of this page and all before it. The deadline is that of all pages together. */
export async function* pagesOf(
  sql: string,
  deadlineMs: number,
  most: number,
  signal: AbortSignal,
): AsyncGenerator<SqlPage> {
  const until = Date.now() + deadlineMs;
  let total = 0;
  for (let after: number | null = 0; after !== null && total < most; ) {
    const rows = Math.min(after === 0 ? FIRST : PAGE, most - total);
    const left = Math.max(100, until - Date.now());
    const page: Result<"sql.run"> = await ask("sql.run", { sql, after, rows, deadlineMs: left }, { signal });
    total += page.rows.length;
    yield { ...page, total };
    after = page.next;
  }
}
