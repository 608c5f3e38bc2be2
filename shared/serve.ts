// The answering side of a wire: whatever arrives is checked against the contract here.

import { type CallName, calls, type Lane } from "./contract.ts";
import { AppError, type Failure, failureOf } from "./failure.ts";
import { type Announce, type Context, type Handlers, isObject, refuseLarge, type Wire } from "./rpc.ts";

type AnyHandler = (params: unknown, context: Context) => unknown;
type Reply = { readonly result: unknown } | { readonly failure: Failure };

/** Answers calls of a lane. Returns how to announce. A message that is no call (no object, no numeric id) is ignored. */
export function serve<L extends Lane>(wire: Wire, handlers: Handlers<L>): { readonly announce: Announce } {
  const running = new Map<number, AbortController>();
  wire.onMessage((message) => {
    if (!isObject(message)) return;
    const { id, cancel } = message;
    if (typeof cancel === "number") return running.get(cancel)?.abort();
    if (typeof id !== "number" || running.has(id)) return;
    const controller = new AbortController();
    running.set(id, controller);
    void answer(handlers as Readonly<Record<string, AnyHandler>>, message, controller.signal).then((reply) => {
      running.delete(id);
      sendReply(wire, id, reply);
    });
  });
  return { announce: (event, payload) => wire.send({ event, payload }) };
}

async function answer(
  handlers: Readonly<Record<string, AnyHandler>>,
  message: Readonly<Record<string, unknown>>,
  signal: AbortSignal,
): Promise<Reply> {
  try {
    const { call, params } = message;
    if (typeof call !== "string" || !Object.hasOwn(handlers, call) || !Object.hasOwn(calls, call))
      throw new AppError(
        "bad-request",
        `There is no call ${typeof call === "string" ? `"${call.slice(0, 80)}"` : "without a name"} here.`,
      );
    refuseLarge(message, "bad-request", `What was asked of ${call}`);
    const checked = calls[call as CallName].params.safeParse(params); // its own key, as checked above
    if (!checked.success) {
      const [first] = checked.error.issues;
      const where = first?.path.length ? `"${first.path.join(".")}": ` : "";
      throw new AppError("bad-request", `The parameters of ${call} are not right: ${where}${first?.message}.`);
    }
    const result = await handlers[call]?.(checked.data, { signal });
    refuseLarge(result, "bug", `The answer to ${call}`);
    return { result };
  } catch (thrown) {
    return { failure: failureOf(thrown) };
  }
}

/** A result that cannot travel is told as a bug; where not even that can, the wire is gone and its holder knows. */
function sendReply(wire: Wire, id: number, reply: Reply): void {
  try {
    wire.send({ id, ...reply });
  } catch (thrown) {
    if ("result" in reply) sendReply(wire, id, { failure: failureOf(thrown) });
  }
}
