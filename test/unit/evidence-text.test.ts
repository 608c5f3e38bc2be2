// Original text laid out in lines: every character but white space between tokens is there, each line at the byte where it stands.

import fc from "fast-check";
import { expect, test } from "vitest";
import { folded, indented } from "../../renderer/views/evidence/indented.ts";
import { fieldsOf } from "../../renderer/views/evidence/tuple-fields.ts";
import { rhythmOf } from "../../renderer/views/inspector/rhythm.ts";

const spaced = fc
  .tuple(fc.json({ maxDepth: 4, noUnicodeString: false }), fc.constantFrom(0, 1, 2, "\t"))
  .map(([text, space]) => JSON.stringify(JSON.parse(text), null, space));

test("nothing of the text is lost or moved", () => {
  fc.assert(
    fc.property(spaced, (text) => {
      const bytes = Buffer.from(text);
      const lines = indented(text);
      const tokens = (part: string): string => JSON.stringify(JSON.parse(part));
      expect(tokens(lines.map((line) => line.text).join(" "))).toBe(tokens(text));
      let before = 0;
      for (const line of lines) {
        expect(line.offset).toBeGreaterThanOrEqual(before);
        expect(bytes.subarray(line.offset, line.end).toString()[0]).toBe(line.text[0]);
        expect(bytes.subarray(before, line.offset).toString().trim()).toBe("");
        before = line.end;
      }
      expect(bytes.subarray(before).toString().trim()).toBe("");
    }),
    { numRuns: 400 },
  );
});

test("tuples far from the marked one are folded, counted, and none twice", () => {
  const text = JSON.stringify({ flowTuples: Array.from({ length: 40 }, (_, i) => `t${i}`) });
  const lines = indented(text);
  const marked = lines.findIndex((line) => line.text.startsWith('"t20"'));
  const shown = folded(lines, marked);
  const hidden = shown.reduce((n, line) => n + ("folded" in line ? line.folded : 0), 0);
  const seen = shown.filter((line) => !("folded" in line));
  expect(seen.length + hidden).toBe(lines.length);
  expect(seen).toContain(lines[marked]);
  expect(hidden).toBe(31);
});

test("fields are named by the form of the tuple", () => {
  const vnet = fieldsOf('"1663146003599,10.0.0.6,192.0.2.180,23956,443,6,O,B,NX,0,0,0,0"');
  expect(vnet.map(({ name }) => name).slice(5, 10)).toEqual([
    "protocol: TCP",
    "direction: outbound",
    "state: begin",
    "encryption",
    "packets sent",
  ]);
  const nsg = fieldsOf('"1493763938,185.170.185.105,10.2.0.4,35370,23,T,I,D,B,,,,"');
  expect(nsg.slice(5, 9).map(({ name }) => name)).toEqual([
    "protocol: TCP",
    "direction: inbound",
    "decision: deny",
    "state: begin",
  ]);
  expect(nsg).toHaveLength(13);
});

test("a rhythm is the median of the steps and the median distance from it", () => {
  expect(rhythmOf([0, 1, 2])).toBeNull();
  expect(rhythmOf([0, 300, 590, 910, 1200])).toMatchObject({ median: 295, mad: 5 });
});
