// The wire over a WebSocket whose other end does not read: it is not asked further, and only progress is left out.

import { expect, test } from "vitest";
import type { WebSocket } from "ws";
import { overSocket } from "../../electron/loopback/socket-wire.ts";

/** A socket that says how much waits, and tells when something was sent. */
function slowSocket() {
  const sent: string[] = [];
  const told: (() => void)[] = [];
  const socket = {
    OPEN: 1,
    readyState: 1,
    bufferedAmount: 0,
    isPaused: false,
    send(text: string, done: () => void) {
      sent.push(text);
      told.push(done);
    },
    pause() {
      socket.isPaused = true;
    },
    resume() {
      socket.isPaused = false;
    },
  };
  const drain = (): void => {
    for (const done of told.splice(0)) done();
  };
  return { socket, sent, drain, wire: overSocket(socket as unknown as WebSocket) };
}

const MIB = 1024 * 1024;
const progress = { event: "ingest.progress", payload: {} };

test("while much waits to be sent nothing more is taken, until it has gone", () => {
  const { socket, sent, drain, wire } = slowSocket();
  socket.bufferedAmount = 15 * MIB;
  wire.send({ id: 1 });
  expect(socket.isPaused).toBe(false);
  socket.bufferedAmount = 17 * MIB;
  wire.send({ id: 2 });
  drain();
  expect(socket.isPaused).toBe(true);
  wire.send({ id: 3 });
  socket.bufferedAmount = 0;
  drain();
  expect([socket.isPaused, sent]).toEqual([false, ['{"id":1}', '{"id":2}', '{"id":3}']]);
});

test("progress is left out while something waits; answers and other announcements never are", () => {
  const { socket, sent, wire } = slowSocket();
  wire.send(progress);
  socket.bufferedAmount = 2 * MIB;
  wire.send(progress);
  wire.send({ event: "case.changed", payload: {} });
  wire.send({ id: 1, result: {} });
  expect(sent.map((text) => (JSON.parse(text) as { event?: string }).event)).toEqual([
    "ingest.progress",
    "case.changed",
    undefined,
  ]);
});

test("to a socket that is closed nothing is sent", () => {
  const { socket, sent, wire } = slowSocket();
  socket.readyState = 3;
  wire.send({ id: 1 });
  expect(sent).toEqual([]);
});
