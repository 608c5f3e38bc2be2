// One window: every lane of the contract served on its wire. Calls of the host are answered here, those of `look` and `work` by the
// engine of the case the window has open, whose announcements it hears.

import { homedir } from "node:os";
import { dirname } from "node:path";
import {
  type CallName,
  calls,
  type EventName,
  events,
  type Lane,
  type OpenCase,
  type Params,
  type Result,
} from "../../shared/contract.ts";
import { AppError } from "../../shared/failure.ts";
import type { Announce, Context, Handlers, Wire } from "../../shared/rpc.ts";
import { serve } from "../../shared/serve.ts";
import type { Engine } from "../engine/engine.ts";
import type { Engines, Taken } from "./engines.ts";
import { listFolder } from "./list-folder.ts";
import { existingCase, newCase, openCase } from "./open-case.ts";
import type { Recents } from "./recents.ts";
import type { Sample } from "./sample.ts";
import { newSavedFiles } from "./saved-files.ts";
import type { Settings } from "./settings.ts";
import type { Uploads } from "./uploads.ts";

/** What all windows share. `pick`: the dialog of a window, where its host has native ones. */
export type Shared = {
  readonly about: Result<"app.about">;
  readonly engines: Engines;
  readonly recents: Recents;
  readonly sample: Sample;
  readonly settings: Settings;
  readonly uploads: Uploads;
};
export type Pick = (wanted: Params<"path.pick">) => Promise<readonly string[]>;

export type Session = {
  readonly announce: Announce;
  /** Path of the case it has open. */
  caseOpen(): string | null;
  end(): void;
};

/** A case that this window has open. */
type Opened = { readonly shown: OpenCase; readonly taken: Taken; readonly tickets: Set<string>; unlisten(): void };

/** Calls that change the case; refused where it is read-only. The other writing calls only read it. */
const CHANGING: ReadonlySet<CallName> = new Set<CallName>([
  "source.add",
  "source.undo",
  "notebook.write",
  "case.rebuild",
]);

