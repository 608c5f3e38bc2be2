// Electron's main process, strict about the order of events: what must come before ready throws after it, what must come after
// throws before. It does nothing; it writes down what it was told, and lets a test say what happens next.

import type { App, Dialog, Menu, Protocol, session as Sessions, utilityProcess as Utilities } from "electron";
import { MessageChannelMain } from "./ports.ts";
import { newFakeSession } from "./session.ts";
import { type Emitter, emitterOf, type Known, strict } from "./strict.ts";
import { type Forked, forkUtility } from "./utility.ts";
import { type FakeWindow, newWindowClass } from "./window.ts";

export type FakeElectron = {
  /** For `vi.doMock("electron", …)`. */
  readonly module: Readonly<Record<string, unknown>>;
  readonly app: Emitter;
  readonly session: ReturnType<typeof newFakeSession>;
  readonly windows: FakeWindow[];
  readonly forked: Forked[];
  readonly schemes: { readonly scheme: string; readonly privileges: Readonly<Record<string, boolean>> }[];
  readonly switches: Map<string, string>;
  readonly dialogs: {
    asked: { readonly method: string; readonly options: Readonly<Record<string, unknown>> }[];
    answers: unknown[];
  };
  /** What happened, in order. */
  readonly log: string[];
  menu: readonly MenuItem[] | null;
  lockData: unknown;
  /** The scheme's handler. */
  handler(scheme: string): (request: Request) => Response | Promise<Response>;
  /** Becomes ready, and waits for what that brings about. */
  becomeReady(): Promise<void>;
};

export type MenuItem = {
  readonly label?: string;
  readonly role?: string;
  readonly type?: string;
  readonly submenu?: readonly MenuItem[];
  readonly click?: () => void;
};

type Options = { readonly isPackaged?: boolean; readonly hasLock?: boolean };

export function newElectron({ isPackaged = true, hasLock = true }: Options = {}): FakeElectron {
  let isReady = false;
  let ready = (): void => {};
  const whenReady = new Promise<void>((settle) => {
    ready = settle;
  });
  const handlers = new Map<string, (request: Request) => Response>();
  const app = emitterOf("app", [
    "open-file",
    "second-instance",
    "activate",
    "window-all-closed",
    "web-contents-created",
    "will-quit",
  ]);
  const session = newFakeSession();
  const fake: FakeElectron = {
    module: {},
    app,
    session,
    windows: [],
    forked: [],
    schemes: [],
    switches: new Map(),
    dialogs: { asked: [], answers: [] },
    log: [],
    menu: null,
    lockData: undefined,
    handler(scheme) {
      const handler = handlers.get(scheme);
      if (handler === undefined) throw new Error(`Nothing handles ${scheme}:`);
      return handler;
    },
    async becomeReady() {
      isReady = true;
      fake.log.push("ready");
      ready();
      await new Promise((settle) => setImmediate(settle));
    },
  };

  function before(what: string): void {
    fake.log.push(what);
    if (isReady) throw new Error(`${what} comes before ready.`);
  }
  function after(what: string): void {
    fake.log.push(what);
    if (!isReady) throw new Error(`${what} comes after ready.`);
  }

  const modules = {
    app: strict("app", {
      on: app.on,
      once: app.once,
      isPackaged,
      whenReady: () => whenReady,
      setName: (name: string) => before(`setName ${name}`),
      enableSandbox: () => before("enableSandbox"),
      commandLine: strict("commandLine", {
        appendSwitch(name: string, value = "") {
          before("appendSwitch");
          fake.switches.set(name, value);
        },
      }),
      requestSingleInstanceLock(data: unknown) {
        before("requestSingleInstanceLock");
        fake.lockData = data;
        return hasLock;
      },
      quit: () => void fake.log.push("quit"),
      exit: (code: number) => void fake.log.push(`exit ${code}`),
    } satisfies Known<App>),
    protocol: strict("protocol", {
      registerSchemesAsPrivileged(schemes: FakeElectron["schemes"]) {
        before("registerSchemesAsPrivileged");
        if (fake.schemes.length > 0) throw new Error("registerSchemesAsPrivileged is called once.");
        fake.schemes.push(...schemes);
      },
      handle(scheme: string, handler: (request: Request) => Response) {
        after("protocol.handle");
        if (!fake.schemes.some((each) => each.scheme === scheme)) throw new Error(`${scheme} has no privileges.`);
        if (handlers.has(scheme)) throw new Error(`${scheme} is handled already.`);
        handlers.set(scheme, handler);
      },
    } satisfies Known<Protocol>),
    session: strict("session", {
      get defaultSession() {
        after("defaultSession");
        return session.session;
      },
    } satisfies Known<typeof Sessions>),
    Menu: strict("Menu", {
      buildFromTemplate: (template: readonly MenuItem[]) => template,
      setApplicationMenu(menu: readonly MenuItem[]) {
        after("setApplicationMenu");
        fake.menu = menu;
      },
    } satisfies Known<typeof Menu>),
    dialog: strict("dialog", {
      showOpenDialog: dialogAsked("showOpenDialog"),
      showSaveDialog: dialogAsked("showSaveDialog"),
      showMessageBox: dialogAsked("showMessageBox"),
    } satisfies Known<Dialog>),
    utilityProcess: strict("utilityProcess", {
      fork(entry: string, args: readonly string[], options: object) {
        after("utilityProcess.fork");
        return forkUtility(fake.forked, entry, args, options);
      },
    } satisfies Known<typeof Utilities>),
    MessageChannelMain: class extends MessageChannelMain {
      constructor() {
        after("MessageChannelMain");
        super();
      }
    },
    BrowserWindow: newWindowClass(fake.windows, app, () => after("BrowserWindow")),
  };

  function dialogAsked(
    method: string,
  ): (window: unknown, options: Readonly<Record<string, unknown>>) => Promise<unknown> {
    return async (window, options) => {
      after(method);
      if (!fake.windows.some((each) => each.window === window)) throw new Error(`${method} wants its window.`);
      fake.dialogs.asked.push({ method, options });
      if (fake.dialogs.answers.length === 0) throw new Error(`No answer was planned for ${method}.`);
      return fake.dialogs.answers.shift();
    };
  }

  Object.assign(fake.module, modules);
  return fake;
}
