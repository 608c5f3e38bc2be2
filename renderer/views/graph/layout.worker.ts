// The layout beside the page: the newest question is answered, older ones that wait are dropped.

import { type LayoutInput, layout } from "./layout.ts";

export type ToLayout = { readonly id: number; readonly input: LayoutInput };
export type FromLayout = { readonly id: number; readonly places: Float32Array };

let wanted: ToLayout | null = null;

self.addEventListener("message", ({ data }: MessageEvent<ToLayout>) => {
  if (wanted === null) setTimeout(answer);
  wanted = data;
});

function answer(): void {
  if (wanted === null) return;
  const { id, input } = wanted;
  wanted = null;
  const places = layout(input);
  self.postMessage({ id, places } satisfies FromLayout, { transfer: [places.buffer] });
}