export function startSession(wire: Wire, shared: Shared, pick: Pick | null): Session {
  const { engines, recents, sample, uploads, settings } = shared;
  const files = newSavedFiles(pick === null ? "new files" : "files agreed to");
  const ended = new AbortController();
  let opened: Opened | null = null;
  let lastFolder: string | null = null;
  let turn: Promise<unknown> = Promise.resolve();

  /** Opening and closing, one after the other, in the order asked for. */
  function inTurn<T>(run: () => Promise<T>): Promise<T> {
    const next = turn.then(run, run);
    turn = next;
    return next;
  }

  function current(): Opened {
    if (opened === null) throw new AppError("bad-request", "No case is open in this window.");
    return opened;
  }

  function close(): void {
    if (opened === null) return;
    const { taken, tickets, unlisten } = opened;
    opened = null;
    for (const ticket of tickets) uploads.drop(ticket);
    unlisten();
    taken.leave();
  }

  /** `make`: asked of the engine first. The case open until then stays open where this one cannot be. */
  async function open(
    path: string,
    { signal }: Context,
    make: (engine: Engine) => Promise<unknown>,
  ): Promise<OpenCase> {
    const taken = await engines.take(path);
    try {
      await make(taken.engine);
      const info = await taken.engine.ask("case.info", {}, { signal });
      if (ended.signal.aborted) throw new AppError("cancelled", "The window was closed.");
      const shown = openCase(path);
      if (shown.readOnly === null) uploads.sweep(path);
      close();
      opened = { shown, taken, tickets: new Set(), unlisten: passOn(taken.engine) };
      recents.remember(shown, info);
      return shown;
    } catch (thrown) {
      taken.leave();
      throw thrown;
    }
  }

  function passOn(engine: Engine): () => void {
    const names = Object.keys(events) as EventName[];
    const unlisten = names.map((event) => engine.listen(event, (payload) => announce(event, payload)));
    return () => {
      for (const each of unlisten) each();
    };
  }

  const none = { state: "not started", pid: null, restarts: 0, residentBytes: 0 } as const;
  const nothing = async (): Promise<void> => {};
  const host: Handlers<"host"> = {
    "engine.state": () => opened?.taken.engine.state() ?? { look: none, work: none },
    "app.about": () => shared.about,
    "case.open": ({ path }, context) => inTurn(() => open(existingCase(path), context, nothing)),
    "case.new": ({ path }, context) =>
      inTurn(() => open(newCase(path), context, (engine) => engine.ask("case.create", {}, context))),
    "case.close": () =>
      inTurn(async () => {
        close();
        return {};
      }),
    "sample.open": (_, context) =>
      inTurn(async () => {
        const path = await sample.prepare((progress) => announce("ingest.progress", progress));
        return await open(existingCase(path), context, nothing);
      }),
    "recent.list": () => recents.list(),
    "recent.forget": ({ path }) => {
      recents.forget(path);
      return {};
    },
    "path.pick": async (wanted) => {
      if (!pick) return { native: false, paths: [] };
      const paths = [...(await pick(wanted))];
      if (wanted.purpose === "save") for (const path of paths) files.agree(path);
      return { native: true, paths };
    },
    "settings.read": ({ name }) => ({ value: settings.read(name) }),
    "settings.write": ({ name, value }) => {
      settings.write(name, value);
      return {};
    },
    "file.write": (piece) => files.write(piece),
    "file.drop": async ({ path }) => {
      await files.drop(path);
      return {};
    },
    "path.list": async ({ folder }) => {
      const newest = recents.list().cases.find((each) => !each.missing);
      lastFolder ??= newest ? dirname(newest.path) : null;
      const listing = await listFolder(folder ?? lastFolder ?? homedir(), lastFolder);
      lastFolder = listing.folder;
      return listing;
    },
    "upload.ticket": () => {
      const { shown, tickets } = writable("upload.ticket");
      const ticket = uploads.begin(shown.path);
      tickets.add(ticket);
      return { ticket };
    },
  };

  function writable(call: CallName): Opened {
    const one = current();
    const { readOnly } = one.shown;
    if (readOnly !== null && (call === "upload.ticket" || CHANGING.has(call)))
      throw new AppError("bad-request", readOnly);
    return one;
  }

  /** A question ends with the window that asked it; a change goes on to its end. */
  async function route(
    call: Exclude<CallName, keyof Handlers<"host">>,
    params: never,
    signal: AbortSignal,
  ): Promise<unknown> {
    const { taken, shown, tickets } = writable(call);
    if (call === "source.add") return await addSource(taken.engine, shown.path, tickets, params, signal);
    const until =
      calls[call].lane === "read" || calls[call].lane === "sql" ? AbortSignal.any([signal, ended.signal]) : signal;
    const result = await taken.engine.ask(call, params, { signal: until });
    if (call === "source.undo") refresh(taken.engine, shown.path);
    return result;
  }

  /** New figures for the list of cases; where they cannot be had it keeps the ones it has. */
  function refresh(engine: Engine, path: string): void {
    engine.ask("case.info", {}).then(
      (info) => recents.refresh(path, info),
      () => {},
    );
  }

  async function addSource(
    engine: Engine,
    casePath: string,
    tickets: Set<string>,
    { paths, upload, ...rest }: Params<"source.add">,
    signal: AbortSignal,
  ): Promise<Result<"source.add">> {
    if (upload === null) return await add(paths);
    if (!tickets.has(upload))
      throw new AppError("not-found", "This upload is not known here, or is being added already.");
    if (!rest.embed)
      throw new AppError(
        "bad-request",
        "Evidence received by upload is kept in the case; there is no file to refer to.",
      );
    const received = uploads.finish(upload, casePath);
    tickets.delete(upload); // from here on it goes when it has been added, not with the window
    try {
      return await add([...paths, ...received]);
    } finally {
      uploads.drop(upload);
    }

    async function add(all: readonly string[]): Promise<Result<"source.add">> {
      const asked = { ...rest, paths: [...all], upload: null };
      const account = await engine.ask("source.add", asked, { signal }).catch((thrown: unknown) => {
        if (!(thrown instanceof AppError) || thrown.kind !== "interrupted" || signal.aborted) throw thrown;
        return engine.ask("source.add", asked, { signal }); // once more: it goes on where its process ended
      });
      refresh(engine, casePath);
      return account;
    }
  }

  const routed = Object.fromEntries(
    (Object.keys(calls) as CallName[])
      .filter((call) => calls[call].lane !== "host")
      .map((call) => [call, (params: never, { signal }: Context) => route(call as never, params, signal)]),
  ) as unknown as Handlers<"read" | "write" | "sql">; // every call of those lanes, answered by the engine as the contract says
  const { announce } = serve<Lane>(wire, { ...host, ...routed });

  return {
    announce,
    caseOpen: () => opened?.shown.path ?? null,
    end() {
      ended.abort();
      void files.dropAll();
      close();
    },
  };
}
