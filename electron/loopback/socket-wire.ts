// The contract over a WebSocket. A page that does not read is not asked further: while much waits to be sent nothing more is taken
// from it, and progress is left out.

import type { WebSocket } from "ws";
import type { Wire } from "../../shared/rpc.ts";

const MUCH_BYTES = 16 * 1024 * 1024;
const SOME_BYTES = 1024 * 1024;

export function overSocket(socket: WebSocket): Wire {
  const sent = (): void => {
    if (socket.isPaused && socket.bufferedAmount < MUCH_BYTES) socket.resume();
  };
  return {
    send(message) {
      if (socket.readyState !== socket.OPEN) return;
      if (socket.bufferedAmount > SOME_BYTES && isProgress(message)) return;
      socket.send(JSON.stringify(message), sent);
      if (socket.bufferedAmount >= MUCH_BYTES) socket.pause();
    },
    onMessage(receive) {
      socket.on("message", (bytes: Buffer, isBinary: boolean) => {
        const message = isBinary ? undefined : parsed(bytes.toString("utf8"));
        if (message === undefined) socket.close(1003, "JSON text is expected");
        else receive(message);
      });
    },
  };
}

/** Undefined where it is no JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isProgress(message: unknown): boolean {
  return typeof message === "object" && message !== null && "event" in message && message.event === "ingest.progress";
}
