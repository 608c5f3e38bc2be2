// Electron's window and its page. The page itself is whoever hears the channel that ports are posted on.

import type { MessagePort } from "node:worker_threads";
import type { BrowserWindow, WebContents } from "electron";
import { portInside } from "./ports.ts";
import { type Emitter, emitterOf, type Known, newEvent, strict } from "./strict.ts";

export type FakeWindow = {
  readonly window: object;
  readonly options: Readonly<Record<string, unknown>> & { readonly webPreferences: Readonly<Record<string, unknown>> };
  readonly events: Emitter;
  readonly loaded: string[];
  /** Messages sent to the preload: by `send`, or `postMessage` with ports. */
  readonly toPreload: { readonly channel: string; readonly message: unknown; readonly ports: readonly MessagePort[] }[];
  /** Told of each message as it is sent. */
  hear: (channel: string, message: unknown, ports: readonly MessagePort[]) => void;
  readonly bars: number[];
  title: string;
  represented: string;
  focused: boolean;
  shown: boolean;
  /** A message from a frame of this window. */
  fromFrame(channel: string, frame: object | null, message?: unknown): void;
  /** Whether an event of the page was prevented. */
  isPrevented(event: string, details: object): boolean;
  opens(url: string): { readonly action: string };
  close(): void;
};

export const OWN_PAGE = { origin: "app://bundle", parent: null };

/** `new` on it gives the fake window itself. */
export function newWindowClass(
  windows: FakeWindow[],
  app: Emitter,
  announced: () => void,
): (options: FakeWindow["options"]) => object {
  return function made(options) {
    announced();
    const fake = newFakeWindow(options);
    windows.push(fake);
    app.emit("web-contents-created", newEvent({}), (fake.window as { webContents: object }).webContents);
    fake.events.once("closed", () => void windows.splice(windows.indexOf(fake), 1));
    return fake.window;
  };
}

function newFakeWindow(options: FakeWindow["options"]): FakeWindow {
  const events = emitterOf("BrowserWindow", ["ready-to-show", "page-title-updated", "closed"]);
  const page = emitterOf("WebContents", [
    "will-navigate",
    "will-frame-navigate",
    "will-redirect",
    "will-attach-webview",
    "select-bluetooth-device",
  ]);
  const ipc = emitterOf("ipc", ["tidemark:wire", "tidemark:pane"]);
  let destroyed = false;
  let openHandler: ((details: { url: string }) => { action: string }) | null = null;
  const alive = <A extends unknown[]>(run: (...args: A) => void): ((...args: A) => void) => {
    return (...args) => {
      if (destroyed) throw new TypeError("Object has been destroyed");
      run(...args);
    };
  };
  const toPreload = (channel: string, message: unknown, ports: readonly MessagePort[]): void => {
    fake.toPreload.push({ channel, message, ports });
    fake.hear(channel, message, ports);
  };
  const webContents = strict("WebContents", {
    on: page.on,
    ipc: strict("ipc", { on: ipc.on }),
    send: alive((channel: string, message: unknown) => toPreload(channel, message, [])),
    postMessage: alive((channel: string, message: unknown, ports: readonly object[] = []) =>
      toPreload(channel, message, ports.map(portInside)),
    ),
    setWindowOpenHandler(handler: typeof openHandler) {
      openHandler = handler;
    },
  } satisfies Known<WebContents>);
  const window = strict("BrowserWindow", {
    on: events.on,
    once: events.once,
    get webContents() {
      if (destroyed) throw new TypeError("Object has been destroyed");
      return webContents;
    },
    loadURL: async (url: string) => void fake.loaded.push(url),
    isDestroyed: () => destroyed,
    isFocused: () => fake.focused,
    isMinimized: alive(() => false),
    restore: alive(() => {}),
    focus: alive(() => {
      fake.focused = true;
    }),
    show: alive(() => {
      fake.shown = true;
    }),
    setTitle: alive((title: string) => {
      fake.title = title;
    }),
    setRepresentedFilename: alive((path: string) => {
      fake.represented = path;
    }),
    setProgressBar: alive((part: number) => void fake.bars.push(part)),
  } satisfies Known<BrowserWindow>);
  const fake: FakeWindow = {
    window,
    options,
    events,
    loaded: [],
    toPreload: [],
    hear: () => {},
    bars: [],
    title: "",
    represented: "",
    focused: false,
    shown: false,
    fromFrame: (channel, frame, message) => void ipc.emit(channel, { senderFrame: frame, ports: [] }, message),
    isPrevented(name, details) {
      const event = newEvent(details);
      page.emit(name, event);
      return event.defaultPrevented;
    },
    opens(url) {
      if (openHandler === null) throw new Error("Windows may be opened.");
      return openHandler({ url });
    },
    close() {
      destroyed = true;
      events.emit("closed");
    },
  };
  return fake;
}
