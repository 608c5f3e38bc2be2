// The app on 127.0.0.1, for a browser of this machine and this user: the page's files, uploads, and a WebSocket a window.

import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { WebSocketServer } from "ws";
import { AppError, type FailureKind, failureOf } from "../../shared/failure.ts";
import { MESSAGE_BYTES } from "../../shared/rpc.ts";
import { type Desk, type DeskOptions, openDesk } from "../host/desk.ts";
import { type Answer, json, refuseUpgrade, send, sentence } from "./answers.ts";
import { type Gate, newGate } from "./gate.ts";
import { type Page, readPage } from "./page.ts";
import { overSocket } from "./socket-wire.ts";

export type LoopbackOptions = Partial<Omit<DeskOptions, "host">> & {
  /** Folder of the built page; its files are read at start. */
  readonly page: string;
  /** 0 or none: any free one. */
  readonly port?: number;
};

export type Loopback = {
  /** Opens the app once, in one browser. */
  readonly url: string;
  readonly port: number;
  /** Another address that opens it once. `fragment`: of the page, without `#`. */
  invite(fragment?: string): string;
  /** Ends every window and engine. */
  close(): Promise<void>;
};

/** An engine waits so long for a page that is loading again. */
const LINGER_MS = 3000;

export async function startLoopback({ page: folder, port = 0, ...options }: LoopbackOptions): Promise<Loopback> {
  const page = readPage(folder);
  const server = createServer({ requestTimeout: 0 }); // a large upload takes as long as it takes
  server.listen(port, "127.0.0.1");
  await once(server, "listening").catch((thrown: unknown) => {
    throw new AppError("busy", `Port ${port} cannot be used: ${failureOf(thrown).message}.`);
  });
  const address = server.address() as AddressInfo; // listening on a port, as above
  const gate = newGate(address.port);
  const desk = openDesk({ lingerMs: LINGER_MS, ...options, host: "loopback" });
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MESSAGE_BYTES, perMessageDeflate: false });

  server.on("request", (request, response) => void serveRequest({ page, gate, desk }, request, response));
  server.on("upgrade", (request, socket, head) => {
    const refused = refusalOfUpgrade(gate, request);
    if (refused !== null) return refuseUpgrade(socket, refused);
    sockets.handleUpgrade(request, socket as Duplex, head, (webSocket) => {
      const session = desk.session(overSocket(webSocket));
      webSocket.on("error", () => webSocket.terminate()); // too large or no WebSocket: `close` follows
      webSocket.on("close", () => session.end());
    });
  });

  const invite = (fragment?: string): string =>
    `http://127.0.0.1:${address.port}/?token=${gate.invite()}${fragment ? `#${fragment}` : ""}`;
  return {
    url: invite(),
    port: address.port,
    invite,
    async close() {
      for (const webSocket of sockets.clients) webSocket.terminate();
      server.close();
      server.closeAllConnections();
      await desk.close();
    },
  };
}

type Serving = { readonly page: Page; readonly gate: Gate; readonly desk: Desk };

async function serveRequest(serving: Serving, request: IncomingMessage, response: ServerResponse): Promise<void> {
  request.on("error", () => {}); // a client that goes away is told by whoever reads from it
  let answer: Answer;
  try {
    answer = await answerTo(serving, request);
  } catch (thrown) {
    const failure = failureOf(thrown);
    answer = json(STATUS[failure.kind], { failure });
  }
  send(request, response, answer);
}

const STATUS: Readonly<Record<FailureKind, number>> = {
  "bad-request": 400,
  "not-found": 404,
  unsupported: 400,
  busy: 409,
  cancelled: 400,
  interrupted: 503,
  "case-damaged": 500,
  "case-from-future": 500,
  "evidence-changed": 500,
  "disk-full": 507,
  bug: 500,
};

/** The address is taken as it stands in the request: nothing in it is decoded, resolved or joined. */
async function answerTo({ page, gate, desk }: Serving, request: IncomingMessage): Promise<Answer> {
  const { headers, method = "", url = "" } = request;
  const [path = "", query = ""] = url.split("?", 2);
  if (method === "GET" || method === "HEAD") {
    if (path === "/" && query.startsWith("token=") && method === "GET") return enter(gate, request, query);
    const refused = gate.refusal(headers, "looking");
    if (refused !== null) return sentence(403, refused);
    return page.get(path) ?? sentence(404, "There is nothing here.");
  }
  const refused = gate.refusal(headers, "changing");
  if (refused !== null) return sentence(403, refused);
  const [, ticket, name] = /^\/evidence\/([0-9a-f]{32})\/(.+)$/.exec(path) ?? [];
  if (method === "PUT" && ticket !== undefined && name !== undefined)
    return json(201, await desk.uploads.receive(ticket, name, request));
  return page.has(path) ? sentence(405, "This can only be looked at.") : sentence(404, "There is nothing here.");
}

/** A token that is used up does no harm where the browser has been let in already: a reload, a step back. */
function enter(gate: Gate, { headers }: IncomingMessage, query: string): Answer {
  const refused = gate.refusalOfAddress(headers);
  if (refused !== null) return sentence(403, refused);
  const cookie = gate.enter(query.slice("token=".length));
  if (cookie === null) {
    const stranger = gate.refusal(headers, "looking");
    if (stranger !== null) return sentence(403, stranger);
  }
  return {
    ...sentence(303, "Tidemark is at /."),
    headers: { Location: "/", ...(cookie === null ? {} : { "Set-Cookie": cookie }) },
  };
}

function refusalOfUpgrade(gate: Gate, { headers, method, url }: IncomingMessage): Answer | null {
  const refused = gate.refusal(headers, "changing");
  if (refused !== null) return sentence(403, refused);
  return method === "GET" && url === "/wire" ? null : sentence(404, "There is nothing here.");
}
