// Every value that the contract allows survives JSON: what is generated from a schema is the same after a wire, and still allowed.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { calls, events } from "../../shared/contract.ts";
import { failureIn, failureKinds } from "../../shared/failure.ts";

const schemas: readonly (readonly [string, z.ZodType])[] = [
  ...Object.entries(calls).flatMap(([name, { params, result }]) => [
    [`parameters of ${name}`, params] as const,
    [`answer to ${name}`, result] as const,
  ]),
  ...Object.entries(events).map(([name, payload]) => [`announcement ${name}`, payload] as const),
];

describe.each(schemas)("%s", (_, schema) => {
  test("survives JSON", () => {
    fc.assert(
      fc.property(arbitrary(z.toJSONSchema(schema) as Described), (value) => {
        const back: unknown = JSON.parse(JSON.stringify(value));
        expect(back).toEqual(value);
        expect(schema.parse(back)).toEqual(value);
      }),
      { numRuns: 50 },
    );
  });

  test("allows nothing that JSON does not have", () => {
    for (const odd of [undefined, () => 0, Symbol("s"), 1n, new Date(0), new Map(), new Uint8Array(1), Number.NaN])
      if (schema.safeParse(odd).success) expect(schema.parse(odd)).toEqual({}); // an object of another kind is taken as empty
  });
});

test("a failure is known after a wire, and nothing else is one", () => {
  for (const kind of failureKinds) {
    const failure = { kind, message: "It is so." };
    expect(failureIn(JSON.parse(JSON.stringify(failure)))).toEqual(failure);
  }
  for (const odd of [null, "bug", {}, { kind: "bug" }, { kind: "none", message: "" }, { kind: "bug", message: 1 }, []])
    expect(failureIn(odd)).toBeNull();
});

type Described = z.core.JSONSchema.BaseSchema;
const few = { maxLength: 3 };

/** Values of a JSON schema as zod writes it. */
function arbitrary(described: Described): fc.Arbitrary<unknown> {
  const { type, anyOf, oneOf, enum: listed } = described;
  const either = anyOf ?? oneOf;
  if (either) return fc.oneof(...either.map((each) => arbitrary(each as Described)));
  if ("const" in described) return fc.constant(described.const);
  if (listed) return fc.constantFrom(...(listed as unknown[]));
  const least = described.minimum ?? Number.MIN_SAFE_INTEGER;
  const most = described.maximum ?? Number.MAX_SAFE_INTEGER;
  if (Array.isArray(type)) return fc.oneof(...type.map((each) => arbitrary({ ...described, type: each } as Described)));
  switch (type) {
    case "null":
      return fc.constant(null);
    case "boolean":
      return fc.boolean();
    case "string":
      return fc.string({ unit: "binary", minLength: described.minLength ?? 0, maxLength: 40 });
    case "integer":
      return fc.oneof(fc.integer({ min: least, max: most }), fc.constantFrom(least, most));
    case "number":
      return fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => (value === 0 ? 0 : value));
    case "array":
      return fc.array(arbitrary(described.items as Described), { minLength: described.minItems ?? 0, ...few });
    case "object": {
      const { properties, required = [], additionalProperties: others } = described;
      if (!properties && typeof others === "object")
        return fc
          .array(fc.tuple(fc.string(), arbitrary(others as Described)), few)
          .map((entries) => Object.fromEntries(entries.filter(([key]) => key !== "__proto__")));
      const fields = Object.entries(properties ?? {}).map(
        ([key, each]) => [key, arbitrary(each as Described)] as const,
      );
      return fc.record(Object.fromEntries(fields), { requiredKeys: required });
    }
    default:
      throw new Error(`no values for ${JSON.stringify(described)}`);
  }
}
