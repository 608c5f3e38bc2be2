// What is true of this window beside its address: the connection, the open case, evidence being added, what must be said.

import { create } from "zustand";
import type { CaseInfo, IngestAccount, OpenCase, Payload } from "../../shared/contract.ts";
import { AppError, type Failure, failureOf } from "../../shared/failure.ts";
import { ask, hear, stayConnected } from "../host/ask.ts";
import { navigate, shownView, useShown } from "./navigate.ts";
import { FIRST_VIEW } from "./view.ts";

/** What a process of the engine is there for, as a notice says it. */
const PROCESSES = { look: "answers questions", work: "writes the case", sql: "runs SQL" } as const;

export type Adding = {
  readonly what: string;
  readonly startedTime: number;
  readonly progress: Payload<"ingest.progress"> | null;
  readonly paused: boolean;
  readonly account: IngestAccount | null;
  readonly failure: Failure | null;
  readonly cancel: () => void;
};

/** A line over the workspace that stays until it is dismissed. */
export type Notice = { readonly kind: "restarted" | "error"; readonly title: string; readonly text: string };

/** A line that goes by itself; `undo` is offered on it. */
export type Toast = {
  readonly id: number;
  readonly text: string;
  readonly action: { title: string; run(): void } | null;
};

type Session = {
  readonly connected: boolean;
  readonly about: { readonly version: string; readonly host: "window" | "loopback" } | null;
  readonly open: OpenCase | null;
  /** Why the case of the address could not be opened. */
  readonly refused: Failure | null;
  readonly opening: boolean;
  readonly info: CaseInfo | null;
  /** Counts changes of the case; an answer belongs to one. */
  readonly revision: number;
  readonly notebookRevision: number;
  readonly adding: Adding | null;
  /** How far verifying is, or was when it ended. */
  readonly verifying: Payload<"verify.progress"> | null;
  readonly notice: Notice | null;
  readonly toasts: readonly Toast[];
};

export const useSession = create<Session>(() => ({
  connected: false,
  about: null,
  open: null,
  refused: null,
  opening: false,
  info: null,
  revision: 0,
  notebookRevision: 0,
  adding: null,
  verifying: null,
  notice: null,
  toasts: [],
}));

const set = useSession.setState;
const get = useSession.getState;

/** Once, at start. */
export function startSession(): void {
  hear("ingest.progress", (progress) => {
    const { adding } = get();
    if (adding) set({ adding: { ...adding, progress } });
  });
  hear("ingest.warned", ({ message }) => toast(message));
  hear("verify.progress", (verifying) => set({ verifying }));
  hear("case.changed", ({ what }) => {
    if (what === "notebook") return set({ notebookRevision: get().notebookRevision + 1 });
    set({ revision: get().revision + 1, notebookRevision: get().notebookRevision + 1 });
    void readInfo();
  });
  hear("engine.restarted", ({ process, reason }) => {
    set({
      revision: get().revision + 1,
      notice: {
        kind: "restarted",
        title: "The engine was restarted.",
        text: `The process that ${PROCESSES[process]} ended: ${reason}. Nothing was lost.`,
      },
    });
  });
  hear("case.asked", ({ path }) => void openCase(path));
  void stayConnected(
    () => {
      set({ connected: true });
      void begin();
    },
    () => set({ connected: false }),
  );
  useShown.subscribe(({ view }, before) => {
    if (view.case !== before.view.case) void followCase();
  });
}

async function begin(): Promise<void> {
  set({ about: await ask("app.about", {}), open: null });
  await followCase();
}

/** Opens what the address names. */
async function followCase(): Promise<void> {
  const path = shownView().case;
  const { open, connected } = get();
  if (!connected || path === (open?.path ?? null)) return;
  if (path === null) {
    set({ open: null, info: null, refused: null });
    await ask("case.close", {});
    return;
  }
  if (await opening(() => ask("case.open", { path }))) return;
  const still = get().open;
  if (still !== null) navigate({ ...FIRST_VIEW, page: "explore", case: still.path }, "replace"); // the address tells what is shown
}

