// What every answer of the server carries, whatever it answers.

import type { IncomingMessage, ServerResponse } from "node:http";
import { STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import { PAGE_HEADERS } from "../host/content-security-policy.ts";

export type Answer = {
  readonly status: number;
  readonly type: string;
  readonly body: Buffer | string;
  readonly headers?: Readonly<Record<string, string>>;
};

export function sentence(status: number, text: string): Answer {
  return { status, type: "text/plain; charset=utf-8", body: `${text}\n` };
}

export function json(status: number, value: unknown): Answer {
  return { status, type: "application/json; charset=utf-8", body: JSON.stringify(value) };
}

export function send(request: IncomingMessage, response: ServerResponse, answer: Answer): void {
  const bytes = Buffer.from(answer.body);
  response.writeHead(answer.status, {
    ...PAGE_HEADERS,
    ...answer.headers,
    "Content-Type": answer.type,
    "Content-Length": bytes.length,
  });
  response.end(request.method === "HEAD" ? undefined : bytes);
  request.resume(); // what is left of a body that was refused
}

/** To a socket that asked to become a WebSocket and may not. */
export function refuseUpgrade(socket: Duplex, { status, type, body }: Answer): void {
  const headers = {
    ...PAGE_HEADERS,
    Connection: "close",
    "Content-Type": type,
    "Content-Length": Buffer.byteLength(body),
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ""}\r\n${lines.join("\r\n")}\r\n\r\n${body}`);
}
