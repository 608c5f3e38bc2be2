// The one way out of the page: a wire to the host, a MessagePort from the window's shell or a WebSocket to the server of this page.
// A wire that ends is told once; a new one is opened by asking again.

import type { Wire } from "../../shared/rpc.ts";

export type OpenWire = { readonly wire: Wire; onEnd(told: () => void): void };

/** What the shell's preload exposes; absent in a browser. */
export type Shell = {
  /** A port comes as a message to this window. */
  askForWire(): void;
  paths(files: readonly File[]): readonly string[];
  /** Opens a window of this page at `?pane=…&with=…#/…`. */
  openPane(address: string): void;
  onCommand(run: (command: string) => void): void;
};

declare global {
  interface Window {
    readonly tidemark?: Shell;
  }
}

export function openWire(): Promise<OpenWire> {
  return window.tidemark ? openPort() : openSocket();
}

/** A new port for every load of the page, and for every time the host has let the old one go. */
function openPort(): Promise<OpenWire> {
  return new Promise((resolve) => {
    const received = ({ data, origin, ports: [port] }: MessageEvent): void => {
      if (origin !== location.origin || data?.tidemark !== "wire" || port === undefined) return;
      window.removeEventListener("message", received);
      resolve({
        wire: {
          send: (message) => port.postMessage(message),
          onMessage: (receive) => {
            port.addEventListener("message", (event) => receive(event.data));
            port.start();
          },
        },
        onEnd: (told) => port.addEventListener("close", told, { once: true }),
      });
    };
    window.addEventListener("message", received);
    window.tidemark?.askForWire();
  });
}

function openSocket(): Promise<OpenWire> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/wire`);
    socket.addEventListener("error", () => reject(new Error("The host does not answer.")), { once: true });
    socket.addEventListener("open", () =>
      resolve({
        wire: {
          send: (message) => socket.send(JSON.stringify(message)),
          onMessage: (receive) => socket.addEventListener("message", (event) => receive(JSON.parse(event.data))),
        },
        onEnd: (told) => socket.addEventListener("close", told, { once: true }),
      }),
    );
  });
}
