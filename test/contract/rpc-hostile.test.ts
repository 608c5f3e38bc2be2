// What rpc.test.ts leaves out: messages and values made to break an end of a wire. Each fails its own call, no more.

import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Answer, calls, events, type Question } from "../../shared/contract.ts";
import { AppError, failureKinds, failureOf } from "../../shared/failure.ts";
import { type Bin, bins, bys, rowFields } from "../../shared/rows.ts";
import { type Ask, connect, type Handlers, MESSAGE_BYTES } from "../../shared/rpc.ts";
import { serve } from "../../shared/serve.ts";
import { type Pair, wires } from "../support/wires.ts";

const count = fc.maxSafeNat();
const text = fc.string({ unit: "binary" });
const orNull = <T>(values: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(values, { nil: null });
/** JSON has no negative zero. */
const sum = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => (value === 0 ? 0 : value));
const field = fc.constantFrom(...new Set(Object.values(rowFields).flat()));

const questions: fc.Arbitrary<Question> = fc.record({
  by: fc.constantFrom(...bys),
  scope: fc.record({ from: orNull(fc.maxSafeInteger()), to: orNull(fc.maxSafeInteger()), filter: text }),
  sort: orNull(fc.record({ field: text, order: fc.constantFrom("asc" as const, "desc" as const) })),
  limit: count,
  after: count,
  bin: orNull(fc.constantFrom(...(Object.keys(bins) as Bin[]))),
});
const answers: fc.Arbitrary<Answer> = fc.record({
  rows: fc.array(
    fc.dictionary(field, fc.oneof(text, sum, fc.constant(null), fc.array(text)), { noNullPrototype: true }),
  ),
  next: orNull(count),
  state: text,
  leftOut: fc.dictionary(field, sum, { noNullPrototype: true }),
  remarks: fc.array(text),
});

const empty: Answer = { rows: [], next: null, state: "", leftOut: {}, remarks: [] };

function question(after = 0): Question {
  return { by: "edges", scope: { from: null, to: null, filter: "" }, sort: null, limit: 0, after, bin: null };
}

/** The kind a call failed with; a bare error would be a leak. */
async function kindOf(call: Promise<unknown>): Promise<string> {
  return await call.then(
    () => "answered",
    (thrown: unknown) => (thrown instanceof AppError ? failureOf(thrown).kind : `not an AppError: ${String(thrown)}`),
  );
}

