// Electron's ports over Node's: what a port is sent waits until it is started, and nothing but other ports may be transferred.

import { MessageChannel, type MessagePort } from "node:worker_threads";
import { emitterOf, strict } from "./strict.ts";

const inside = new WeakMap<object, MessagePort>();

function newPortMain(port: MessagePort): object {
  const { on, once, emit } = emitterOf("MessagePortMain", ["message", "close"]);
  let started = false;
  port.on("close", () => emit("close"));
  const main = strict("MessagePortMain", {
    on,
    once,
    start() {
      if (started) return;
      started = true;
      port.on("message", (data: unknown) => emit("message", { data, ports: [] }));
    },
    close: () => port.close(),
    postMessage(message: unknown, transfer: readonly object[] = []) {
      if (holdsBytes(message)) throw new TypeError("A MessagePortMain carries no ArrayBuffers.");
      port.postMessage(message, transfer.map(portInside));
    },
  });
  inside.set(main, port);
  return main;
}

/** What a page gets of it. */
export function portInside(main: object): MessagePort {
  const port = inside.get(main);
  if (port === undefined) throw new TypeError("Only a MessagePortMain can be transferred.");
  return port;
}

export class MessageChannelMain {
  readonly port1: object;
  readonly port2: object;
  constructor() {
    const { port1, port2 } = new MessageChannel();
    this.port1 = newPortMain(port1);
    this.port2 = newPortMain(port2);
  }
}

function holdsBytes(value: unknown): boolean {
  if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) return true;
  return typeof value === "object" && value !== null && Object.values(value).some(holdsBytes);
}