/** Opens a case and shows it. False where it could not: the case that was open stays, and why is said. */
export async function openCase(path: string): Promise<boolean> {
  return await opening(() => ask("case.open", { path }));
}

export async function newCase(path: string): Promise<boolean> {
  return await opening(() => ask("case.new", { path }));
}

export async function openSample(): Promise<void> {
  startAdding("the sample incident", () => {});
  try {
    await opening(() => ask("sample.open", {}));
  } finally {
    set({ adding: null });
  }
}

export function closeCase(): void {
  navigate({ ...FIRST_VIEW });
}

async function opening(how: () => Promise<OpenCase>): Promise<boolean> {
  set({ opening: true, refused: null });
  try {
    const open = await how();
    const same = shownView().case === open.path;
    set({ open, info: null, revision: get().revision + 1, notebookRevision: get().notebookRevision + 1 });
    await readInfo();
    if (!same) navigate({ ...FIRST_VIEW, page: "explore", case: open.path });
    else if (shownView().page === "start") navigate({ page: "explore" }, "replace");
    return true;
  } catch (thrown) {
    set({ refused: failureOf(thrown) });
    if (get().open !== null) fail("The case could not be opened; this one stays open.", thrown);
    return false;
  } finally {
    set({ opening: false });
  }
}

async function readInfo(): Promise<void> {
  if (get().open === null) return;
  try {
    set({ info: await ask("case.info", {}) });
  } catch (thrown) {
    fail("The case cannot be read.", thrown);
  }
}

function startAdding(what: string, cancel: () => void): void {
  set({
    adding: { what, startedTime: Date.now(), progress: null, paused: false, account: null, failure: null, cancel },
  });
}

/** Adds evidence to the open case; `source` is paths, or the ticket of an upload. Ends with `adding.account` or `.failure`. */
export async function addEvidence(
  source: { readonly paths: readonly string[] } | { readonly upload: string },
  what: string,
  embed = true,
): Promise<void> {
  const cancelling = new AbortController();
  startAdding(what, () => cancelling.abort());
  navigate({ page: "adding" });
  try {
    const params = {
      paths: "paths" in source ? [...source.paths] : [],
      upload: "upload" in source ? source.upload : null,
      embed,
      jobs: Math.max(1, Math.min(4, navigator.hardwareConcurrency - 1)),
    };
    const account = await ask("source.add", params, { signal: cancelling.signal });
    const { adding } = get();
    if (adding) set({ adding: { ...adding, account } });
  } catch (thrown) {
    const { adding } = get();
    if (adding) set({ adding: { ...adding, failure: failureOf(thrown) } });
  }
}

export async function pauseAdding(paused: boolean): Promise<void> {
  await ask("source.pause", { paused });
  const { adding } = get();
  if (adding) set({ adding: { ...adding, paused } });
}

export function forgetAdding(): void {
  set({ adding: null });
}

export function isAdding(adding: Adding | null): boolean {
  return adding !== null && adding.account === null && adding.failure === null;
}

export function fail(title: string, thrown: unknown): void {
  const { kind, message } = failureOf(thrown);
  if (kind === "cancelled") return;
  set({ notice: { kind: "error", title, text: message } });
}

export function dismissNotice(): void {
  set({ notice: null });
}

let toasts = 0;
const TOAST_MS = 6000;

export function toast(text: string, action: Toast["action"] = null): void {
  const id = ++toasts;
  set({ toasts: [...get().toasts.slice(-2), { id, text, action }] });
  setTimeout(() => dismissToast(id), TOAST_MS);
}

export function dismissToast(id: number): void {
  set({ toasts: get().toasts.filter((each) => each.id !== id) });
}

/** The open case may be written; else the reason as a failure. */
export function writable(): void {
  const { open } = get();
  if (open === null) throw new AppError("bad-request", "No case is open.");
  if (open.readOnly !== null) throw new AppError("bad-request", open.readOnly);
}
