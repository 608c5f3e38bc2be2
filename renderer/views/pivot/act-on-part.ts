// What is done with the part of the scope that a cell stands for.

import { include } from "../../model/filter-edit.ts";
import { narrow, navigate, shownView } from "../../model/navigate.ts";
import type { Part } from "./layout.ts";

export function includePart({ filter }: Part): void {
  narrow({ filter: include(shownView().scope.filter, filter) });
}

export function select({ filter, title }: Part): void {
  navigate({ selection: { kind: "group", filter, title } });
}

/** Null: all in scope. */
export function openPart(part: Part | null): void {
  navigate({
    page: "evidence",
    exhibit: part === null ? null : { filter: "", part: part.exactly, title: part.title, place: null },
  });
}
