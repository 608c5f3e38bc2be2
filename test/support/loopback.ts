// The app on 127.0.0.1 as a browser has it: requests as they stand on the line, a cookie, windows on its WebSocket.

import { once } from "node:events";
import { readFileSync } from "node:fs";
import { type IncomingHttpHeaders, request } from "node:http";
import { join } from "node:path";
import { afterAll } from "vitest";
import { WebSocket } from "ws";
import { type Loopback, type LoopbackOptions, startLoopback } from "../../electron/loopback/server.ts";
import { calls, events } from "../../shared/contract.ts";
import { type Connection, connect, type Wire } from "../../shared/rpc.ts";
import { folder, json } from "./cli.ts";
import { launch } from "./launch.ts";
import { blob, vnetRecord } from "./logs.ts";

export const pageFiles: readonly (readonly [string, string])[] = [
  ["index.html", "<!doctype html><title>Tidemark</title>"],
  ["assets/main-1a2b.js", "export {};"],
  ["assets/a worker.js", "postMessage(1);"],
  ["assets/main.css", "body { margin: 0 }"],
  ["assets/inter.woff2", "wOF2"],
];

export type App = Loopback & {
  readonly origin: string;
  readonly cookie: string;
  /** Where settings and the sample lie. */
  readonly home: string;
};
export type Reply = { readonly status: number; readonly headers: IncomingHttpHeaders; readonly body: string };

const apps: Loopback[] = [];
afterAll(async () => {
  await Promise.all(apps.splice(0).map((app) => app.close()));
});

export async function startApp(options: Partial<LoopbackOptions> = {}): Promise<App> {
  const home = folder();
  const loopback = await startLoopback({
    page: folder(pageFiles),
    configFolder: join(home, "config"),
    sampleFolder: join(home, "sample"),
    lingerMs: 0,
    launch,
    ...options,
  });
  apps.push(loopback);
  const cookie = await cookieFor(loopback.port, loopback.url);
  return { ...loopback, origin: `http://127.0.0.1:${loopback.port}`, cookie, home };
}

/** What a browser keeps of the answer to an address with a token. */
async function cookieFor(port: number, url: string): Promise<string> {
  const { headers } = await get(port, new URL(url).pathname + new URL(url).search);
  const [first = ""] = headers["set-cookie"] ?? [];
  return first.split(";")[0]!;
}

export function get(port: number, path: string, headers: Readonly<Record<string, string>> = {}): Promise<Reply> {
  return send(port, "GET", path, headers);
}

/** `path` goes out as it is: nothing in it is resolved or encoded. */
export function send(
  port: number,
  method: string,
  path: string,
  headers: Readonly<Record<string, string>> = {},
  body: Buffer | string = "",
): Promise<Reply> {
  return new Promise((settle, fail) => {
    const all = { ...headers, "content-length": `${Buffer.byteLength(body)}` };
    const asked = request({ host: "127.0.0.1", port, method, path, headers: all, agent: false }, (reply) => {
      const chunks: Buffer[] = [];
      reply.on("data", (chunk: Buffer) => chunks.push(chunk));
      reply.on("error", fail);
      reply.on("end", () =>
        settle({ status: reply.statusCode ?? 0, headers: reply.headers, body: Buffer.concat(chunks).toString("utf8") }),
      );
    });
    asked.on("error", fail);
    asked.end(body);
  });
}

export type Window = Connection & { readonly socket: WebSocket; leave(): Promise<void> };

/** A window, whose answers and announcements are held to the contract. */
export async function openWindow(app: App): Promise<Window> {
  const socket = new WebSocket(`ws://127.0.0.1:${app.port}/wire`, {
    headers: { cookie: app.cookie, origin: app.origin },
  });
  const wire: Wire = {
    send: (message) => socket.send(JSON.stringify(message)),
    onMessage: (receive) => void socket.on("message", (bytes: Buffer) => receive(JSON.parse(bytes.toString("utf8")))),
  };
  const connection = connect(wire, { calls, events });
  await once(socket, "open");
  return {
    ...connection,
    socket,
    async leave() {
      const closed = once(socket, "close");
      socket.close();
      await closed;
    },
  };
}

const T = Date.UTC(2025, 2, 4, 10);

/** One record with two tuples from `ip`. */
export function smallLog(ip: string, mac = "000D3A111111"): Buffer {
  const tuples = [
    `${T + 1},${ip},10.0.0.5,50000,443,6,O,B,NX,0,0,0,0`,
    `${T + 2},${ip},10.0.0.5,50000,443,6,O,E,NX,7,700,5,5000`,
  ];
  return blob(vnetRecord([["UserRule_Web", ...tuples]], { mac }));
}

let small: Promise<Buffer> | null = null;

/** A case of two tuples in a folder of its own. */
export async function smallCase(): Promise<string> {
  small ??= makeSmall();
  return join(folder([["small.tidemark", await small]]), "small.tidemark");
}

async function makeSmall(): Promise<Buffer> {
  const home = folder([["logs/PT1H.json", smallLog("10.0.0.4")]]);
  await json(["ingest", join(home, "small.tidemark"), join(home, "logs"), "--json"]);
  return readFileSync(join(home, "small.tidemark"));
}
