// A page of the fake window: the real preload over a fake of Electron's preload modules, and the page's own wire over a fake `window`
// whose messages reach it as a browser would bring them.

import type { MessagePort } from "node:worker_threads";
import { vi } from "vitest";
import type { OpenWire } from "../../../renderer/host/wire.ts";
import { strict } from "./strict.ts";
import { type FakeWindow, OWN_PAGE } from "./window.ts";

export type Page = {
  /** What the preload gives to the page. */
  readonly exposed: Readonly<Record<string, (...args: never[]) => unknown>>;
  readonly posted: { readonly message: unknown; readonly origin: string }[];
  openWire(): Promise<OpenWire>;
  /** A message that reaches the page from an origin. */
  deliver(message: unknown, origin: string, ports: readonly MessagePort[]): void;
};

export async function newPage(fake: FakeWindow): Promise<Page> {
  const origin = new URL(fake.loaded[0] ?? "").href.replace(/(\/\/[^/]+)\/.*/, "$1");
  const posted: Page["posted"] = [];
  const target = new EventTarget();
  const hearing = new Map<string, ((event: object, message: unknown) => void)[]>();
  let exposed: Page["exposed"] = {};

  function deliver(message: unknown, from: string, ports: readonly MessagePort[]): void {
    target.dispatchEvent(Object.assign(new Event("message"), { data: message, origin: from, ports }));
  }
  const window = {
    postMessage(message: unknown, to: string, ports: readonly MessagePort[]) {
      posted.push({ message, origin: to });
      if (to === origin) queueMicrotask(() => deliver(message, origin, ports));
    },
    addEventListener: target.addEventListener.bind(target),
    removeEventListener: target.removeEventListener.bind(target),
    get tidemark() {
      return exposed;
    },
  };
  vi.stubGlobal("window", window);
  vi.stubGlobal("location", { origin });

  fake.hear = (channel, message, ports) => {
    for (const hear of hearing.get(channel) ?? []) hear({ ports }, message);
  };
  const module = {
    contextBridge: strict("contextBridge", {
      exposeInMainWorld(name: string, api: Page["exposed"]) {
        if (name !== "tidemark") throw new Error(`Exposed as ${name}.`);
        exposed = api;
      },
    }),
    ipcRenderer: strict("ipcRenderer", {
      on: (channel: string, hear: (event: object, message: unknown) => void) =>
        void hearing.set(channel, [...(hearing.get(channel) ?? []), hear]),
      send: (channel: string) => fake.fromFrame(channel, OWN_PAGE),
    }),
    webUtils: strict("webUtils", { getPathForFile: ({ at }: { readonly at: string }) => at }),
  };
  vi.doMock("electron", () => module);
  vi.resetModules();
  await import("../../../electron/shell/preload.ts");
  const { openWire } = await import("../../../renderer/host/wire.ts");
  return {
    get exposed() {
      return exposed;
    },
    posted,
    openWire,
    deliver,
  };
}
