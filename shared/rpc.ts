// The contract over any wire that carries JSON values: a MessagePort, a WebSocket, a child process. One side serves a lane's
// handlers, the other asks. Whatever arrives is checked here; nothing that arrives can do more than fail its own call.
//
//   ask       {id, call, params}      answer    {id, result} or {id, failure: {kind, message}}
//   cancel    {cancel: id}            announce  {event, payload}

import {
  type CallName,
  type CallOf,
  calls,
  type EventName,
  events,
  type Lane,
  MESSAGE_BYTES,
  type Params,
  type Payload,
  type Result,
} from "./contract.ts";
import { AppError, Failure, failureOf } from "./failure.ts";

export type Wire = { send(message: unknown): void; onMessage(receive: (message: unknown) => void): void };

export type Context = { readonly signal: AbortSignal };
export type Handlers<L extends Lane> = {
  readonly [C in CallOf<L>]: (params: Params<C>, context: Context) => Result<C> | Promise<Result<C>>;
};

export type Announce = <E extends EventName>(event: E, payload: Payload<E>) => void;
export type Ask = <C extends CallName>(call: C, params: Params<C>, options?: { readonly signal?: AbortSignal }) => Promise<Result<C>>;

type AnyHandler = (params: unknown, context: Context) => unknown;

/** Answers calls of a lane. Returns how to announce. */
export function serve<L extends Lane>(wire: Wire, handlers: Handlers<L>): { readonly announce: Announce } {
  const running = new Map<number, AbortController>();
  wire.onMessage((message) => {
    if (!isObject(message)) return;
    if (typeof message["cancel"] === "number") return running.get(message["cancel"])?.abort();
    const { id, call, params } = message;
    if (typeof id !== "number" || running.has(id)) return;
    const cancel = new AbortController();
    running.set(id, cancel);
    void answer(handlers as Readonly<Record<string, AnyHandler>>, call, params, cancel.signal).then((reply) => {
      running.delete(id);
      wire.send({ id, ...reply });
    });
  });
  return { announce: (event, payload) => wire.send({ event, payload }) };
}

async function answer(
  handlers: Readonly<Record<string, AnyHandler>>,
  call: unknown,
  params: unknown,
  signal: AbortSignal,
): Promise<{ result: unknown } | { failure: Failure }> {
  try {
    if (typeof call !== "string" || !Object.hasOwn(handlers, call) || !Object.hasOwn(calls, call))
      throw new AppError("bad-request", `There is no call ${JSON.stringify(call)?.slice(0, 80)} here.`);
    if (sizeOf(params) > MESSAGE_BYTES) throw new AppError("bad-request", `The parameters of ${call} are larger than ${MESSAGE_BYTES} bytes.`);
    const checked = calls[call as CallName].params.safeParse(params);
    if (!checked.success) {
      const [first] = checked.error.issues;
      throw new AppError("bad-request", `The parameters of ${call} are not right: ${first?.path.join(".") || "they"}: ${first?.message}.`);
    }
    const result = await handlers[call]?.(checked.data, { signal });
    if (sizeOf(result) > MESSAGE_BYTES) throw new AppError("bug", `The answer to ${call} is larger than ${MESSAGE_BYTES} bytes.`);
    return { result };
  } catch (thrown) {
    return { failure: failureOf(thrown) };
  }
}

/** `close` fails what is in flight and whatever is asked after. */
export type Connection = {
  readonly ask: Ask;
  listen<E extends EventName>(event: E, hear: (payload: Payload<E>) => void): () => void;
  close(failure: Failure): void;
};

type Waiting = { readonly call: CallName; readonly resolve: (result: never) => void; readonly reject: (failure: AppError) => void };

/** `check`: answers and announcements are validated too, for tests and for what comes from another program. */
export function connect(wire: Wire, options: { readonly check?: boolean } = {}): Connection {
  const waiting = new Map<number, Waiting>();
  const hearing = new Map<string, Set<(payload: never) => void>>();
  let next = 1;
  let closed: Failure | null = null;

  wire.onMessage((message) => {
    if (!isObject(message)) return;
    if (typeof message["event"] === "string") return hear(message["event"], message["payload"]);
    const call = typeof message["id"] === "number" ? waiting.get(message["id"]) : undefined;
    if (!call) return;
    waiting.delete(message["id"] as number);
    const failure = Failure.safeParse(message["failure"]);
    if (failure.success) return call.reject(new AppError(failure.data.kind, failure.data.message));
    const result = options.check ? calls[call.call].result.safeParse(message["result"]) : null;
    if (result && !result.success) return call.reject(new AppError("bug", `The answer to ${call.call} is not what the contract says: ${result.error.message}`));
    call.resolve(message["result"] as never); // typed by the contract; checked where `check` asks for it
  });

  function hear(event: string, payload: unknown): void {
    if (!Object.hasOwn(events, event)) return;
    if (options.check) events[event as EventName].parse(payload);
    for (const each of hearing.get(event) ?? []) each(payload as never); // as above
  }

  return {
    ask: (call, params, { signal } = {}) =>
      new Promise((resolve, reject) => {
        if (closed) return reject(new AppError(closed.kind, closed.message));
        if (signal?.aborted) return reject(new AppError("cancelled", `${call} was cancelled.`));
        if (sizeOf(params) > MESSAGE_BYTES) return reject(new AppError("bad-request", `The parameters of ${call} are larger than ${MESSAGE_BYTES} bytes.`));
        const id = next++;
        const cancel = (): void => wire.send({ cancel: id });
        const done = (): void => signal?.removeEventListener("abort", cancel);
        waiting.set(id, {
          call,
          resolve: (result) => {
            done();
            resolve(result);
          },
          reject: (failure) => {
            done();
            reject(failure);
          },
        });
        signal?.addEventListener("abort", cancel, { once: true });
        wire.send({ id, call, params });
      }),
    listen(event, listener) {
      const listeners = hearing.get(event) ?? new Set();
      hearing.set(event, listeners.add(listener as (payload: never) => void));
      return () => listeners.delete(listener as (payload: never) => void);
    },
    close(failure) {
      closed = failure;
      for (const { reject } of waiting.values()) reject(new AppError(failure.kind, failure.message));
      waiting.clear();
    },
  };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** An upper bound, in bytes, of a JSON value as text: three bytes a UTF-16 unit, six where it is escaped are not all counted. */
function sizeOf(value: unknown): number {
  if (typeof value === "string") return value.length * (isAscii(value) ? 1 : 3) + 2;
  if (typeof value !== "object" || value === null) return 8;
  let sum = 2;
  for (const [key, each] of Object.entries(value)) {
    sum += (Array.isArray(value) ? 1 : key.length + 4) + sizeOf(each);
    if (sum > MESSAGE_BYTES) return sum;
  }
  return sum;
}

function isAscii(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the whole of ASCII is meant
  return /^[\u0000-\u007f]*$/.test(text);
}
