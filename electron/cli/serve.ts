// `tidemark serve`: the app on 127.0.0.1 until it is ended, its address on standard output.

import { resolve } from "node:path";
import { withEngine } from "./engine.ts";
import { serveAgain } from "./last-port.ts";
import { showInBrowser } from "./serve-browser.ts";
import { builtPage } from "./serve-page.ts";
import { type Arguments, only, wholeNumber } from "./usage.ts";

export type Serving = {
  readonly casePath: string | null;
  readonly port: number;
  /** `lasting`: a browser is shown it, and it lasts until it is ended. `window`: it ends with the window shown, where one can be. */
  readonly show: "nothing" | "lasting" | "window";
  readonly sampleFolder?: string;
};

export async function runServe(args: Arguments): Promise<number> {
  const casePath = await checkedCase(args);
  const port = wholeNumber(args, "port", 0, 65_535, 0);
  return await serveApp({ casePath, port, show: args.has("no-open") ? "nothing" : "lasting" });
}

/** The case named, if any, as a whole path. Throws what its engine says where it cannot be opened. */
export async function checkedCase(args: Arguments): Promise<string | null> {
  if (args.operands.length === 0) return null;
  const path = resolve(only(args, "case"));
  await withEngine(path, (engine) => engine.ask("case.info", {}));
  return path;
}

export async function serveApp({ casePath, port, show, sampleFolder }: Serving): Promise<number> {
  const page = await builtPage();
  const loopback = await serveAgain({ page, ...(sampleFolder === undefined ? {} : { sampleFolder }) }, port);
  const fragment = casePath === null ? undefined : `/explore?case=${encodeURIComponent(casePath)}`;
  const asked = untilAsked();
  process.stdout.write(`${loopback.invite(fragment)}\n`);
  const window = show === "nothing" ? null : await showInBrowser(loopback.invite(fragment));
  process.stderr.write(`${window?.said ?? "The address above opens the app, once."} Ctrl-C ends it.\n`);
  await (show === "window" && window !== null ? Promise.race([asked, window.closed]) : asked);
  window?.close();
  await loopback.close();
  return 0;
}

/** Ctrl-C in a terminal comes twice where the launcher passes it on; the second must not find this process half ended. */
const TWICE_MS = 100;

function untilAsked(): Promise<void> {
  return new Promise((settle) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
      process.on(signal, () => setTimeout(settle, TWICE_MS));
  });
}
