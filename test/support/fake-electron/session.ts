// Electron's session: keeps its handlers, so that a test can ask them.

import type { Session, WebRequest } from "electron";
import { emitterOf, type Known, newEvent, strict } from "./strict.ts";

type Handler = (...args: never[]) => unknown;

const HANDLERS = [
  "setPermissionRequestHandler",
  "setPermissionCheckHandler",
  "setDevicePermissionHandler",
  "setDisplayMediaRequestHandler",
  "setBluetoothPairingHandler",
] as const satisfies readonly (keyof Session)[];

export type FakeSession = {
  readonly session: object;
  /** Throws where none was set. */
  handler(name: (typeof HANDLERS)[number]): (...args: unknown[]) => unknown;
  /** Whether a request is cancelled. */
  isCancelled(url: string): boolean;
  /** What a device chooser was told; undefined where it was left to Electron. */
  chosen(event: string): unknown;
  isDownloadPrevented(url: string): boolean;
};

export function newFakeSession(): FakeSession {
  const handlers = new Map<string, Handler>();
  let onBeforeRequest: ((details: { url: string }, decide: (response: { cancel?: boolean }) => void) => void) | null =
    null;
  const { on, emit, listenerCount } = emitterOf("session", [
    "select-hid-device",
    "select-usb-device",
    "select-serial-port",
    "will-download",
  ]);
  const setters = Object.fromEntries(
    HANDLERS.map((name) => [name, (handler: Handler): void => void handlers.set(name, handler)]),
  );
  const session = strict("Session", {
    ...setters,
    on,
    webRequest: strict("webRequest", {
      onBeforeRequest(listener: typeof onBeforeRequest) {
        onBeforeRequest = listener;
      },
    } satisfies Known<WebRequest>),
  } satisfies Known<Session>);

  return {
    session,
    handler(name) {
      const handler = handlers.get(name);
      if (handler === undefined) throw new Error(`${name} was never called: Electron grants by default.`);
      return handler as (...args: unknown[]) => unknown; // a test calls it as Electron would
    },
    isCancelled(url) {
      if (onBeforeRequest === null) throw new Error("Requests are not looked at.");
      let cancelled: boolean | null = null;
      onBeforeRequest({ url }, ({ cancel = false }) => {
        cancelled = cancel;
      });
      if (cancelled === null) throw new Error("The request was left hanging.");
      return cancelled;
    },
    chosen(name) {
      const event = newEvent({});
      let chosen: unknown;
      const choose = (id: unknown): void => {
        chosen = id;
      };
      if (listenerCount(name) === 0) throw new Error(`Nothing hears ${name}: Electron would take the first one.`);
      emit(
        name,
        event,
        ...(name === "select-serial-port" ? [[{ portId: "1" }], {}] : [{ deviceList: [{ id: "1" }] }]),
        choose,
      );
      return event.defaultPrevented ? chosen : undefined;
    },
    isDownloadPrevented(url) {
      const event = newEvent({});
      emit("will-download", event, { getURL: () => url }, {});
      return event.defaultPrevented;
    },
  };
}
