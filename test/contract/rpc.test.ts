// The contract over each wire that carries it: the same suite, the same outcomes.

import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { type CaseInfo, calls, events, type Params, type Result } from "../../shared/contract.ts";
import { AppError, type FailureKind } from "../../shared/failure.ts";
import { type Announce, type Connection, connect, type Handlers, MESSAGE_BYTES } from "../../shared/rpc.ts";
import { serve } from "../../shared/serve.ts";
import { type Pair, wires } from "../support/wires.ts";

/** On a busy machine; a second is vitest's own. */
const SOON = { timeout: 20_000 };

const info: CaseInfo = {
  format: 1,
  sources: 0,
  members: 0,
  records: 0,
  duplicateRecords: 0,
  tuples: 2 ** 53 - 1,
  rejects: 0,
  rejectedRecords: 0,
  rejectedTuples: 0,
  duplicateTuples: 0,
  recordsRead: 0,
  tuplesRead: 0,
  firstTime: null,
  lastTime: Date.UTC(2026, 2, 9),
  nics: 0,
  endpoints: 0,
  conversations: 0,
  flows: null,
  packetsSent: 0,
  bytesSent: 2 ** 60,
  packetsReceived: 0,
  bytesReceived: 0.5,
  sumsRounded: true,
  allowed: 0,
  denied: 0,
  embedded: false,
  fileBytes: 0,
  logicalDigest: '\u0000 \u2028 é 😀 \\ "',
  recovered: null,
  sourceList: [],
};
const question: Params<"query.rows"> = {
  by: "edges",
  scope: { from: null, to: null, filter: "" },
  sort: null,
  limit: 10,
  after: 0,
  bin: null,
};
const record = (from: number): Params<"record.text"> => ({ source: "s", member: "m", record: 1, tuple: null, from });
const textAt = (from: number, text = ""): Result<"record.text"> => ({
  member: "m",
  sha256: "",
  offset: 0,
  length: 1,
  text,
  from,
  mark: null,
});

function elsewhere(): never {
  throw new AppError("unsupported", "Not here.");
}

