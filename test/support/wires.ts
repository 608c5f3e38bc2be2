// Pairs of ends that the contract runs over: a MessagePort, as the page has under Electron, and a WebSocket on the loopback, as it
// has everywhere else. What is no JSON never reaches the contract; everything that is, does.

import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { MessageChannel } from "node:worker_threads";
import { WebSocket, WebSocketServer } from "ws";
import { overSocket as overServersSocket } from "../../electron/loopback/socket-wire.ts";
import type { Wire } from "../../shared/rpc.ts";

export type Pair = { readonly asking: Wire; readonly serving: Wire; close(): Promise<void> };

export const wires: readonly (readonly [name: string, open: () => Promise<Pair>])[] = [
  ["a MessagePort", overMessagePort],
  ["a WebSocket", overWebSocket],
];

async function overMessagePort(): Promise<Pair> {
  const { port1, port2 } = new MessageChannel();
  const end = (port: typeof port1): Wire => ({
    send: (message) => port.postMessage(message),
    onMessage: (receive) => void port.on("message", receive),
  });
  return {
    asking: end(port1),
    serving: end(port2),
    close: async () => {
      const closed = once(port2, "close");
      port1.close();
      await closed;
    },
  };
}

async function overWebSocket(): Promise<Pair> {
  const server = new WebSocketServer({ host: "127.0.0.1", port: 0 });
  await once(server, "listening");
  const connected = once(server, "connection") as Promise<[WebSocket]>;
  const client = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
  await once(client, "open");
  const [socket] = await connected;
  return {
    asking: overSocket(client),
    serving: overServersSocket(socket),
    close: async () => {
      const closed = once(client, "close");
      client.close();
      await closed;
      server.close();
      await once(server, "close");
    },
  };
}

function overSocket(socket: WebSocket): Wire {
  return {
    send: (message) => socket.send(JSON.stringify(message)),
    onMessage: (receive) => void socket.on("message", (bytes: Buffer) => receive(JSON.parse(bytes.toString("utf8")))),
  };
}
