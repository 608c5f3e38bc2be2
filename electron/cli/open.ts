// `tidemark open`: the desktop window; where Electron cannot run, the same app in a browser's window.

import { openWindow } from "./open-electron.ts";
import { checkedCase, serveApp } from "./serve.ts";
import { builtPage } from "./serve-page.ts";
import type { Arguments } from "./usage.ts";

export async function runOpen(args: Arguments): Promise<number> {
  return await openApp(await checkedCase(args));
}

/** `sampleFolder`: where the sample incident is kept, if not where settings say. */
export async function openApp(casePath: string | null, sampleFolder?: string): Promise<number> {
  await builtPage();
  const code = await openWindow(casePath, sampleFolder);
  if (code !== null) return code;
  return await serveApp({ casePath, port: 0, show: "window", ...(sampleFolder === undefined ? {} : { sampleFolder }) });
}