describe.each(wires)("over %s", (_, open) => {
  let pair: Pair;
  let connection: Connection;
  let announce: Announce;
  let handlers: { -readonly [C in keyof Handlers<"read">]: Handlers<"read">[C] };
  const raw: unknown[] = [];

  beforeEach(async () => {
    pair = await open();
    raw.length = 0;
    handlers = {
      "case.info": () => info,
      "case.verify": () => {
        throw new AppError("case-damaged", "The case is damaged.");
      },
      "query.rows": async () => ({ rows: [], next: null, state: "", leftOut: {}, remarks: [] }),
      "evidence.around": () => ({ sha256: "", before: "", text: "", after: "", notShown: 0 }),
      "record.text": ({ from }) => textAt(from),
      "query.pivot": elsewhere,
      "scope.totals": elsewhere,
      "growth.read": elsewhere,
      "rows.beside": elsewhere,
      "nic.list": elsewhere,
      "address.facts": elsewhere,
      "notebook.read": elsewhere,
    };
    ({ announce } = serve<"read">(pair.serving, handlers));
    connection = connect(pair.asking, { calls, events });
    pair.asking.onMessage((message) => raw.push(message));
  });
  afterEach(() => pair.close());

  const failing = async (asked: Promise<unknown>): Promise<[FailureKind, string]> => {
    const thrown = await asked.then(
      () => null,
      (error: unknown) => error,
    );
    expect(thrown).toBeInstanceOf(AppError);
    return [(thrown as AppError).kind, (thrown as AppError).message];
  };
  /** What the serving side says to a message that no client of ours would send. */
  const answerTo = async (message: { readonly id: number } & Record<string, unknown>): Promise<unknown> => {
    pair.asking.send(message);
    return await vi.waitUntil(() => raw.find((each) => (each as { id?: unknown }).id === message.id), SOON);
  };

  test("a result comes back as it was given", async () => {
    expect(await connection.ask("case.info", {})).toEqual(info);
  });

  test("a failure comes back as kind and sentence, and a bug names its error", async () => {
    expect(await failing(connection.ask("case.verify", {}))).toEqual(["case-damaged", "The case is damaged."]);
    handlers["case.info"] = () => {
      throw new TypeError("x is not y");
    };
    expect(await failing(connection.ask("case.info", {}))).toEqual(["bug", "TypeError: x is not y"]);
    handlers["case.info"] = () => Promise.reject("a bare text");
    expect(await failing(connection.ask("case.info", {}))).toEqual(["bug", "a bare text"]);
  });

  test("nothing but kind and message of a failure crosses", async () => {
    expect(await answerTo({ id: 900, call: "case.verify", params: {} })).toEqual({
      id: 900,
      failure: { kind: "case-damaged", message: "The case is damaged." },
    });
  });

  test("parameters are checked before a handler sees them, and those unknown are left out", async () => {
    const seen: unknown[] = [];
    handlers["record.text"] = (params) => {
      seen.push(params);
      return textAt(params.from);
    };
    for (const params of [undefined, null, [], "x", {}, { ...record(0), from: -1 }, { ...record(0), from: 1.5 }])
      expect(await answerTo({ id: raw.length + 1000, call: "record.text", params })).toMatchObject({
        failure: { kind: "bad-request" },
      });
    const wrong = { ...question, by: "nothing" } as unknown as typeof question;
    const [kind, message] = await failing(connection.ask("query.rows", wrong));
    expect([kind, message]).toEqual(["bad-request", expect.stringContaining("by")]);
    await answerTo({ id: 1100, call: "record.text", params: { ...record(7), more: 1 } });
    expect(seen).toEqual([record(7)]);
  });

  test("a call that is not there, of another lane or not a name is refused", async () => {
    for (const call of [
      "case.close",
      "source.add",
      "engine.state",
      "constructor",
      "__proto__",
      "toString",
      "",
      7,
      null,
      {},
    ])
      expect(await answerTo({ id: raw.length + 1, call, params: {} })).toMatchObject({
        failure: { kind: "bad-request", message: expect.stringContaining("There is no call") },
      });
  });

  test("garbage in either direction does nothing", async () => {
    const garbage: unknown[] = [
      null,
      0,
      "",
      "text",
      true,
      [],
      [1, 2],
      {},
      { id: "1" },
      { id: null, call: "case.info" },
    ];
    const more = [
      { cancel: "x" },
      { cancel: 5 },
      { event: 3 },
      { event: "no.such", payload: 1 },
      { id: 77, result: 1 },
    ];
    for (const message of [...garbage, ...more, { event: "__proto__" }, { id: 5, failure: { kind: "?" } }]) {
      pair.asking.send(message);
      pair.serving.send(message);
    }
    expect(await connection.ask("case.info", {})).toEqual(info);
  });

  test("an answer that the contract does not allow is a bug", async () => {
    handlers["case.info"] = () => ({ ...info, tuples: -1 });
    expect(await failing(connection.ask("case.info", {}))).toEqual(["bug", expect.stringContaining("case.info")]);
  });

  test("cancelling reaches the handler of that call alone", async () => {
    const aborted: number[] = [];
    handlers["record.text"] = ({ from }, { signal }) =>
      new Promise((resolve, reject) => {
        if (from === 2) setTimeout(() => resolve(textAt(2)), 50);
        signal.addEventListener("abort", () => {
          aborted.push(from);
          reject(new AppError("cancelled", "It was cancelled."));
        });
      });
    const cancel = new AbortController();
    const first = failing(connection.ask("record.text", record(1), { signal: cancel.signal }));
    const second = connection.ask("record.text", record(2));
    cancel.abort();
    expect(await first).toEqual(["cancelled", "It was cancelled."]);
    expect((await second).from).toBe(2);
    expect(aborted).toEqual([1]);
  });

  test("a call cancelled before it is asked is never sent; one that has ended cannot be cancelled", async () => {
    const cancel = new AbortController();
    await connection.ask("case.info", {}, { signal: cancel.signal });
    cancel.abort();
    handlers["case.info"] = vi.fn(() => info);
    expect((await failing(connection.ask("case.info", {}, { signal: cancel.signal })))[0]).toBe("cancelled");
    await connection.ask("record.text", record(0));
    expect(handlers["case.info"]).not.toHaveBeenCalled();
  });

  test("announcements reach who listens, in order, until they stop listening", async () => {
    const [one, other]: [number[], number[]] = [[], []];
    const stop = connection.listen("case.changed", ({ revision }) => one.push(revision));
    connection.listen("case.changed", ({ revision }) => other.push(revision));
    connection.listen("engine.restarted", () => other.push(-1));
    for (const revision of [1, 2, 3]) announce("case.changed", { revision, what: "evidence" });
    await connection.ask("case.info", {});
    stop();
    announce("case.changed", { revision: 4, what: "evidence" });
    await connection.ask("case.info", {});
    expect([one, other]).toEqual([
      [1, 2, 3],
      [1, 2, 3, 4],
    ]);
  });

  test("answers find their calls in whatever order they come", async () => {
    handlers["record.text"] = async ({ from }) => {
      await new Promise((go) => setTimeout(go, (from * 7) % 20));
      return textAt(from, String(from));
    };
    const asked = Array.from({ length: 50 }, (_, i) => connection.ask("record.text", record(i)));
    expect((await Promise.all(asked)).map(({ text }) => text)).toEqual(asked.map((_, i) => String(i)));
  });

  test("an id in use is not answered twice", async () => {
    let release = (): void => {};
    handlers["case.info"] = vi.fn(() => new Promise<CaseInfo>((resolve) => (release = () => resolve(info))));
    pair.asking.send({ id: 500, call: "case.info", params: {} });
    pair.asking.send({ id: 500, call: "case.info", params: {} });
    await connection.ask("record.text", record(0));
    release();
    await connection.ask("record.text", record(0));
    expect(handlers["case.info"]).toHaveBeenCalledOnce();
    expect(raw.filter((message) => (message as { id: unknown }).id === 500)).toHaveLength(1);
  });

  test("closing fails what is in flight and whatever is asked after", async () => {
    handlers["case.info"] = () => new Promise(() => {});
    const waiting = [failing(connection.ask("case.info", {})), failing(connection.ask("case.info", {}))];
    connection.close({ kind: "interrupted", message: "It ended." });
    expect(await Promise.all([...waiting, failing(connection.ask("case.info", {}))])).toEqual(
      Array.from({ length: 3 }, () => ["interrupted", "It ended."]),
    );
  });

  describe("a message larger than the limit", () => {
    const large = "x".repeat(MESSAGE_BYTES);

    test("is not sent", async () => {
      const [kind, message] = await failing(connection.ask("record.text", { ...record(0), member: large }));
      expect([kind, message]).toEqual(["bad-request", expect.stringContaining(String(MESSAGE_BYTES))]);
    });
    test("is refused by the side that answers", async () => {
      const answered = await answerTo({ id: 1, call: "record.text", params: { ...record(0), member: large } });
      expect(answered).toMatchObject({ failure: { kind: "bad-request" } });
    });
    test("does not come back as an answer", async () => {
      handlers["record.text"] = () => textAt(0, large);
      expect((await failing(connection.ask("record.text", record(0))))[0]).toBe("bug");
      handlers["record.text"] = () => textAt(0, "é".repeat(MESSAGE_BYTES / 2));
      expect((await failing(connection.ask("record.text", record(0))))[0]).toBe("bug");
    });
    test("just below it, all goes through", async () => {
      const text = large.slice(2000);
      handlers["record.text"] = ({ member }) => textAt(0, member);
      expect((await connection.ask("record.text", { ...record(0), member: text })).text.length).toBe(text.length);
    });
  });
});
