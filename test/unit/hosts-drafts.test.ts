// What is typed and not saved: kept by case and note, found again after a crash, and nothing else is taken for one.

import { expect, test } from "vitest";
import { draftOf, draftsOf, forgetDraft, keepDraft } from "../../renderer/model/drafts.ts";

function storage(full = false): Storage {
  const held = new Map<string, string>();
  return {
    get length() {
      return held.size;
    },
    key: (i) => [...held.keys()][i] ?? null,
    getItem: (key) => held.get(key) ?? null,
    setItem: (key, value) => {
      if (full) throw new DOMException("full", "QuotaExceededError");
      held.set(key, value);
    },
    removeItem: (key) => void held.delete(key),
    clear: () => held.clear(),
  };
}

const scope = { from: 1, to: null, filter: "dport == 3389" };
const draft = (id: string, text: string) => ({ id, host: "10.0.0.4", scope, time: 7, text });

test("what was kept last is found, whole, by case and note", () => {
  const kept = storage();
  keepDraft(kept, "/cases/a b.tidemark", draft("2", "first"));
  keepDraft(kept, "/cases/a b.tidemark", draft("2", "then"));
  keepDraft(kept, "/cases/a b.tidemark", draft("1", "other"));
  expect(draftsOf(kept, "/cases/a b.tidemark")).toEqual([draft("1", "other"), draft("2", "then")]);
  forgetDraft(kept, "/cases/a b.tidemark", "2");
  expect(draftOf(kept, "/cases/a b.tidemark", "2")).toBeNull();
  expect(draftsOf(kept, "/cases/a b.tidemark")).toHaveLength(1);
});

test("a case whose path begins like another's does not get its drafts", () => {
  const kept = storage();
  keepDraft(kept, "/cases/a b", draft("1", "x"));
  expect(draftsOf(kept, "/cases/a")).toEqual([]);
  expect(draftsOf(kept, "/cases/a b 1")).toEqual([]);
});

test("what is no draft is passed over", () => {
  const kept = storage();
  kept.setItem("tidemark.theme", "dark");
  kept.setItem(JSON.stringify(["tidemark.draft", "/a", "1"]), "{");
  kept.setItem(JSON.stringify(["tidemark.draft", "/a", "2"]), JSON.stringify({ ...draft("2", "x"), time: "noon" }));
  kept.setItem(JSON.stringify(["tidemark.draft", "/a", "3"]), JSON.stringify(draft("of another", "x")));
  expect(draftsOf(kept, "/a")).toEqual([]);
});

test("a computer that keeps nothing more is told of", () => {
  expect(keepDraft(storage(), "/a", draft("1", "x"))).toBe(true);
  expect(keepDraft(storage(true), "/a", draft("1", "x"))).toBe(false);
});
