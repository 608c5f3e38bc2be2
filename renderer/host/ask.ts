// Asks the host and hears it, across wires that end: while there is none, questions fail as "interrupted" and are asked again by
// whoever still wants them when the next wire is up.

import type { CallName, EventName, Params, Payload, Result } from "../../shared/contract.ts";
import { AppError } from "../../shared/failure.ts";
import { type Connection, connect } from "../../shared/rpc.ts";
import { openWire } from "./wire.ts";

let connection: Connection | null = null;
const hearing: { readonly event: EventName; readonly hear: (payload: never) => void }[] = [];

const RETRY_MS = 700;

/** Keeps a wire open for as long as the page lives. `up` runs for each new wire, `down` when one has ended. */
export async function stayConnected(up: () => void, down: () => void): Promise<void> {
  for (;;) {
    try {
      const { wire, onEnd } = await openWire();
      const ended = new Promise<void>((resolve) => onEnd(resolve));
      connection = connect(wire);
      for (const { event, hear } of hearing) connection.listen(event, hear as (payload: unknown) => void); // each hears its own event
      up();
      await ended;
    } catch {
      // the host is not there (yet): `down` says so, and the loop tries again
    }
    connection?.close({ kind: "interrupted", message: "The connection to the host has ended." });
    connection = null;
    down();
    await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
  }
}

export async function ask<C extends CallName>(
  call: C,
  params: Params<C>,
  options?: { readonly signal?: AbortSignal },
): Promise<Result<C>> {
  if (connection === null) throw new AppError("interrupted", "The host does not answer.");
  return await connection.ask(call, params, options);
}

/** Hears an event on this and every later wire. Called at start only, before `stayConnected`. */
export function hear<E extends EventName>(event: E, listener: (payload: Payload<E>) => void): void {
  hearing.push({ event, hear: listener as (payload: never) => void }); // told payloads of its own event only
}
