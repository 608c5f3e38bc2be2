// Columns as planes of bytes: every width and every array type comes back; what is cut off is told.

import { describe, expect, test } from "vitest";
import {
  byteWriter,
  deltas,
  readDeltas,
  readIntegers,
  undoDeltas,
  writeIntegers,
} from "../../electron/segment/integers.ts";

const edges = [0, 1, 255, 256, 65535, 65536, 2 ** 24 - 1, 2 ** 24, 2 ** 31, 2 ** 32 - 1, 2 ** 32, 2 ** 40, 2 ** 48 - 1];
const largest = [2 ** 48, Number.MAX_SAFE_INTEGER - 1, Number.MAX_SAFE_INTEGER, 2 ** 53];

function written(values: ArrayLike<number>, length = values.length): Uint8Array {
  const out = byteWriter(0);
  writeIntegers(out, values, length);
  return out.bytes.slice(0, out.at);
}

function read<T extends Uint8Array | Uint16Array | Uint32Array | Float64Array>(bytes: Uint8Array, into: T): number[] {
  const from = { bytes, at: 0 };
  readIntegers(from, into);
  expect(from.at).toBe(bytes.length);
  return [...into];
}

test("values 3 and 258 are a width and two planes, low first", () => {
  expect([...written([3, 258])]).toEqual([2, 3, 2, 0, 1]);
});

describe("come back as they were", () => {
  test.each([...edges, ...largest])("with %d as the largest", (value) => {
    const values = [0, value, 1, value, value - 1].filter((each) => each >= 0);
    expect(read(written(values), new Float64Array(values.length))).toEqual(values);
    expect(read(written(Float64Array.from(values)), new Float64Array(values.length))).toEqual(values);
  });
  test("from and into arrays of each type", () => {
    for (const type of [Uint8Array, Uint16Array, Uint32Array, Float64Array]) {
      const values = type.from([0, 7, 255, 1, 128]);
      for (const into of [Uint8Array, Uint16Array, Uint32Array, Float64Array])
        expect(read(written(values), new into(5))).toEqual([...values]);
    }
    const words = Uint16Array.from([65535, 0, 256]);
    expect(read(written(words), new Uint16Array(3))).toEqual([...words]);
    const wide = Uint32Array.from([2 ** 32 - 1, 2 ** 31, 0, 65536]);
    expect(read(written(wide), new Uint32Array(4))).toEqual([...wide]);
  });
  test("zeros take one byte, nothing takes one byte", () => {
    expect([...written(new Float64Array(1000))]).toEqual([0]);
    expect(read(written([0, 0, 0]), new Uint32Array(3))).toEqual([0, 0, 0]);
    expect(read(written([]), new Float64Array(0))).toEqual([]);
  });
  test("only as many as are asked for, one column after another", () => {
    const out = byteWriter(0);
    writeIntegers(out, Uint32Array.from([1, 2, 300]), 2);
    writeIntegers(out, [70_000], 1);
    const from = { bytes: out.bytes, at: 0 };
    const [two, one] = [new Uint32Array(2), new Float64Array(1)];
    readIntegers(from, two);
    readIntegers(from, one);
    expect([[...two], [...one], from.at]).toEqual([[1, 2], [70_000], out.at]);
  });
  test("more than fit the first buffer", () => {
    const values = Float64Array.from({ length: 100_000 }, (_, i) => i * 90_071_992_547);
    expect(read(written(values), new Float64Array(values.length))).toEqual([...values]);
  });
});

test("a column that is cut off or too wide is refused", () => {
  const bytes = written([1, 70_000, 2 ** 40]);
  for (let length = 0; length < bytes.length; length++) {
    const into = new Float64Array(3);
    if (length === 0) continue; // nothing at all reads as zeros: the frame's checksum guards that
    expect(() => readIntegers({ bytes: bytes.subarray(0, length), at: 0 }, into)).toThrow(RangeError);
  }
  expect(() => readIntegers({ bytes: Uint8Array.of(8, ...new Array(8).fill(1)), at: 0 }, new Float64Array(1))).toThrow(
    RangeError,
  );
});

test("differences are zigzag, and undone", () => {
  expect([...deltas(Float64Array.of(5, 4, 5, 3), 4, 5)]).toEqual([0, 1, 2, 3]);
  for (const values of [
    [0],
    [3, 1, 4, 1, 5, 9, 2, 6],
    [1_741_083_072_345, 1_741_083_072_344, 1_741_083_072_346],
    [2 ** 52, 0, 2 ** 52],
    [],
  ]) {
    const column = Float64Array.from(values);
    expect([...undoDeltas(deltas(column, column.length, 1000), 1000)]).toEqual(values);
    expect([...undoDeltas(deltas(Uint32Array.from(values.map((v) => v % 2 ** 32)), values.length, 0), 0)]).toEqual(
      values.map((v) => v % 2 ** 32),
    );
  }
});

test("words that crept are read in one step, up and down, near and far", () => {
  for (const values of [[], [5, 5, 5], [7, 6, 300, 2, 70_000], [0, 2 ** 31, 1, 2 ** 32 - 1, 0, 2 ** 31 - 1]]) {
    const out = byteWriter(0);
    writeIntegers(out, deltas(Uint32Array.from(values), values.length, 0), values.length);
    const into = new Uint32Array(values.length);
    const from = { bytes: out.bytes.slice(0, out.at), at: 0 };
    readDeltas(from, into);
    expect([[...into], from.at]).toEqual([values, out.at]);
  }
});
