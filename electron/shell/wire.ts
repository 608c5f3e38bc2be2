// The page's wire: a pair of ports for each load of the page, which asks for it; nobody else is heard. The old one is closed before
// a new one is given, so a window has one session at a time.

import { type BrowserWindow, MessageChannelMain, type MessagePortMain, type WebFrameMain } from "electron";
import type { Wire } from "../../shared/rpc.ts";
import type { Desk } from "../host/desk.ts";
import type { Session } from "../host/session.ts";
import { watchWire } from "../host/watch-wire.ts";
import { WIRE_CHANNEL } from "./channels.ts";
import { dialogsOf } from "./dialogs.ts";
import { shownBy } from "./progress.ts";
import { ORIGIN } from "./protocol.ts";

/** The window's own page: its main frame, at our origin. */
export function isOwnPage(frame: Pick<WebFrameMain, "origin" | "parent"> | null): boolean {
  return frame !== null && frame.parent === null && frame.origin === ORIGIN;
}

/** `up` is told of each new session. Returns the session there is. */
export function serveWindow(window: BrowserWindow, desk: Desk, up: (session: Session) => void): () => Session | null {
  const { webContents } = window;
  let port: MessagePortMain | null = null;
  let session: Session | null = null;

  function end(): void {
    session?.end();
    port?.close();
    session = null;
    port = null;
  }

  webContents.ipc.on(WIRE_CHANNEL, ({ senderFrame }) => {
    if (!isOwnPage(senderFrame)) return;
    end();
    const { port1, port2 } = new MessageChannelMain();
    const watcher = shownBy(window, () => started.caseOpen());
    const started = desk.session(watchWire(overPort(port1), watcher), dialogsOf(window));
    port = port1;
    session = started;
    port1.once("close", () => {
      if (port === port1) end();
    });
    port1.start();
    webContents.postMessage(WIRE_CHANNEL, null, [port2]);
    up(started);
  });
  window.once("closed", end);
  return () => session;
}

function overPort(port: MessagePortMain): Wire {
  let open = true;
  port.once("close", () => {
    open = false;
  });
  return {
    send(message) {
      if (open) port.postMessage(message);
    },
    onMessage: (receive) => void port.on("message", ({ data }) => receive(data)),
  };
}
