// What is done with series: each is a step that back undoes.

import { navigate, shownView } from "../../model/navigate.ts";
import { type Look, type Series, withSeries } from "../../model/series.ts";
import { selectionFilter, type View } from "../../model/view.ts";

export function addSeries(name: string, filter: string, look?: Look): void {
  navigate({ series: withSeries(shownView().series, name, filter, look) });
}

export function selected(selection: View["selection"]): { readonly title: string; readonly filter: string } | null {
  if (selection === null || selection.kind === "bar") return null;
  const filter = selectionFilter(selection);
  if (selection.kind === "edge") return { title: `${selection.src} → ${selection.dst}`, filter };
  if (selection.kind === "endpoint") return { title: selection.ip, filter };
  return { title: selection.kind === "nic" ? selection.nic : selection.title, filter };
}

export function hideSeries({ filter }: Series): void {
  const { series } = shownView();
  navigate({ series: series.map((each) => (each.filter === filter ? { ...each, hidden: true } : each)) });
}

export function removeSeries({ filter }: Series): void {
  navigate({ series: shownView().series.filter((each) => each.filter !== filter) });
}