describe.each(wires)("over %s", (_, open) => {
  let pair: Pair;
  beforeEach(async () => {
    pair = await open();
  });
  afterEach(() => pair.close());

  /** Asks a lane whose only answer is to query.rows. */
  function lane(rows: Handlers<"read">["query.rows"]): Ask {
    const refuse = (): never => {
      throw new AppError("unsupported", "Not here.");
    };
    serve<"read">(pair.serving, {
      "query.rows": rows,
      "case.info": refuse,
      "case.verify": refuse,
      "evidence.around": refuse,
      "record.text": refuse,
      "query.pivot": refuse,
      "scope.totals": refuse,
      "growth.read": refuse,
      "rows.beside": refuse,
      "nic.list": refuse,
      "address.facts": refuse,
      "notebook.read": refuse,
    });
    return connect(pair.asking, { calls, events }).ask;
  }

  test("any question and any answer arrive as they were", async () => {
    let given = empty;
    let asked: unknown;
    const ask = lane((params) => {
      asked = params;
      return given;
    });
    await fc.assert(
      fc.asyncProperty(questions, answers, async (params, answer) => {
        given = answer;
        expect([await ask("query.rows", params), asked]).toEqual([answer, params]);
      }),
      { numRuns: 60 },
    );
  });

  test("a failure of every kind keeps its kind", async () => {
    const ask = lane(({ after }) => {
      throw new AppError(failureKinds[after] ?? "bug", "");
    });
    const kinds = await Promise.all(failureKinds.map((_, i) => kindOf(ask("query.rows", question(i)))));
    expect(kinds).toEqual(failureKinds);
  });

  test("a result that cannot travel is a bug, and the next call works", async () => {
    const results: unknown[] = [() => 1, undefined, empty];
    const ask = lane(() => results.shift() as Answer);
    const kinds = [await kindOf(ask("query.rows", question())), await kindOf(ask("query.rows", question()))];
    expect([kinds, await ask("query.rows", question())]).toEqual([["bug", "bug"], empty]);
  });

  test("parameters that cannot travel fail their call, and the next call works", async () => {
    const ask = lane(() => empty);
    const odd = { ...question(), limit: 1n, sort: () => {} } as unknown as Question;
    await expect(ask("query.rows", odd)).rejects.toBeInstanceOf(AppError);
    expect(await ask("query.rows", question())).toEqual(empty);
  });

  test("an answer that is no result and no failure we know is a bug, not a result", async () => {
    const replies = [
      {},
      { failure: null },
      { failure: { kind: "unheard-of", message: "" } },
      { failure: { kind: "busy" } },
    ];
    const { ask } = connect(pair.asking); // unchecked, as in production
    pair.serving.onMessage((message) => {
      const { id } = message as { id: number };
      pair.serving.send({ id, ...replies[id - 1] });
    });
    const kinds = await Promise.all(replies.map(() => kindOf(ask("query.rows", question()))));
    expect(kinds).toEqual(replies.map(() => "bug"));
  });

  test("no JSON value stops the side that answers", async () => {
    const ask = lane(() => empty);
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), fc.jsonValue(), async (message, call) => {
        pair.asking.send(message);
        pair.asking.send({ id: 2e9, call, params: message });
        pair.asking.send({ id: 3e9, call: "query.rows", params: message });
        expect(await ask("query.rows", question())).toEqual(empty);
      }),
      { numRuns: 100 },
    );
  });

  test("deep nesting is refused as any wrong question is", async () => {
    const ask = lane(() => empty);
    let deep: unknown = 0;
    for (let i = 0; i < 3000; i++) deep = [deep];
    const refused = new Promise((settle) => pair.asking.onMessage(settle));
    pair.asking.send({ id: 77, call: "query.rows", params: { ...question(), sort: deep } });
    expect(await refused).toMatchObject({ id: 77, failure: { kind: "bad-request" } });
    expect(await ask("query.rows", question())).toEqual(empty);
  });

  test("characters that JSON writes as several bytes count as those, in values and in keys", async () => {
    const many = (unit: string, bytes: number): string => unit.repeat(Math.ceil(MESSAGE_BYTES / bytes));
    const units: readonly [string, number][] = [
      ["\u0001", 6],
      ['"', 2],
      ["\\", 2],
      ["é", 2],
      ["€", 3],
      ["\ud800", 6],
      ["😀", 4],
    ];
    const rows = units.map(([unit, bytes]) => many(unit, bytes));
    const ask = lane(({ after, limit }) =>
      limit === 0 ? { ...empty, remarks: [rows[after] ?? ""] } : { ...empty, leftOut: { [rows[after] ?? ""]: 1 } },
    );
    const asked = units.flatMap((_, i) => [
      ask("query.rows", question(i)),
      ask("query.rows", { ...question(i), limit: 1 }),
    ]);
    expect(new Set(await Promise.all(asked.map(kindOf)))).toEqual(new Set(["bug"]));
  });
});

test("a value that holds itself is refused, and a typed array too (a MessagePort carries both)", async () => {
  const [, open] = wires[0]!;
  const pair = await open();
  const loop: Record<string, unknown> = {};
  loop.self = loop;
  const { ask } = connect(pair.asking);
  const refused = [loop, { ...question(), more: new Uint8Array(10) }].map((params) =>
    kindOf(ask("query.rows", params as never)),
  );
  expect(await Promise.all(refused)).toEqual(["bad-request", "bad-request"]);
  await pair.close();
});
