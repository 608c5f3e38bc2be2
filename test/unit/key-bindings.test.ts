// Keys of commands: those they come with, others in their place, and no key for two commands.

import { expect, test } from "vitest";
import { holderOf, keysOf, parseBindings, rebound, refusalOfKeys } from "../../renderer/model/key-bindings.ts";

const commands = [
  { id: "note", keys: ["N"] },
  { id: "export", keys: ["Mod+E"] },
  { id: "zoom", keys: ["+", "="] },
  { id: "verify", keys: [] },
];
const of = (id: string, own: ReturnType<typeof rebound>): readonly string[] =>
  keysOf(commands.find((each) => each.id === id)!, own);

test("a command has the keys it was given, and those it comes with again after", () => {
  const own = rebound(commands, {}, "verify", ["Mod+Shift+V"]);
  expect([of("verify", own), of("note", own)]).toEqual([["Mod+Shift+V"], ["N"]]);
  expect(rebound(commands, own, "verify", null)).toEqual({});
});

test("keys taken from another command are that one's no more, its others are", () => {
  expect(holderOf(commands, {}, "verify", "=")?.id).toBe("zoom");
  const own = rebound(commands, {}, "verify", ["="]);
  expect([of("verify", own), of("zoom", own)]).toEqual([["="], ["+"]]);
  expect(holderOf(commands, own, "verify", "=")).toBeNull();
  const back = rebound(commands, own, "zoom", null);
  expect([of("verify", back), of("zoom", back)]).toEqual([[], ["+", "="]]);
});

test("keys that work inside views and fields cannot be had", () => {
  for (const keys of ["Tab", "Enter", "Mod+C", "ArrowLeft", "Shift+ArrowLeft", "Backspace"])
    expect(refusalOfKeys(keys)).toMatch(/\.$/);
  for (const keys of ["Mod+ArrowLeft", "F2", "G", "Mod+Shift+G"]) expect(refusalOfKeys(keys)).toBeNull();
});

test("what is no binding is left out", () => {
  expect(parseBindings('{"note":["G"],"export":[],"zoom":"x","verify":[1]}')).toEqual({ note: ["G"], export: [] });
  for (const text of [null, "", "[", "[]", "7"]) expect(parseBindings(text)).toEqual({});
});
